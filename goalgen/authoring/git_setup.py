"""Tell git about forms, or take that away again: a driver that shows them, attributes, and a hook before commits."""

from __future__ import annotations

import errno
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files import writing
from goalgen.files.git import Repository
from goalgen.files.names import shown
from goalgen.files.refusals import cannot_write

SETTINGS_FILE: Final = "goalgen.gitconfig"
"""The file of git settings in git's own folder, which the repository's settings include while goalgen is set up."""
TEXTS_REFERENCE: Final = "refs/notes/textconv/goalgen"
"""Where git keeps the texts of forms that it has asked for."""
ATTRIBUTES_FILE: Final = ".gitattributes"
HOOK_FILE: Final = "pre-commit"
"""The file in the hooks' folder that git runs before a commit."""

_BLOCK_BEGIN: Final = "# >>> goalgen git-setup：这一段由 goalgen 写；去掉用 goalgen git-setup --uninstall >>>"
_BLOCK_END: Final = "# <<< goalgen git-setup <<<"
_HOOK_START: Final = "#!/bin/sh\n"
_SETTINGS_TEXT: Final = """\
# goalgen git-setup 写的；去掉用 goalgen git-setup --uninstall
[core]
	quotepath = false
[diff "goalgen"]
	textconv = {textconv}
	cachetextconv = true
	xfuncname = "^(项目名称.*)$"
"""
_ATTRIBUTES_TEXT: Final = """\
# 填好的表：git diff 显示表上的行；两边都改了不逐字合并
*.docx diff=goalgen -text -merge
# 项目文件：换行统一，不会因为换了电脑整份都算改过
**/data/**/*.yaml text eol=lf
# 清单：两个人都在末尾加了项目，两行都留
**/data/projects.yaml text eol=lf merge=union
"""
_HOOK_TEXT: Final = """\
{launcher}
if ! told=$({checks}); then
  printf '%s\\n' "$told" >&2
  echo "没有提交：{mend}" >&2
  exit 1
fi
"""
_DRAFT_CHECKS: Final = ("check --staged --no-review",)
_STRICT_CHECKS: Final = ("fmt --check --staged --quiet", "check --staged")
"""What the hook runs: by itself what finds files that cannot be read, when strict the whole review."""
_DRAFT_MEND: Final = "照上面改好，git add 后再提交；没有填完的可以提交，读不出来的不行"
_STRICT_MEND: Final = "照上面改好（写法用 goalgen fmt），git add 后再提交；先存草稿用 git commit --no-verify"
_LAUNCHER_TEXT: Final = """\
run() {{ if [ -x {0} ]; then {0} -P -m goalgen "$@"; \
elif command -v goalgen >/dev/null; then goalgen "$@"; \
else echo "找不到 goalgen；装好后再运行一次 goalgen git-setup" >&2; return 127; fi; }}"""


@dataclass(frozen=True, slots=True)
class FileChange:
    """Hold a file as it will be (`data` None: not there), and in words for a person what that does or takes away."""

    path: Path
    data: bytes | None
    words: str
    executable: bool = False

    @property
    def needed(self) -> bool:
        """Say whether the file is different now."""
        return _read(self.path) != self.data

    def make(self) -> None:
        """Write the file, or remove it. Raises GoalgenError (O01)."""
        if self.data is None:
            writing.remove(self.path.parent, [self.path.name])
            return
        writing.write(self.path, self.data)
        if self.executable:
            self.path.chmod(0o755)


@dataclass(frozen=True, slots=True)
class SettingsChange:
    """Hold whether the settings of a repository will include goalgen's, and that in words for a person."""

    repository: Repository
    included: bool
    words: str

    @property
    def path(self) -> Path:
        """Return the file of the repository's settings."""
        return self.repository.own / "config"

    @property
    def needed(self) -> bool:
        """Say whether the settings are different now."""
        return self.repository.includes(SETTINGS_FILE) != self.included

    def make(self) -> None:
        """Include goalgen's settings, or exclude them."""
        if self.included:
            self.repository.include(SETTINGS_FILE)
        else:
            self.repository.exclude(SETTINGS_FILE)


def is_set_up(here: Repository) -> bool:
    """Say whether goalgen's settings are in the repository."""
    return (here.own / SETTINGS_FILE).is_file()


def is_strict(here: Repository) -> bool:
    """Say whether goalgen's hook in the repository runs the whole review."""
    return _STRICT_CHECKS[-1].encode() + b" 2>&1" in (_read(here.hooks / HOOK_FILE) or b"")


def installation(here: Repository, python: Path, strict: bool) -> list[FileChange | SettingsChange]:
    """List what setting up changes, to be made in this order; some of it may be so already.

    `python` is the interpreter that runs goalgen; when it is gone, goalgen is looked for on PATH. The hook stops a commit
    for files that cannot be read, and when `strict` for every error that `fmt` and `check` find. A pre-commit hook of
    the user's own is left out (see `foreign_hook`). Raises GoalgenError (R06).
    """
    settings = _SETTINGS_TEXT.format(textconv=_quoted(f"{_launcher(python)}; run show --textconv"))
    attributes = here.top / ATTRIBUTES_FILE
    words = ".docx 用上面的办法比较；项目文件换行统一，清单好合并"
    changes: list[FileChange | SettingsChange] = [
        FileChange(
            here.own / SETTINGS_FILE, settings.encode(), "git diff 把 .docx 显示成表上的行；中文文件名照原样显示"
        ),
        FileChange(attributes, _with_block(attributes, _ATTRIBUTES_TEXT), words),
    ]
    if foreign_hook(here) is None:
        hook = here.hooks / HOOK_FILE
        words = "提交前查要提交的项目文件：" + (
            "写法和审核意见，有错误就不提交" if strict else "读不出来的不提交，没有填完的不拦"
        )
        checks = " && ".join(f"run {check} 2>&1" for check in _checks(strict))
        text = _HOOK_TEXT.format(
            launcher=_launcher(python), checks=checks, mend=_STRICT_MEND if strict else _DRAFT_MEND
        )
        changes.append(FileChange(hook, _with_block(hook, text, _HOOK_START), words, executable=True))
    return [*changes, SettingsChange(here, True, f"用上 {SETTINGS_FILE}")]


