"""Say in Chinese what the system refuses when a file is read or written, and the likely remedy."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from goalgen.errors import Place, Problem
from goalgen.files.names import shown
from goalgen.files.reading import MAX_FILE_BYTES
from goalgen.files.windows_errors import BAD_NAME, CLOUD_ONLY, NO_DRIVE, NO_SHARE, READ_ONLY_FILE, VIRUS, meaning

_EVERYWHERE: Final = {
    errno.EBUSY: ("别的程序正打开着它", "请先在 Word、WPS 或 Excel 里关闭它，再运行一次"),
    NO_DRIVE: ("没有这个盘，或盘里没有东西", "插上 U 盘或连上网络盘，或改盘符"),
    NO_SHARE: ("连不上这个网络位置", "检查网络和共享文件夹的名字；先在资源管理器里打开它"),
    BAD_NAME: ("名字里有文件名不能有的字符", '去掉 < > : " | ? *'),
    CLOUD_ONLY: ("文件在云盘上，没有取下来", "启动云盘程序（OneDrive 等），等它同步好再运行一次"),
    VIRUS: ("杀毒软件拦下了它", "请管电脑的人看一下杀毒软件的记录"),
}
"""What Windows means by its errors, whether a file is read or written, and the remedy."""

_WRITING_REASONS: Final = {
    **_EVERYWHERE,
    READ_ONLY_FILE: ("这个文件是只读的", "右键看它的“属性”，去掉“只读”再运行一次"),
    errno.ENOSPC: ("磁盘满了", "腾出空间再运行一次"),
    errno.EDQUOT: ("磁盘配额用完了", "腾出空间再运行一次"),
    errno.EFBIG: ("文件太大，这个磁盘放不下", "换一个磁盘，用 -o 写到那里"),
    errno.EROFS: ("磁盘或文件夹是只读的", "换一个能写的文件夹，用 -o 写到那里"),
    errno.EISDIR: ("那里已经有一个同名的文件夹", "把它移开再运行一次"),
    errno.EEXIST: ("要建文件夹的地方已经有一个同名的文件", "把它移开再运行一次"),
    errno.ENOTDIR: ("要建文件夹的地方已经有一个同名的文件", "把它移开再运行一次"),
    errno.ENOENT: ("文件夹不见了，可能刚被别人删掉", "再运行一次"),
    errno.ENAMETOOLONG: ("文件名或路径太长", "换一个路径短的文件夹"),
    errno.ELOOP: ("路径里的链接绕成了圈", "删掉这个链接再运行一次"),
    errno.EINVAL: ("那里是设备或管道，不是文件", "换一个文件名"),
    errno.EIO: ("磁盘读写出错", "检查磁盘，换一个文件夹再试"),
}
"""What the system's error numbers mean when a file is written, and the remedy."""


@contextlib.contextmanager
def as_problems(path: Path) -> Iterator[None]:
    """Raise GoalgenError (O01, exit code 3) about this file for what the system refuses inside the context."""
    try:
        yield
    except OSError as error:
        raise cannot_write(path, error).error(3) from error
    except UnicodeEncodeError as error:
        hint = "给文件夹和项目起能用的名字；在 Linux 上先 export PYTHONUTF8=1"
        raise Problem("O01", "这台电脑的语言设置写不出这个文件名", Place(shown(path)), hint).error(3) from error


def cannot_write(path: Path, error: OSError) -> Problem:
    """Return the problem (O01) of a file that cannot be written."""
    said, hint = writing_refusal(error, path)
    return Problem("O01", f"写不了文件：{said}", Place(shown(path)), hint)


def writing_refusal(error: OSError, path: Path | None = None) -> tuple[str, str]:
    """Return why the system does not let a file be written, and the likely remedy."""
    means = meaning(error, True, str(path or ""))
    if means in (errno.EACCES, errno.EPERM):
        return "没有权限", "如果它在 Word 或 WPS 里打开着，请先关闭；否则检查文件夹权限"
    return _WRITING_REASONS.get(means, (error.strerror or str(error), "检查磁盘空间和文件夹"))


_READING_REASONS: Final = {
    **_EVERYWHERE,
    errno.ENOENT: ("没有这个文件", "检查文件名"),
    errno.ENOTDIR: ("路径中间有一段不是文件夹", "检查文件名"),
    errno.EACCES: ("没有权限", "请能读它的人改权限"),
    errno.EPERM: ("没有权限", "请能读它的人改权限"),
    errno.EISDIR: ("这是文件夹，不是文件", "检查文件名"),
    errno.EINVAL: ("这不是普通的文件", "检查文件名"),
    errno.EFBIG: (f"文件太大，超过 {MAX_FILE_BYTES // 1_000_000} MB", "去掉大图片，另存一份再试"),
    errno.ELOOP: ("链接绕成了圈", "删掉这个链接"),
    errno.ENAMETOOLONG: ("文件名太长", "检查文件名"),
    errno.EIO: ("磁盘读写出错", "检查磁盘或网络盘"),
}
"""What the system's error numbers mean when a file is read, and the remedy."""


def refusal(error: OSError) -> tuple[str, str]:
    """Return why the system does not let a file be read, and the likely remedy."""
    return _READING_REASONS.get(meaning(error, False), (error.strerror or str(error), "检查文件名和权限"))


def unreadable(label: str, error: OSError) -> Problem:
    """Return the problem (Y01) of a file that cannot be read; `label` is its name to report."""
    why, hint = refusal(error)
    return Problem("Y01", f"文件读不到：{why}", Place(label), hint)


def unreadable_template(label: str, error: OSError) -> Problem:
    """Return the problem (D01) of a Word template that cannot be read; `label` is its name to report."""
    return unusable_template(label, *refusal(error))


def unusable_template(label: str, why: str, hint: str = "在 Word 或 WPS 里另存为 .docx") -> Problem:
    """Return the problem (D01) of a Word template that cannot be opened, with why and the remedy."""
    return Problem("D01", f"模板打不开：{why}", Place(label), hint)
