"""A year that was read whole, published as the command does it."""

from pathlib import Path

from goalgen.edition import edition_of
from goalgen.publish import How, Outcome, publish
from goalgen.submission import Year


def publish_year(year: Year, out: Path, how: How | None = None) -> Outcome:
    """Print every project of a year, and the bundle, under a folder."""
    edition = edition_of(year)
    return publish(edition, edition.items, out, how=how)
