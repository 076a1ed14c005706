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

import goalgen
from goalgen import source
from goalgen.cli import cli
from goalgen.errors import CODES, Problem
from goalgen.forms.pack import load_form
from goalgen.forms.shape import project_shape
from goalgen.forms.spec import SPEC_SHAPE
from goalgen.source.shapes import Named, Rows, Shape, Table
from goalgen.source.validating import Reader
from goalgen.submission.comments import swallowed
from goalgen.submission.index_shape import index_shape
from tests.support.docs_session import (
    Block,
    Session,
    blocks,
    command_lines,
    commit,
    desk,
    difference,
    every_command,
    git,
    lay_out,
    typed,
)
from tests.support.finding_making import project
from tests.support.places import ROOT
from tests.support.review_cases import run, submission

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
"""Languages of blocks that a reader types; transcripts (console) are played, lines of the others run one by one."""
HELD = (*SHELLS, "yaml", "python", "yml", "diff")
"""The languages of blocks that tests hold: yml (pipelines) in tests/authoring/test_git_setup.py, the others here."""
OTHER_PROGRAMS = {"make", "uv", "py", "python3", "git", "cd", "echo", ".venv\\Scripts\\pip", "pip"}
"""What lines of a block may run besides goalgen."""


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


@pytest.mark.parametrize(("path", "command"), list(every_command(cli)), ids=[path for path, _ in every_command(cli)])
def test_a_command_has_a_section_with_every_option(path: str, command: click.Command) -> None:
    told = section(text("cli.md"), f"goalgen {path}")
    assert told, f"docs/cli.md has no section `goalgen {path}`"
    common = section(text("cli.md"), "共同的选项")
    own = [param for param in command.params if isinstance(param, click.Option) and not param.hidden]
    options = [word for param in own for word in param.opts]
    assert [word for word in options if f"`{word}" not in told and f"`{word}" not in common] == []


def test_every_key_of_the_yaml_files_is_told() -> None:
    page = text("writing.md")
    keys = {*words(project_shape(FORM)), *words(index_shape([FORM]))}
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
    if keys & {"模板", "块"}:
        return SPEC_SHAPE
    return index_shape([FORM]) if keys & {"年度", "共用", "单位"} else project_shape(FORM)


EXAMPLES = [
    pytest.param(block, id=f"{name_of(page)}-{number}")
    for page in PAGES
    for number, block in enumerate(blocks(page.read_text("utf-8")), 1)
    if block.language == "yaml"
    and not block.note.endswith(".yaml")
    and page.name != "rules.md"  # test_rules runs those
]


@pytest.mark.parametrize("block", EXAMPLES)
def test_an_example_is_right_or_wrong_as_the_page_says(block: Block, tmp_path: Path) -> None:
    """`错 Y05` behind the fence: it gives that code. `通过`: a whole project file, of which check says nothing at all."""
    found = {problem.code for problem in problems(block)}
    if block.note.startswith("错 "):
        assert block.note.removeprefix("错 ") in found
    elif block.note == "通过":
        submission(tmp_path, {})
        (tmp_path / "data/2020/01.yaml").write_text(block.text, encoding="utf-8")
        assert run(str(tmp_path), "--format", "json") == (0, "[]\n")
    else:
        assert block.note == "" and found <= {"M02"}


def test_there_are_examples_of_every_kind() -> None:
    notes = [str(example.values[0].note) for example in EXAMPLES if isinstance(example.values[0], Block)]
    assert notes.count("") >= 4
    assert sum(note.startswith("错 ") for note in notes) >= 20
    for page in (ROOT / "README.md", DOCS / "writing.md"):
        assert "通过" in [block.note for block in blocks(page.read_text("utf-8"))]


def test_every_block_is_of_a_kind_that_a_test_holds() -> None:
    """A language or a note that no test knows, or a block by indentation, would be a sample that nobody runs."""
    strange = []
    for page in PAGES:
        if page.name == "first-day.md":
            continue  # made whole, and held by tests/promises/test_first_day.py
        whole = page.read_text("utf-8")
        made = "".join(part.group() for part in build_docs().PART.finditer(whole))
        for block in blocks(whole):
            if not (
                block.language in HELD or (block.language == "text" and (block.note == "图" or block.text in made))
            ):
                strange.append(f"{name_of(page)}: ```{block.language} {block.note}")
        unfenced = re.sub(r"^ *```.*?^ *```$", "", whole, flags=re.DOTALL | re.MULTILINE)
        strange += [f"{name_of(page)}: {line}" for line in re.findall(r"^    goalgen .*", unfenced, re.MULTILINE)]
    assert strange == []


