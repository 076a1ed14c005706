"""What git is told about forms, as files to write or to take away: a driver, attributes, and a hook before commits."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from goalgen.errors import Place, Problem
from goalgen.files.git import Repository
from goalgen.files.names import shown

SETTINGS: Final = "goalgen.gitconfig"
"""The file of git settings in git's own folder, which the repository's settings include while goalgen is set up."""
CACHE: Final = "refs/notes/textconv/goalgen"
"""Where git keeps the texts of forms that it has asked for."""
ATTRIBUTES: Final = ".gitattributes"
HOOK: Final = "pre-commit"

_BEGIN: Final = "# >>> goalgen git-setup：这一段由 goalgen 写；去掉用 goalgen git-setup --uninstall >>>"
_END: Final = "# <<< goalgen git-setup <<<"
_SHELL: Final = "#!/bin/sh\n"
_SETTINGS: Final = """\
# goalgen git-setup 写的；去掉用 goalgen git-setup --uninstall
[core]
	quotepath = false
[diff "goalgen"]
	textconv = {textconv}
	cachetextconv = true
	xfuncname = "^(项目名称.*)$"
"""
_RULES: Final = """\
# 填好的表：git diff 显示表上的行；两边都改了不逐字合并
*.docx diff=goalgen -text -merge
# 项目文件：换行统一，不会因为换了电脑整份都算改过
**/data/**/*.yaml text eol=lf
# 清单：两个人都在末尾加了项目，两行都留
**/data/projects.yaml text eol=lf merge=union
"""
_CHECK: Final = """\
{launcher}
if ! told=$(run fmt --check --staged --quiet 2>&1 && run check --staged 2>&1); then
  printf '%s\\n' "$told" >&2
  echo "没有提交：照上面改好（写法用 goalgen fmt），git add 后再提交；先存草稿用 git commit --no-verify" >&2
  exit 1
fi
"""
_LAUNCHER: Final = """\
run() {{ if [ -x {0} ]; then {0} -P -m goalgen "$@"; \
elif command -v goalgen >/dev/null; then goalgen "$@"; \
else echo "找不到 goalgen；装好后再运行一次 goalgen git-setup" >&2; return 127; fi; }}"""


@dataclass(frozen=True, slots=True)
class Change:
    """A file as it will be (`data` None: not there), and what that does for a person."""

    path: Path
    data: bytes | None
    purpose: str
    executable: bool = False

    @property
    def needed(self) -> bool:
        """Whether the file is different now."""
        return _read(self.path) != self.data


def installation(here: Repository, python: Path) -> list[Change]:
    """What setting up writes; `python` is the interpreter that runs goalgen, PATH is looked through when it is gone.

    A pre-commit hook of the user's own is left out (see `foreign_hook`). Raises GoalgenError (R06).
    """
    settings = _SETTINGS.format(textconv=_quoted(f"{_launcher(python)}; run show --textconv"))
    attributes = here.top / ATTRIBUTES
    changes = [
        Change(here.own / SETTINGS, settings.encode(), "git diff 把 .docx 显示成表上的行；中文文件名照原样显示"),
        Change(attributes, _with_block(attributes, _RULES), ".docx 用上面的办法比较；项目文件换行统一，清单好合并"),
    ]
    if foreign_hook(here) is None:
        hook = here.hooks / HOOK
        text = _CHECK.format(launcher=_launcher(python))
        purpose = "提交前对要提交的项目文件运行 goalgen fmt --check 和 goalgen check"
        changes.append(Change(hook, _with_block(hook, text, _SHELL), purpose, executable=True))
    return changes


def removal(here: Repository) -> list[Change]:
    """What taking away changes: each file as it was before. Raises GoalgenError (R06)."""
    settings = here.own / SETTINGS
    found = [Change(settings, None, "git 的设置")] if settings.is_file() else []
    for path, fresh in ((here.top / ATTRIBUTES, ""), (here.hooks / HOOK, _SHELL)):
        if _holds_block(path):
            found.append(Change(path, _without_block(path, fresh), "goalgen 写的那一段", executable=bool(fresh)))
    return found


def foreign_hook(here: Repository) -> str | None:
    """Why the hook is not goalgen's to write, None when it is: the user has one, or all repositories share it."""
    hook = here.hooks / HOOK
    place = hook.parent.resolve()
    if not (place.is_relative_to(here.own) or place.is_relative_to(here.top)):
        return f"钩子的文件夹 {shown(hook.parent)}（core.hooksPath）不在这个仓库里，没有动它"
    if hook.is_symlink() or (hook.exists() and not _holds_block(hook)):
        return f"{shown(hook)} 已经有了，是你自己的，没有动它"
    return None


def hook_line(python: Path) -> str:
    """What to add to a pre-commit hook of one's own."""
    program = f"{shlex.quote(python.as_posix())} -P -m goalgen"
    return f"{program} fmt --check --staged && {program} check --staged || exit 1"


def _launcher(python: Path) -> str:
    return _LAUNCHER.format(shlex.quote(python.as_posix()))


def _quoted(value: str) -> str:
    """A value as git's settings write it."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _holds_block(path: Path) -> bool:
    return _BEGIN.encode() in (_read(path) or b"")


def _with_block(path: Path, text: str, fresh: str = "") -> bytes:
    """A file with goalgen's block in it: in the place of an older one, else at the end; a new file begins with `fresh`.

    The line feed before the block is goalgen's too, so that what was there comes back whole, its last line ended or not.
    """
    before = _read(path)
    block = f"{_BEGIN}\n{text}{_END}\n".encode()
    if before is None:
        return fresh.encode() + block
    if _holds_block(path):
        start, end = _span(path, before)
        return before[:start] + block + before[end:]
    return before + b"\n" + block


def _without_block(path: Path, fresh: str) -> bytes | None:
    """The file without goalgen's block; None when nothing is left but what goalgen began it with."""
    before = _read(path) or b""
    start, end = _span(path, before)
    if before[:start] == fresh.encode():
        return before[:start] + before[end:] if before[end:] else None
    newline = 2 if before[:start].endswith(b"\r\n") else 1
    return before[: start - newline] + before[end:]


def _span(path: Path, data: bytes) -> tuple[int, int]:
    """Where the block begins and ends. Raises GoalgenError (R06) when its end is lost."""
    start = data.index(_BEGIN.encode())
    ending = data.find(_END.encode(), start)
    if ending < 0:
        line = data.count(b"\n", 0, start) + 1
        hint = f"在那一段的末尾补上一行“{_END}”，或手工删掉那一段"
        raise Problem("R06", "goalgen git-setup 写的那一段没有结尾", Place(shown(path), line, 1), hint).error()
    end = ending + len(_END.encode())
    newline = 2 if data[end : end + 2] == b"\r\n" else 1
    return start, min(end + newline, len(data))