def refuse_blocked(changes: Iterable[FileChange | SettingsChange]) -> None:
    """Raise GoalgenError (O01, exit code 3) for each file that cannot be written where something else stands; nothing is written."""
    faults = []
    for change in changes:
        if change.path.is_dir():
            faults.append(cannot_write(change.path, IsADirectoryError(errno.EISDIR, "")))
        elif change.path.name == ATTRIBUTES_FILE and change.path.is_symlink():
            hint = "换成真的文件再运行一次"
            faults.append(Problem("O01", "写不了文件：这是链接，git 不认", Place(shown(change.path)), hint))
    if faults:
        raise GoalgenError(faults, 3)


def removal(here: Repository) -> list[FileChange | SettingsChange]:
    """List what taking away changes, to be made in this order; each file becomes as it was before.

    The list is empty when goalgen was not set up. Raises GoalgenError (R06).
    """
    exclusion = SettingsChange(here, False, f" 里的 include.path = {SETTINGS_FILE}")
    settings = here.own / SETTINGS_FILE
    changes: list[FileChange | SettingsChange] = [exclusion] if exclusion.needed else []
    if settings.is_file():
        changes.append(FileChange(settings, None, ""))
    for path, start in ((here.top / ATTRIBUTES_FILE, ""), (here.hooks / HOOK_FILE, _HOOK_START)):
        if _holds_block(path):
            rest = _without_block(path, start)
            words = "" if rest is None else " 里 goalgen 写的那一段"
            changes.append(FileChange(path, rest, words, executable=bool(start)))
    return changes


def forget_texts(here: Repository) -> None:
    """Make git forget the texts of forms that it kept, where it has any."""
    here.forget(TEXTS_REFERENCE)


def foreign_hook(here: Repository) -> str | None:
    """Say why the hook is not goalgen's to write (the user has one, or repositories share it); None when it is."""
    hook = here.hooks / HOOK_FILE
    place = hook.parent.resolve()
    if not (place.is_relative_to(here.own) or place.is_relative_to(here.top)):
        return f"钩子的文件夹 {shown(hook.parent)}（core.hooksPath）不在这个仓库里，没有动它"
    if hook.is_symlink() or (hook.exists() and not _holds_block(hook)):
        return f"{shown(hook)} 已经有了，是你自己的，没有动它"
    return None


def hook_line(python: Path, strict: bool) -> str:
    """Return the line to add to a pre-commit hook of one's own; `python` is the interpreter that runs goalgen."""
    program = f"{shlex.quote(python.as_posix())} -P -m goalgen"
    return f"{' && '.join(f'{program} {check}' for check in _checks(strict))} || exit 1"


def _checks(strict: bool) -> tuple[str, ...]:
    return _STRICT_CHECKS if strict else _DRAFT_CHECKS


def _launcher(python: Path) -> str:
    return _LAUNCHER_TEXT.format(shlex.quote(python.as_posix()))


def _quoted(value: str) -> str:
    """Write a value as git's settings do."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _holds_block(path: Path) -> bool:
    return _BLOCK_BEGIN.encode() in (_read(path) or b"")


def _with_block(path: Path, text: str, start: str = "") -> bytes:
    """Return a file with goalgen's block in it: in the place of an older one, else at the end; a new file begins with `start`.

    The line feed before the block is goalgen's too, so that what was there comes back whole, its last line ended or not.
    """
    before = _read(path)
    block = f"{_BLOCK_BEGIN}\n{text}{_BLOCK_END}\n".encode()
    if before is None:
        return start.encode() + block
    if _holds_block(path):
        begin, end = _block_span(path, before)
        return before[:begin] + block + before[end:]
    return before + b"\n" + block


def _without_block(path: Path, start: str) -> bytes | None:
    """Return the file without goalgen's block; None when nothing is left but what goalgen began it with (`start`)."""
    before = _read(path) or b""
    begin, end = _block_span(path, before)
    if before[:begin] == start.encode():
        return before[:begin] + before[end:] if before[end:] else None
    newline = 2 if before[:begin].endswith(b"\r\n") else 1
    return before[: begin - newline] + before[end:]


def _block_span(path: Path, data: bytes) -> tuple[int, int]:
    """Return where the block begins and ends. Raises GoalgenError (R06) when its end is lost."""
    start = data.index(_BLOCK_BEGIN.encode())
    ending = data.find(_BLOCK_END.encode(), start)
    if ending < 0:
        line = data.count(b"\n", 0, start) + 1
        hint = f"在那一段的末尾补上一行“{_BLOCK_END}”，或手工删掉那一段"
        raise Problem("R06", "goalgen git-setup 写的那一段没有结尾", Place(shown(path), line, 1), hint).error()
    end = ending + len(_BLOCK_END.encode())
    newline = 2 if data[end : end + 2] == b"\r\n" else 1
    return start, min(end + newline, len(data))
