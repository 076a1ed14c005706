"""What the pages say is true: commands, options, keys, codes, links, examples and transcripts held to the code."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from goalgen import source
from goalgen.cli import cli
from goalgen.errors import CODES, Problem
from goalgen.forms.pack import load_form
from goalgen.forms.shape import project_shape
from goalgen.forms.spec import SPEC_SHAPE
from goalgen.source.shapes import Named, Rows, Shape, Table
from goalgen.source.validating import Reader
from goalgen.submission.index import INDEX_SHAPE
from goalgen.submission.swallowed import swallowed
from tests.support.docs_session import Block, Session, blocks, command_lines
from tests.support.places import ROOT

DOCS = ROOT / "docs"
FORM = load_form(ROOT / "templates" / "form_2020.yaml")
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "SECURITY.md",
    *sorted(DOCS.rglob("*.md")),
]
TRANSCRIPTS = [page for page in PAGES if any(block.language == "console" for block in blocks(page.read_text("utf-8")))]
SHELLS = ("sh", "console", "bat", "powershell", "bash")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def build_docs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "tools" / "build_docs.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        own = f"{path} {name}".strip()
        yield own, command
        if isinstance(command, click.Group):
            yield from commands(command, own)


def words(shape: Shape) -> Iterator[str]:
    if isinstance(shape, Table):
        for name, key in shape.keys.items():
            yield name
            yield from words(key.shape)
    elif isinstance(shape, Rows | Named):
        yield from words(shape.item)


def section(page: str, heading: str) -> str:
    found = re.search(rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,3}} |\Z)", page, re.DOTALL | re.MULTILINE)
    return found.group(2) if found else ""


def test_the_made_parts_are_current() -> None:
    """Otherwise run `make docs`."""
    tool = build_docs()
    made = [page for page in PAGES if tool.PART.search(page.read_text("utf-8"))]
    assert len(made) >= 3
    assert [name_of(page) for page in made if tool.refreshed(page.read_text("utf-8")) != page.read_text("utf-8")] == []


@pytest.mark.parametrize(("path", "command"), list(commands(cli)), ids=[path for path, _ in commands(cli)])
def test_a_command_has_a_section_with_every_option(path: str, command: click.Command) -> None:
    told = section(text("cli.md"), f"goalgen {path}")
    assert told, f"docs/cli.md has no section `goalgen {path}`"
    common = section(text("cli.md"), "共同的选项")
    options = [word for param in command.params if isinstance(param, click.Option) for word in param.opts]
    assert [word for word in options if f"`{word}" not in told and f"`{word}" not in common] == []


def test_every_key_of_the_yaml_files_is_told() -> None:
    page = text("writing.md")
    keys = {*words(project_shape(FORM)), *words(INDEX_SHAPE)}
    assert len(keys) > 30
    assert sorted(key for key in keys if not re.search(rf"[`.]{re.escape(key)}`", page)) == []


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_a_section_with_its_meaning_and_the_way_to_mend_it(code: str) -> None:
    told = section(text("errors.md"), code)
    assert f"**{CODES[code]}。**" in told
    assert len(told.partition("改法：")[2].strip()) > 5


def problems(block: Block) -> list[Problem]:
    """What goalgen finds in an example; a part of a file need not hold the keys that a whole file must."""
    document = source.read(block.text.encode(), "example.yaml")
    assert isinstance(document.root, source.Mapping) or document.problems, "an example is a mapping"
    reader = Reader("example.yaml")
    if document.root is not None:
        reader.value(document.root, _kind(document.root))
    return [*document.problems, *swallowed(block.text.encode(), document), *reader.problems]


def _kind(root: source.Node) -> Table:
    keys = {key.text for key, _ in root.entries} if isinstance(root, source.Mapping) else set()
    if "模板" in keys:
        return SPEC_SHAPE
    return INDEX_SHAPE if keys & {"年度", "共用", "单位"} else project_shape(FORM)


EXAMPLES = [
    pytest.param(block, id=f"{name_of(page)}-{number}")
    for page in PAGES
    for number, block in enumerate(blocks(page.read_text("utf-8")), 1)
    if block.language == "yaml"
    and not block.note.endswith(".yaml")
    and page.name != "rules.md"  # test_rules runs those
]


@pytest.mark.parametrize("block", EXAMPLES)
def test_an_example_is_right_or_wrong_as_the_page_says(block: Block) -> None:
    found = {problem.code for problem in problems(block)}
    if block.note.startswith("错 "):
        assert block.note.removeprefix("错 ") in found
    else:
        assert found <= {"M02"}


def test_there_are_examples_of_both_kinds() -> None:
    notes = [str(example.values[0].note) for example in EXAMPLES if isinstance(example.values[0], Block)]
    assert notes.count("") >= 4
    assert sum(note.startswith("错 ") for note in notes) >= 20


@pytest.mark.parametrize("page", TRANSCRIPTS, ids=name_of)
def test_a_transcript_prints_what_it_quotes(page: Path, tmp_path: Path) -> None:
    """Every quoted line comes, in this order, when the page's blocks are run in a copy of the submission."""
    for folder in ("data", "templates", "schema"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    session = Session(tmp_path)
    assert [line for block in blocks(page.read_text("utf-8")) for line in session.play(block)] == []


PROGRAMS = [
    pytest.param(block, id=f"{name_of(page)}-{number}")
    for page in PAGES
    for number, block in enumerate(blocks(page.read_text("utf-8")), 1)
    if block.language == "python"
]


@pytest.mark.parametrize("block", PROGRAMS)
def test_a_program_runs(
    block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a copy of the submission, as it is printed; it prints something, or what it writes is a Word file."""
    for folder in ("data", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    exec(compile(block.text, "page", "exec"), {})
    made = {path.read_bytes()[:2] for path in tmp_path.rglob("*.docx") if path.parent.name != "templates"}
    assert made == {b"PK"} or (not made and "print(" in block.text and capsys.readouterr().out)


def test_a_session_notices_a_line_that_does_not_come(tmp_path: Path) -> None:
    session = Session(tmp_path)
    assert session.play(Block("console", "", "$ goalgen --version\n没有这一行\n")) == ["没有这一行"]


LINES = [
    pytest.param(line, id=f"{name_of(page)}: {line}"[:80])
    for page in PAGES
    for block in blocks(page.read_text("utf-8"))
    if block.language in SHELLS
    for line in command_lines(block)
    if re.search(r"(^|[ /\\])goalgen ", line)
]


@pytest.mark.parametrize("line", LINES)
def test_a_quoted_goalgen_line_uses_what_exists(line: str) -> None:
    """Its command is there, and so is each option it names."""
    typed = shlex.split(re.split(r"(?:^|[ /\\])goalgen ", line, maxsplit=1)[1].replace("\\", "/"))
    if typed[0] in ("--help", "--version", "-h", "-V"):
        return
    offered = dict(commands(cli))
    path = " ".join(typed[:2]) if " ".join(typed[:2]) in offered else typed[0]
    assert path in offered
    known = {word for param in offered[path].params for word in (*param.opts, *param.secondary_opts)} | {"--help", "-h"}
    assert [word for word in typed if re.match(r"-{1,2}[A-Za-z]", word) and word.partition("=")[0] not in known] == []


def test_quoted_make_lines_are_targets() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    quoted = {
        line.split()[1]
        for page in PAGES
        for block in blocks(page.read_text("utf-8"))
        if block.language in SHELLS
        for line in command_lines(block)
        if line.startswith("make ")
    }
    assert {"render", "test"} <= quoted <= targets


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    plain = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return plain.strip().replace(" ", "-")


def anchors(page: Path) -> set[str]:
    without = re.sub(r"^ *```.*?^ *```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    named = set(re.findall(r'<a id="([^"]+)"></a>', without))
    return named | {slug(heading) for heading in re.findall(r"^#+ (.+)$", without, re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    """Relative links name files, and headings, that exist."""
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        file, _, anchor = target.partition("#")
        path = (page.parent / file).resolve() if file else page
        if not path.exists() or (anchor and anchor not in anchors(path)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("name", ["form.png", "diff.png"])
def test_a_picture_is_small(name: str) -> None:
    picture = (DOCS / "images" / name).read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert 20_000 < len(picture) < 200_000
