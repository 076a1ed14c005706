"""A year that was read whole, published as the command does it."""

from pathlib import Path

from goalgen.files.cache import digest_of
from goalgen.printing.edition import Edition, Item, Title, texts_of
from goalgen.printing.publish import Options, Outcome, publish
from goalgen.submission import Year


def publish_year(year: Year, out: Path, how: Options | None = None) -> Outcome:
    """Print every project of a year, and the bundle, under a folder."""
    edition = edition_of(year)
    return publish(edition, edition.items, out, how=how)


def edition_of(year: Year) -> Edition:
    """What is to be printed of a year."""
    texts = {entry.number: texts_of(entry.project, year.form) for entry in year.entries if entry.project}
    items = []
    for entry in year.entries:
        title = Title(entry.project.code, entry.project.name, entry.project.unit) if entry.project else None
        digest = digest_of(texts[entry.number]) if title else ""
        items.append(Item(entry.number, entry.path, entry.file, title, digest))
    return Edition(year.year, year.form, tuple(items), lambda item: texts[item.number])
