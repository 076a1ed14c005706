"""hypothesis strategies: projects, whole submissions as the files a department would keep, and files gone wrong."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st

from goalgen.authoring.project_text import project_text
from goalgen.files import DISK
from goalgen.forms import Form
from goalgen.forms.blocks.block import RowList
from goalgen.forms.item import Item
from goalgen.forms.item import Kind as FormKind
from goalgen.forms.project import Project, Row, Value
from goalgen.source import writing
from goalgen.source.shapes import Amount, Window
from tests.support.project_making import HORIZONS, form_2020, indicator, project_of_2020

INDEX: Final = "data/projects.yaml"
WORDS: Final = st.text(st.sampled_from("甲乙市率≥≤%59 .-:#&<>{}[]\"'，、。（）*!|~☃𠮷\\\n"), max_size=12).map(str.strip)
"""Texts with all that YAML, XML and Jinja take for their own."""
NAMES: Final = WORDS.filter(bool)
LINES: Final = NAMES.map(lambda text: " ".join(text.split())).filter(bool)


form = form_2020


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Any project: its 编号 is `a`."""
    money = st.decimals(0, 99999, places=2).map(lambda d: Amount(str(d), Decimal(str(d))))
    sides = st.none() | WORDS
    rows = st.builds(indicator, st.sampled_from(form().all_groups), NAMES, sides, sides)
    kept = [row for row in draw(st.lists(rows, max_size=12)) if row.cells]
    overview = [cell.item for cell in form().cells if cell.block == "项目概况"]
    lines = [cell.item.key for cell in form().cells if cell.column and cell.column.key == "年度"]
    first = draw(st.integers(2000, 2090))
    return project_of_2020(
        year=draw(st.integers(1990, 2100)),
        code="a",
        name=draw(NAMES),
        unit=draw(NAMES),
        category=draw(st.sampled_from([(), ("其他",), ("产业发展",)])),
        overview={
            line.key: draw(st.sampled_from([(), (line.options[0],), (line.options[-1],)]))
            if line.options
            else draw(WORDS)
            for line in overview
        },
        funding={h: draw(st.dictionaries(st.sampled_from(lines), money)) for h in HORIZONS},
        goals={h: draw(WORDS) for h in HORIZONS},
        indicators=tuple(sorted(kept, key=lambda row: form().all_groups.index(row.group))),
        window=Window(first, first + draw(st.integers(0, 9))),
        filler=draw(NAMES).replace("\n", ""),
        phone=draw(NAMES).replace("\n", ""),
        filed=draw(st.none() | st.dates(date(2000, 1, 1), date(2099, 1, 1))),
    )


TARGETS: Final = (
    st.sampled_from(["≥1000人", "≤950元/人", "100%", "＝5次", "500余人", "0.50万元", "不适用", "好", "3-5次"]) | WORDS
)
"""What people write as an 指标值: sign, number and unit, or words."""
AMOUNTS: Final = st.decimals(0, 99999, places=2).map(lambda number: Amount(str(number), Decimal(str(number))))
WINDOWS: Final = st.builds(
    lambda first, count: Window(first, first + count), st.integers(2000, 2090), st.integers(0, 9)
)


def values_of(item: Item) -> st.SearchStrategy[Value]:
    """Any value that an item of a form may have; a text that stands in one line with others has no breaks."""
    if item.kind is FormKind.CHOICES:
        some = st.sets(st.sampled_from(item.options), min_size=1)
        return some.map(lambda chosen: tuple(one for one in item.options if one in chosen))
    if item.kind is FormKind.CHOICE:
        return st.sampled_from(item.options).map(lambda one: (one,))
    if item.kind.is_number:
        return AMOUNTS
    if item.kind is FormKind.DATE:
        return st.dates(date(2000, 1, 1), date(2099, 1, 1))
    if item.kind is FormKind.YEARS:
        return WINDOWS
    words = TARGETS if item.kind is FormKind.TARGET else WORDS
    lined = words.map(lambda text: " ".join(text.split())) if item.shared else words
    return lined.map(lambda text: text[: item.most or None].strip() or "甲")


@st.composite
def rows_of(draw: st.DrawFn, table: RowList, fixed: Sequence[Row]) -> list[Row]:
    """Any rows of a list, each with something written; of the rows that the form prints, only what it leaves open."""
    cells = st.fixed_dictionaries({}, optional={column.key: values_of(column) for column in table.columns})
    found = [
        Row(table.group, (draw(WORDS) or "乙") if table.name else "", one)
        for one in draw(st.lists(cells, max_size=3))
        if one
    ]
    names = [row.name for row in fixed]
    written = [row for row in found if row.name not in names]
    for row in fixed:
        left = {key: value for key, value in draw(cells).items() if key not in row.cells}
        written += [row._replace(cells=left)] if left else []
    return written


@st.composite
def projects_of(draw: st.DrawFn, form: Form) -> Project:
    """Any project of a form, made of what its blocks may hold: its 编号 is `a`."""
    cells = [cell for cell in form.cells if cell.item.kind is not FormKind.CODE]
    must = {cell.path: values_of(cell.item) for cell in cells if cell.item.required or cell.path == form.unit_path}
    may = {cell.path: values_of(cell.item) for cell in cells if cell.path not in must}
    values = draw(st.fixed_dictionaries(must, optional=may))
    rows: dict[str, tuple[Row, ...]] = {}
    for table in form.lists:
        group = form.table_of(table.group).groups[table.group] if table.group else None
        rows[table.block] = (*rows.get(table.block, ()), *draw(rows_of(table, group.fixed if group else ())))
    return Project(form, draw(st.integers(1990, 2100)), "a", values, {key: own for key, own in rows.items() if own})


