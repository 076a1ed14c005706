"""Make the shape of a project file under a form: its keys, what each may hold, help and examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from goalgen.forms.form import Form
from goalgen.source.shapes import Date, Key, Notes, Rows, Table, Years

NOTES_KEY: Final = "变更说明"
"""The key for why something is not what it was in the year (or draft) before; not printed on the form."""
_NOTES_HELP: Final = "与上年（或上一稿）不同的原因，一段话，或分字段写；不印在表上，goalgen diff 的对照表列出"


def project_shape(form: Form, year: int = 2020) -> Table:
    """Return the shape of a project file under a form: keys in the form's order, examples of a budget year."""
    keys = {name: key for block in form.blocks for name, key in block.keys(form.money_unit).items()}
    notes = Key(_notes(Table(keys), form), _NOTES_HELP, form.note_example)
    return _dated(Table({**keys, NOTES_KEY: notes}), form, year)


def _dated(table: Table, form: Form, year: int) -> Table:
    """Write the help and the examples of a table and those in it for a budget year."""
    return Table({name: _dated_key(key, form, year) for name, key in table.keys.items()}, table.open)


def _dated_key(key: Key, form: Form, year: int) -> Key:
    shape, example = key.shape, form.dated(key.example, year)
    if isinstance(shape, Table):
        shape = _dated(shape, form, year)
    elif isinstance(shape, Rows) and isinstance(shape.item, Table):
        shape = Rows(_dated(shape.item, form, year))
    elif isinstance(shape, Date):
        shape = Date(example or f"{year}-02-10")
    elif isinstance(shape, Years):
        shape = Years(example or f"{year}-{year + 2}")
    return key._replace(shape=shape, help=form.dated(key.help, year), example=example)


def _notes(table: Table, form: Form) -> Notes:
    """Return what 变更说明 can speak of: every field, and the indicators by name."""
    return Notes(tuple(paths_of(table)), tuple(".".join(one.keys) for one in form.lists))


def paths_of(table: Table, above: str = "") -> Iterator[str]:
    """Return the path of every key of a table and of the tables in it, parents first; `above` is put before each."""
    for name, key in table.keys.items():
        yield f"{above}{name}"
        if isinstance(key.shape, Table):
            yield from paths_of(key.shape, f"{above}{name}.")


def shared_keys(forms: Iterable[Form], year: int = 2020) -> dict[str, Key]:
    """Return the keys that a project file and projects.yaml both may hold, for some forms; a project's own value wins."""
    found: dict[str, Key] = {}
    for form in forms:
        for name, cell in form.shared.items():
            key = Key(cell.item.shape(cell.unit), cell.item.help, cell.item.example)
            found.setdefault(name, _dated_key(key, form, year))
    return found
