"""Name files so that every system can open them, and show paths to a person."""

from __future__ import annotations

import itertools
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from goalgen.text.likeness import nearest

MAX_STEM_BYTES: Final = 120
"""How many bytes of UTF-8 a file name may have before its ending."""

_CONTROLS: Final = (range(0x20), range(0x7F, 0xA0), range(0x200B, 0x2010), range(0x2028, 0x202F), range(0x2066, 0x206A))
_UNSAFE: Final = dict.fromkeys([*itertools.chain(*_CONTROLS), 0xFEFF, *map(ord, '<>:"/\\|?*')], "_")
_DEVICES: Final = ("con", "prn", "aux", "nul", "conin$", "conout$", "clock$")
_RESERVED: Final = {*_DEVICES, *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
"""Names that are devices on Windows, with any ending (`nul.yaml`) and blanks before it (`nul .yaml`)."""


def safe_names(names: Iterable[tuple[str, str]], ending: str = ".docx") -> list[str]:
    """Return file names for (name, code) pairs in bundle order: `01-大院保安转辅警经费.docx`.

    They sort in bundle order, are unique also where case or Unicode form is ignored, and open on Windows. Of two
    projects with one name, both also carry their code.
    """
    pairs = list(names)
    width = max(2, len(str(len(pairs))))
    cleaned = [safe_name(name) for name, _ in pairs]
    often = Counter(name.casefold() for name in cleaned)
    stems = (
        f"{name}-{safe_name(code)}" if often[name.casefold()] > 1 else name
        for name, (_, code) in zip(cleaned, pairs, strict=True)
    )
    return [f"{number:0{width}d}-{stem}{ending}" for number, stem in enumerate(stems, 1)]


def safe_name(name: str) -> str:
    """Return a name without what a file name cannot hold on Windows, macOS or Linux, at most MAX_STEM_BYTES long."""
    name = unicodedata.normalize("NFC", name).translate(_UNSAFE)
    name = re.sub(r"\s+", " ", name).strip(" .")
    while len(name.encode("utf-8", "replace")) > MAX_STEM_BYTES:
        name = name[:-1].rstrip(" .")
    return f"_{name}" if is_device(name) else name or "_"


def is_device(name: str) -> bool:
    """Say whether a file name means a device on Windows, where no such file can be made, copied or checked out."""
    return name.partition(".")[0].strip(" ").lower() in _RESERVED


def misnamed(folder: Path, name: str, there: Iterable[str]) -> Path | None:
    """Find the file of a folder that was surely meant to be called `name`, by the names that are `there`; None when it is there.

    As Windows hides and adds endings: other case (`Form_2020.YAML`), `.yml` for `.yaml`, one ending too many (`.yaml.txt`).
    """
    stem, _, ending = name.rpartition(".")
    endings = {"yaml": "ya?ml", "docx": "do[ct][xm]?"}.get(ending, re.escape(ending))
    meant = re.compile(rf"{re.escape(stem)}\.(?:{endings})(?:\.(?:txt|yaml|docx))?", re.IGNORECASE)
    names = [*there]
    return None if name in names else next((folder / one for one in sorted(names) if meant.fullmatch(one)), None)


def shown(path: Path) -> str:
    """Return a path as a person would type it: relative when inside the working folder, always with forward slashes."""
    try:
        inside = path.resolve().is_relative_to(Path.cwd())
        return Path(os.path.relpath(path)).as_posix() if inside else path.as_posix()
    except (OSError, ValueError, RuntimeError):  # RuntimeError: links that lead back to themselves
        return path.as_posix()


def near_file(path: Path, others: Iterable[Path] = ()) -> Path | None:
    """Find the file whose name, whatever its ending, is most like that of a path that is not there; None when none is.

    Looked at are the `others`, or all that lies where the path leads.
    """
    try:
        files = [*others] or [*path.parent.iterdir()]
    except OSError:
        return None
    by_stem = {file.stem: file for file in sorted(files, key=lambda file: (file.suffix == path.suffix, file))}
    inside = [stem for stem in by_stem if len(path.stem) > 1 and path.stem in stem]
    return next((by_stem[stem] for stem in (*nearest(path.stem, by_stem, 0.6), *inside)), None)