@dataclass(frozen=True)
class Memory:
    """The files of a submission in memory, in place of the disk (`goalgen.files.Files`); all else is on disk."""

    texts: Mapping[str, bytes]
    root: Path = Path("/申报")

    def read(self, path: Path, most: int = -1) -> bytes:
        """See Files."""
        if not path.is_relative_to(self.root):
            return DISK.read(path, most)
        name = self.shown(path)
        if name not in self.texts:
            raise FileNotFoundError(2, "No such file or directory")
        return self.texts[name] if most < 0 else self.texts[name][:most]

    def is_file(self, path: Path) -> bool:
        """See Files."""
        return self.shown(path) in self.texts if path.is_relative_to(self.root) else DISK.is_file(path)

    def is_folder(self, path: Path) -> bool:
        """See Files."""
        return any(name.startswith(f"{self.shown(path)}/") for name in self.texts)

    def matching(self, folder: Path, pattern: str) -> list[Path]:
        """See Files."""
        if not folder.is_relative_to(self.root):
            return DISK.matching(folder, pattern)
        there = [path for name in self.texts if (path := self.root / name).is_relative_to(folder)]
        return sorted(path for path in there if fnmatchcase(path.relative_to(folder).as_posix(), pattern))

    def shown(self, path: Path) -> str:
        """See Files."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()


@dataclass(frozen=True)
class Written:
    """A submission as files, and the projects of each year that reading them must give, in bundle order."""

    files: Memory
    years: Mapping[int, Sequence[Project]]


@st.composite
def submissions(draw: st.DrawFn) -> Written:
    """A whole submission: years, projects in any order, values shared by all, by a year or by a unit."""
    texts: dict[str, str] = {}
    years: dict[int, list[Project]] = {}
    shared = draw(st.fixed_dictionaries({}, optional={"填报人": LINES, "联系电话": LINES}))
    lines = ["部门: 甲", *_mapping("共用", shared, ""), "年度:"]
    for year in sorted(draw(st.sets(st.integers(1990, 2100), min_size=1, max_size=3))):
        own = draw(st.fixed_dictionaries({}, optional={"填报日期": st.dates(date(2000, 1, 1)), "填报人": LINES}))
        lines += [f"  {year}:", "    表样: form_2020", *_mapping("共用", own, "    "), "    项目:"]
        years[year] = []
        for number in draw(st.permutations(range(draw(st.integers(1, 3))))):
            project, omitted = draw(_projects_that_share({**shared, **own}))
            project = replace(project, year=year, code=f"p{number}")
            years[year].append(project)
            name = f"{year}/{number}.yaml"
            texts[f"data/{name}"] = project_text(project, form(), omit=omitted)
            lines.append(f"      - {name}")
    texts[INDEX] = "\n".join(lines) + "\n"
    return Written(Memory({name: text.encode() for name, text in texts.items()}), years)


def _mapping(key: str, values: Mapping[str, object], indent: str) -> list[str]:
    inside = [f"{indent}  {name}: {writing.scalar(str(value))}" for name, value in values.items()]
    return [f"{indent}{key}:", *inside] if inside else []


@st.composite
def _projects_that_share(draw: st.DrawFn, shared: Mapping[str, object]) -> tuple[Project, frozenset[str]]:
    """A project that takes some of the shared values, and the keys that its file then leaves out."""
    project = draw(projects())
    taken = draw(st.sets(st.sampled_from(sorted(shared)))) if shared else set()
    taken |= {key for key in shared if key not in project.values}  # a file that says nothing takes it too
    changed: dict[str, Any] = {key: shared[key] for key in taken}
    return project.with_values(changed), frozenset(taken)


SLIPS: Final[tuple[bytes, ...]] = (
    *(
        text.encode()
        for text in """： " ' { } [ ] - : &a *a !x % @ ` | > , ， ‘ １２ ％ 1e400 NaN -1 1_000 0o17 2020-02-30 <<: ?
        {{7*7}} </w:t> &#0; #886 编号""".split()  # noqa: SIM905
    ),
    *(text.encode() for text in ("\t", "\r", "\r\n", "\n", "  ", "# ", "- ", ": ", "---\n", "...\n", "编号: a\n")),
    *(chr(number).encode() for number in (0, 0x7F, 0x85, 0x200B, 0x2028, 0x202E, 0x3000, 0xFEFF, 0x10FFFF)),
    *(b"\xff", b"\xed\xa0\x80", b"\xc4\xe3", b"\xef\xbb"),
)
"""What gets into files by slips of the hand and of programs."""


def damaged(data: bytes, seed: int, edits: int) -> bytes:
    """A file after so many random edits: pieces cut, doubled, moved or replaced by one of SLIPS."""
    chance = random.Random(seed)
    for _ in range(edits):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((0, 0, 1, 2, 7, 40)))
        piece = chance.choice((b"", data[start:end] * 2, chance.choice(SLIPS), chance.choice(SLIPS)))
        data = data[:start] + piece + data[end:]
    return data


@st.composite
def broken_submissions(draw: st.DrawFn) -> Memory:
    """A submission of which one or two files have gone wrong."""
    files = draw(submissions()).files
    texts = dict(files.texts)
    for name in draw(st.sets(st.sampled_from(sorted(texts)), min_size=1, max_size=2)):
        texts[name] = damaged(texts[name], draw(st.integers(0, 2**32)), draw(st.integers(1, 3)))
    return replace(files, texts=texts)
