"""Find form packs by name (the submission's own, then goalgen's) and load the form that a spec describes."""

import json
import re
from pathlib import Path
from typing import Final

from goalgen.errors import Place, Problem
from goalgen.files import DISK, Files, cache
from goalgen.files.names import misnamed
from goalgen.files.refusals import refusal
from goalgen.forms.form import Form
from goalgen.forms.spec import form_of, spec_values
from goalgen.source.reading import MAX_YAML_BYTES

BUILT_IN_FOLDERS: Final[tuple[Path, ...]] = (
    Path(__file__).parent.parent / "templates",
    Path(__file__).parent.parent.parent / "templates",
)
"""Where goalgen's own packs lie: inside the wheel, or beside the package in a checkout."""
DEFAULT_FORM: Final = "form_2020"
"""The form pack meant where nothing says which: goalgen's own."""
_ID_LINE: Final = re.compile("(?m)^(?:\ufeff)?表样 *:".encode())
DIFF_TABLE: Final = "diff_table.docx"
"""The Word template of the 对照表 that `goalgen diff` makes."""


def find_spec(name: str, folder: Path, files: Files = DISK) -> Path | None:
    """Find the spec of a form by name, in `folder` of the submission (in `files`) first, then with goalgen; None: nowhere.

    Raises GoalgenError when the folder has the spec under a wrong name (S09) or its Word file alone (S05): goalgen's own
    must not take the place of what somebody made.
    """
    places = ((folder, files), *((place, DISK) for place in BUILT_IN_FOLDERS))
    if name not in _specs(folder, files):
        _refuse_half_a_pack(name, folder, files)
    return next((place / f"{name}.yaml" for place, where in places if name in _specs(place, where)), None)


def beside(folder: Path, name: str) -> Path:
    """Return the path of a file that no one form owns (the review profile, the 对照表): in the folder, else with goalgen.

    Raises GoalgenError (S09) when the folder has it under a wrong name.
    """
    refuse_misnamed(folder, name)
    return next((place / name for place in (folder, *BUILT_IN_FOLDERS) if (place / name).is_file()), folder / name)


def refuse_misnamed(folder: Path, name: str, files: Files = DISK) -> None:
    """Raise GoalgenError (S09) when a folder has a file that was meant to be called `name`, and none that is."""
    found = misnamed(folder, name, [path.name for path in files.matching(folder, "*")])
    if found:
        where = Place(files.shown(found))
        raise Problem("S09", f"{found.name} 不会用到，这里只认 {name}", where, f"改名为 {name}").error()


def _refuse_half_a_pack(name: str, folder: Path, files: Files) -> None:
    refuse_misnamed(folder, f"{name}.yaml", files)
    template = folder / f"{name}.docx"
    if files.is_file(template):
        hint = f"把 {name}.yaml 放回来；不要自己的表样，就把 {name}.docx 移走"
        message = f"有 {name}.docx，却没有它的说明 {name}.yaml，印的会是自带的表样"
        raise Problem("S05", message, Place(files.shown(template)), hint).error()


def form_names(folder: Path, files: Files = DISK) -> list[str]:
    """Return the names of the forms there are: specs with a Word file of the same name beside them, sorted."""
    places = ((folder, files), *((place, DISK) for place in BUILT_IN_FOLDERS))
    found = ((place, where, name) for place, where in places for name in _specs(place, where))
    return sorted({name for place, where, name in found if where.is_file(place / f"{name}.docx")})


def form_specs(folder: Path) -> list[Path]:
    """Return the specs of the forms there are, with their template or without: the folder's, then goalgen's, by name.

    Of two that have one name it is the folder's.
    """
    found: dict[str, Path] = {}
    for place in (folder, *BUILT_IN_FOLDERS):
        for spec in DISK.matching(place, "*.yaml"):
            if spec.with_suffix(".docx").is_file() or _ID_LINE.search(DISK.read(spec, MAX_YAML_BYTES)):
                found.setdefault(spec.stem, spec)
    return [found[name] for name in sorted(found)]


def _specs(folder: Path, files: Files) -> set[str]:
    return {spec.stem for spec in files.matching(folder, "*.yaml") if files.is_file(spec)}


def load_form(spec: Path, label: str = "", files: Files = DISK) -> Form:
    """Load the form a spec file describes; `label` is the file name to report. Raises GoalgenError with all its faults."""
    label = label or spec.as_posix()
    try:
        data = files.read(spec, MAX_YAML_BYTES + 1)
    except OSError as error:
        why, hint = refusal(error)
        raise Problem("S05", f"表样说明读不到：{why}", Place(label), hint).error() from error
    kept = cache.kept(
        cache.key("spec", data), lambda: json.dumps(spec_values(data, label), ensure_ascii=False).encode()
    )
    return form_of(json.loads(kept), spec.parent)