@pytest.mark.parametrize("page", TRANSCRIPTS, ids=name_of)
def test_a_transcript_prints_what_it_quotes(page: Path, tmp_path: Path) -> None:
    """Every quoted line comes, in this order, when the page's blocks are run in a copy of the submission."""
    lay_out(tmp_path)
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


@pytest.mark.parametrize(
    ("quoted", "told"),
    [
        ("甲\n乙\n", []),
        ("甲\n…\n", []),
        ("…\n乙\n", []),
        ("丙\n", ["丙"]),
        ("甲\n丙\n", ["丙"]),
        ("…\n丙\n", ["丙"]),
        ("甲\n", ["多出：乙"]),
        ("", ["多出：甲", "多出：乙"]),
    ],
)
def test_a_transcript_is_what_is_printed(quoted: str, told: list[str]) -> None:
    assert list(difference(quoted.splitlines(), ["甲", "乙"])) == told


def test_a_session_notices_a_line_that_does_not_come(tmp_path: Path) -> None:
    session = Session(tmp_path)
    assert session.play(Block("console", "", "$ goalgen --version\n没有这一行\n")) == ["没有这一行"]


def test_tables_show_bars_and_say_what_every_option_does() -> None:
    page = text("cli.md")
    assert r"[text\|json\|github" in page and not re.search(r"&#?\w+;|\bNone\b", page)


LINES = [
    pytest.param(line, id=f"{name_of(page)}: {line}"[:80])
    for page in PAGES
    for block in blocks(page.read_text("utf-8"))
    if block.language in SHELLS and block.language != "console"
    for line in command_lines(block)
    if re.search(r"(^|[ /\\])goalgen ", line)
]


INLINE = [
    pytest.param(line.replace(r"\|", "|"), id=f"{name_of(page)}: `{line}`"[:80])
    for page in PAGES
    for line in re.findall(
        r"`(goalgen [a-z-][^`]*)`",
        re.sub(r"^ *```.*?^ *```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE),
    )
]


@pytest.mark.parametrize("line", [*LINES, *INLINE])
def test_a_quoted_goalgen_line_uses_what_exists(line: str) -> None:
    """Its command is there, and so is each option it names."""
    words = typed(line)
    if words[0] in ("--help", "--version", "-h", "-V"):
        return
    offered = dict(every_command(cli))
    path = " ".join(words[:2]) if " ".join(words[:2]) in offered else words[0]
    assert path in offered
    known = {word for param in offered[path].params for word in (*param.opts, *param.secondary_opts)} | {"--help", "-h"}
    assert [word for word in words if re.match(r"-{1,2}[A-Za-z]", word) and word.partition("=")[0] not in known] == []


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return desk(tmp_path_factory.mktemp("desk"))


@pytest.mark.parametrize("line", LINES)
def test_a_quoted_goalgen_line_runs(line: str, prepared: Path, tmp_path: Path) -> None:
    """In the submission that the pages speak of; the drive D: is a folder."""
    folder = tmp_path / "desk"
    shutil.copytree(prepared, folder)
    session = Session(folder)
    said = session.run(shlex.join(["goalgen", *(re.sub("^D:", f"{tmp_path}/D", word) for word in typed(line))]))
    assert session.code in ((0, 1) if "check" in line else (0,)), said
    assert "用法错误" not in said


def test_what_git_shows_of_a_form_is_what_the_page_quotes(tmp_path: Path) -> None:
    (block,) = (block for page in PAGES for block in blocks(page.read_text("utf-8")) if block.language == "diff")
    git(tmp_path, "init", "--quiet")
    Session(tmp_path).run("goalgen git-setup")
    form = tmp_path / "报送.docx"
    form.write_bytes(goalgen.render(project(), FORM))
    commit(tmp_path, "v1")
    change = "绩效指标: {数量指标: [{指标: 督查次数, 中长期: ≥90次, 年度: ≥36次}]}"
    form.write_bytes(goalgen.render(project(change), FORM))
    shown = git(tmp_path, "diff").splitlines()
    start = next(number for number, line in enumerate(shown) if line.startswith("@@"))
    assert list(difference(block.text.splitlines(), shown[start:])) == []


def test_blocks_run_known_programs_only() -> None:
    lines = [
        line
        for page in PAGES
        for block in blocks(page.read_text("utf-8"))
        if block.language in SHELLS
        for line in command_lines(block)
    ]
    others = {line.split()[0] for line in lines if not re.search(r"(^|[ /\\])goalgen ", line)}
    assert len(lines) > 20 and others <= OTHER_PROGRAMS


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
