"""Read labels with their values, in the rows of a table and in the lines above and below it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from goalgen.exchange.filled_forms.labels import find_label, find_similar_label, squeezed
from goalgen.exchange.filled_forms.outline import PERSON_PATTERN, UNIT_PATTERN, YEAR_PATTERN
from goalgen.exchange.filled_forms.texts import UNIT_SAID, FormTexts, named
from goalgen.forms import Form
from goalgen.forms.item import Kind, Role
from goalgen.word.lines import Line

_PEOPLE: Final = {"填报人": Role.FILLER, "联系电话": Role.PHONE, "填报日期": Role.FILED}
_DAY: Final = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?")


class FieldReader:
    """Read the fields of a form; `fields` are the labels that stand beside a value, with the path of that value."""

    def __init__(self, texts: FormTexts) -> None:
        """Begin with nothing read."""
        self.texts = texts
        self.fields: Mapping[str, str] = simple_fields(texts.form)
        self.people = {texts.form.path(role) for role in _PEOPLE.values()}
        self.signed = _signed(self.fields)

    def take(self, line: Line) -> bool:
        """Read labels and their values, which stand behind the label in its cell or in the cells up to the next label."""
        if not line.table or self._is_signed(line):
            return False
        at: str | None = None
        values: dict[str, list[str]] = {}
        before: list[str] = []
        for cell in line.cells:
            found = (find_label if at else find_similar_label)(cell.text, self.fields) if cell.text else None
            if found:
                at = self.fields[found.label]
                values[at] = [found.rest] if found.rest else []
            elif at:
                values[at] += [cell.text] if cell.text else []
            else:
                before.append(cell.text)
        for text in before if values else ():
            self.texts.lost(text, line)
        for path, parts in values.items():
            self.texts.put(path, "\n".join(parts), line)
        return bool(values)

    def _is_signed(self, line: Line) -> bool:
        """Tell whether a row is one of signatures: several labels, with a colon behind each, in one cell, or those of people."""
        labels = [find_label(cell.text, self.fields) for cell in line.cells]
        people = any(PERSON_PATTERN.search(cell.text) for cell in line.cells)
        plain = any(found and self.fields[found.label] not in self.people for found in labels)
        crowded = any(len(self.signed.findall(cell.text)) > 1 for cell in line.cells)
        return (people and (crowded or not plain)) or (crowded and sum(bool(cell.text) for cell in line.cells) == 1)

    def outside(self, line: Line) -> bool:
        """Read what stands above the table (title, year, 填报单位) and below it (填报人, 联系电话, 填报日期)."""
        whole = "  ".join(cell.text for cell in line.cells if cell.text)
        if PERSON_PATTERN.search(whole) or (not line.table and self.signed.search(whole)):
            self._people(whole, line)
            return True
        if UNIT_SAID.fullmatch(whole.strip("()（） ")):
            return True
        unit = UNIT_PATTERN.fullmatch(whole)
        if unit:
            if unit[1]:
                self.texts.unit = self.texts.unit or unit[1]
            return True
        year = YEAR_PATTERN.search(whole)
        plain = squeezed(YEAR_PATTERN.sub("", whole)).strip("()")
        if plain in ("", squeezed(self.texts.form.title)):
            self.texts.year = int(year[1]) if year and self.texts.year is None else self.texts.year
            return bool(year or plain)
        return False

    def _people(self, whole: str, line: Line) -> None:
        matches = list(self.signed.finditer(whole))
        if whole[: matches[0].start()].strip():
            self.texts.lost(whole[: matches[0].start()].strip(), line)
        ends = [match.start() for match in matches[1:]] + [len(whole)]
        for match, end in zip(matches, ends, strict=True):
            name = re.sub(r"\s", "", match["label"])
            text = whole[match.end() : end].strip()
            path = self.path_of(name)
            self.texts.path = path
            if text and not path:
                self.texts.lost(f"{name}：{text}", line)
            elif text and self.texts.form.cell_at[path].item.kind is Kind.DATE:
                self._day(path, text, line)
            elif text:
                self.texts.put(path, text, line)

    def path_of(self, name: str) -> str:
        """Return the path of the field that a label in a line names, "" where the form has none."""
        found = next((path for label, path in self.fields.items() if squeezed(label) == squeezed(name)), "")
        role = _PEOPLE.get(name.replace("填表", "填报"))
        return found or (self.texts.form.path(role) if role else "")

    def _day(self, path: str, text: str, line: Line) -> None:
        match = _DAY.search(text)
        rest = (text[: match.start()] + text[match.end() :]).strip() if match else text
        if match:
            self.texts.put(path, f"{int(match[1]):04d}-{int(match[2]):02d}-{int(match[3]):02d}", line)
        if rest and squeezed(rest) not in ("年月日", "月日"):
            self.texts.lost(rest, line)


def _signed(fields: Mapping[str, str]) -> re.Pattern[str]:
    """Make a pattern of the labels that may stand in one line, each with a colon behind it."""
    words = (r"\s*".join(map(re.escape, re.sub(r"\s", "", label))) for label in sorted(fields, key=len, reverse=True))
    own = rf"(?<![^\s:：;；,，、)）])(?:{'|'.join(words)})"
    people = r"填\s*[报表]\s*人|联\s*系\s*电\s*话|填\s*[报表]\s*日\s*期"
    return re.compile(rf"(?P<label>{own}|{people})(?:\s*[(（][^)）]*[)）])?\s*[:：]")


def simple_fields(form: Form) -> dict[str, str]:
    """Return the words that stand beside a value, with the path of that value; goals are found otherwise."""
    others = {*(cell.path for cell in form.goals.values()), form.window_path}
    cells = [cell for cell in form.cells if cell.column is None and cell.path not in others and cell.item.printed]
    return named(cells)
