"""YAML text to nodes and problems, value by value: places, limits, remedies."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.source import Document, decode, encode, parse, read
from goalgen.source.nodes import Mapping, Node, Scalar, Sequence
from goalgen.source.parsing import MAX_NESTING
from goalgen.source.reading import MAX_REPAIRS, parsed_for_editing

BOM = b"\xef\xbb\xbf"
START = "项目文件用 goalgen new 生成，projects.yaml 和表样用 goalgen init 生成"
QUOTE = "如果是文字的一部分，请给整个值加引号"


def fault(code: str, message: str, line: int, column: int, hint: str) -> Problem:
    return Problem(code, message, Place("f", line, column), hint)


# ---- bytes to text


def test_a_file_is_taken_up_to_its_limit() -> None:
    assert read(b"a: b\n", "f", 5).problems == ()
    assert read(b"\n", "f") == parse("\n", "f")
    assert read(b"a: b\n" * 500, "f", 2499) == Document(
        "f", None, (Problem("Y11", "文件有 2,500 字节，超过 2,499", Place("f"), "一个项目一个文件"),)
    )
    assert read(b"\xff", "f") == Document("f", None, (decode(b"\xff", "f"),))  # type: ignore[arg-type]


def test_utf_8_is_read_with_and_without_a_byte_order_mark_and_written_as_it_came() -> None:
    assert decode("甲".encode(), "f") == decode(BOM + "甲".encode(), "f") == "甲"
    assert encode("甲", BOM + b"x") == BOM + "甲".encode()
    assert encode("甲", b"x") == encode("甲", b"") == "甲".encode()


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_is_told(mark: bytes) -> None:
    assert decode(mark + "甲".encode("utf-16-le"), "f") == fault("Y02", "文件是 UTF-16 编码", 1, 1, "请另存为 UTF-8")


GBK = "在 VS Code 右下角点编码名：先“通过编码重新打开”选 GBK，再“通过编码保存”选 UTF-8"


@pytest.mark.parametrize(
    ("before", "line", "column"),
    [(b"", 1, 1), (b"ab", 1, 3), ("甲\n乙".encode(), 2, 2), (b"a\r\nb\rc", 3, 2), (b"\n\n", 3, 1)],
)
def test_the_first_wrong_byte_is_found(before: bytes, line: int, column: int) -> None:
    assert decode(before + b"\xb4\xf3 x", "f") == fault("Y02", "文件不是 UTF-8 编码，多半是 GBK", line, column, GBK)
    half = fault("Y02", "文件末尾缺了半个字，像是没有保存完整", line, column, "找回完整的文件，或补上最后一个字")
    assert decode(before + b"\xe7\x94", "f") == decode(BOM + before + b"\xe7\x94", "f") == half


@pytest.mark.parametrize("start", [b"\0", b"\n\nPK\3\4\0", b"x" * 999 + b"\0"])
def test_what_is_no_text_is_told_as_that(start: bytes) -> None:
    hint = "项目文件是 UTF-8 编码的 .yaml 文本；Word 表用 goalgen import 读进来"
    message = "这不是文本文件，像是 Word 文件、压缩包或 UTF-16 文字"
    assert decode(start + b"\xff x", "f") == fault("Y02", message, 1, 1, hint)


def test_no_text_shows_within_the_first_thousand_bytes() -> None:
    assert decode(b"x" * 1000 + b"\0\xff x", "f") == fault("Y02", "文件不是 UTF-8 编码，多半是 GBK", 1, 1002, GBK)


def test_a_file_to_be_written_anew_must_be_keys_without_a_fault() -> None:
    text = "甲: 乙\n"
    assert parsed_for_editing(BOM + text.encode(), "f") == (text, parse(text, "f").root)
    refused = {
        b"\xff": decode(b"\xff", "f"),
        "a：b".encode(): fault("Y05", "“a”后面是全角冒号", 1, 2, "改成半角冒号加空格：“a: ”"),
        b"- a": fault("M03", "这里应是“键: 值”", 1, 1, "照 goalgen new 写出的样子写"),
        b"": fault("Y09", "文件是空的", 1, 1, START),
    }
    for data, problem in refused.items():
        with pytest.raises(GoalgenError) as caught:
            parsed_for_editing(data, "f")
        assert caught.value.problems == (problem,)


# ---- text to nodes


@pytest.mark.parametrize("text", ["", " \n", "\r"])
def test_an_empty_file_is_told(text: str) -> None:
    assert parse(text, "f") == Document("f", None, (fault("Y09", "文件是空的", 1, 1, START),))


@pytest.mark.parametrize("text", ["# 注释\n", "---\n", '" "', "''\n", "--- \n...\n"])
def test_a_file_without_content_is_told(text: str) -> None:
    assert parse(text, "f") == Document("f", None, (fault("Y09", "文件里只有注释或空行，没有内容", 1, 1, START),))


def test_nodes_know_where_they_stand() -> None:
    assert parse("甲: 乙\n丙:\n- '丁'\n- {}\n", "f") == Document(
        "f",
        Mapping(
            (
                (Scalar("甲", 1, 1, 0, 1, True), Scalar("乙", 1, 4, 3, 4, True)),
                (
                    Scalar("丙", 2, 1, 5, 6, True),
                    Sequence((Scalar("丁", 3, 3, 10, 13, False), Mapping((), 4, 3, 16, 18)), 3, 1, 8, 19),
                ),
            ),
            1,
            1,
            0,
            19,
        ),
        (),
    )


def values(node: Node | None) -> list[str]:
    """The values of a mapping of texts."""
    assert isinstance(node, Mapping)
    return [value.text for _, value in node.entries if isinstance(value, Scalar)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 0012\nb: 1.10\nc: no\nd: 8:30\ne: 2020-02-10\nf:\ng: ~", ["0012", "1.10", "no", "8:30", "2020-02-10", "", "~"]),
        ("a: b\rc: d\r\ne: f", ["b", "d", "f"]),
        ('a: "1\\r\\n2\\r3\\n4"', ["1\n2\n3\n4"]),
        ("a: |\n  1\n  2\nb: >\n  3\n  4\n", ["1\n2\n", "3 4\n"]),
    ],
)  # fmt: skip
def test_every_value_is_the_text_that_was_written(text: str, found: list[str]) -> None:
    document = parse(text, "f")
    assert (values(document.root), document.problems) == (found, ())


def deep(levels: int) -> str:
    return "a: " + "[" * (levels - 1) + "]" * (levels - 1)


def test_nesting_has_a_limit() -> None:
    assert parse(deep(MAX_NESTING), "f").problems == ()
    assert parse(deep(MAX_NESTING + 1), "f") == Document(
        "f", None, (fault("Y11", "嵌套超过 12 层", 1, 15, "是文字就给整个值加引号"),)
    )


@pytest.mark.parametrize(("bracket", "levels"), [("[", 2000), ("{", 2000), ("[", 20000)])
def test_brackets_without_end_are_too_deep(bracket: str, levels: int) -> None:
    (found,) = parse("a: b\nc: " + bracket * levels, "f").problems
    assert found == fault("Y11", "嵌套超过 12 层", 2, found.place.column, "是文字就给整个值加引号")
    assert 15 <= found.place.column <= levels


def test_every_way_to_end_a_line_counts_as_one() -> None:
    for text in ("a: b\r\nc: d\re: f\r\ng：h\r\n", "a: b\nc: d\r\ne: f\rg：h", "a: b\rc: d\re: f\rg：h\r"):
        document = parse(text, "f")
        assert [(str(one.place), one.code) for one in document.problems] == [("f:4:2", "Y05")]
        assert values(document.root) == ["b", "d", "f", "h"]


@pytest.mark.parametrize(
    ("text", "faults", "found"),
    [
        ("a: &x b", [("Y10", "不接受 YAML 的锚点（&x）", 1, 4, QUOTE)], ["b"]),
        ("a: !t b", [("Y10", "不接受 YAML 的标签（!t）", 1, 4, QUOTE)], ["b"]),
        (
            "a: &x !t b\nc: *x",
            [
                ("Y10", "不接受 YAML 的锚点（&x）", 1, 4, QUOTE),
                ("Y10", "不接受 YAML 的标签（!t）", 1, 4, QUOTE),
                ("Y10", "不接受 YAML 的别名（*）", 2, 4, QUOTE),
            ],
            ["b", ""],
        ),
        (
            "a: &x b\n  \n<<: *x\n'<<': e",
            [
                ("Y10", "不接受 YAML 的锚点（&x）", 1, 4, QUOTE),
                ("Y10", "不接受 YAML 的合并键（<<）", 3, 1, QUOTE),
                ("Y10", "不接受 YAML 的别名（*）", 3, 5, QUOTE),
            ],
            ["b", "", "e"],
        ),
        ("a: !!str b", [("Y10", "不接受 YAML 的标签（!!str）", 1, 4, QUOTE)], ["b"]),
        ("a: b\n---\nc: d", [("Y10", "一个文件里有多份文档（---）", 2, 1, "一个项目一个文件")], ["b"]),
        ("a: b\nc: d\na: e", [("Y08", "“a”写了两次，上一次在第 1 行", 3, 1, "只留一个")], ["b", "d"]),
        ("a: b\n[c, d]: e", [("Y07", "键应是一个词", 2, 1, "值以 [ 或 { 开头时要加引号")], ["b", "e"]),
    ],
)  # fmt: skip
def test_what_is_refused_is_told_and_read_past(
    text: str, faults: list[tuple[str, str, int, int, str]], found: list[str]
) -> None:
    document = parse(text, "f")
    assert document.problems == tuple(fault(*one) for one in faults)
    assert values(document.root) == found


def test_what_stands_for_refused_things_has_their_place() -> None:
    root = parse("a: &x b\nc:  *x\n[d]: e", "f").root
    assert isinstance(root, Mapping)
    assert root.entries[1][1] == Scalar("", 2, 5, 12, 12, True)
    assert root.entries[2][0] == Scalar("\x0015", 3, 1, 15, 18, True)
    nested = parse("a: &x {b: c}\nd: !t [e]", "f")
    assert [(one.message, str(one.place)) for one in nested.problems] == [
        ("不接受 YAML 的锚点（&x）", "f:1:4"),
        ("不接受 YAML 的标签（!t）", "f:2:4"),
    ]


def test_two_keys_that_are_no_words_are_two_keys() -> None:
    document = parse("[a]: b\n[a]: c", "f")
    assert [one.code for one in document.problems] == ["Y07", "Y07"]
    assert values(document.root) == ["b", "c"]


def test_two_merge_keys_are_two_keys() -> None:
    root = parse("<<: a\n<<: b", "f").root
    assert isinstance(root, Mapping)
    assert [key.text for key, _ in root.entries] == ["\x000", "\x006"]


def test_characters_that_cannot_be_printed_are_told_in_quotes_too() -> None:
    (found,) = parse('a: b\nc: "x\\x07y"', "f").problems
    assert (found.code, str(found.place)) == ("Y03", "f:2:4")
    document = parse("a: x\x07y\nb: c", "f")
    assert [(one.code, str(one.place)) for one in document.problems] == [("Y03", "f:1:5")]
    assert parse('a: "x\x07y"', "f").problems[0].place == Place("f", 1, 6)
    assert len(parse('a: "x\x07y"', "f").problems) == 1
    assert parse("a\x07b: c", "f").root.entries[0][0].text == "ab"  # type: ignore[union-attr]


# ---- slips and their repair


def test_a_slip_is_told_with_its_remedy_and_the_rest_is_read() -> None:
    document = parse("a： b\nc: d\ne：f\n", "f")
    assert [(one.code, str(one.place)) for one in document.problems] == [("Y05", "f:1:2"), ("Y05", "f:3:2")]
    assert [one.hint for one in document.problems] == ["改成半角冒号加空格：“a: ”", "改成半角冒号加空格：“e: ”"]
    assert values(document.root) == ["b", "d", "f"]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        # two on one line; a file of nothing else; one that the parser notices only lines later
        ("a：@x\n", ["f:1:2: 错误 Y05 “a”后面是全角冒号", "f:1:3: 错误 Y06 值不能以 @ 开头，YAML 会当成特殊符号"]),
        ("# 注释\na：b\n", ["f:2:2: 错误 Y05 “a”后面是全角冒号"]),
        ('a: "b\nc: d\n', ['f:1:4: 错误 Y07 引号 " 没有成对']),
    ],
)
def test_slips_are_told_where_they_are(text: str, faults: list[str]) -> None:
    assert [str(one).partition("；")[0] for one in parse(text, "f").problems] == faults


def test_a_key_is_taken_as_it_is_quoted() -> None:
    root = parse('" a ": b', "f").root
    assert isinstance(root, Mapping) and root.entries[0][0].text == " a "


def test_places_are_those_in_the_file_before_a_repair() -> None:
    """The blank that the repair of a full-width colon puts in makes its line longer, and no other."""
    document = parse("a：{b: c, d: [e, {f: &x g}]}\nh: &y i\n", "f")
    assert [(one.code, str(one.place)) for one in document.problems] == [
        ("Y05", "f:1:2"), ("Y10", "f:1:21"), ("Y10", "f:2:4"),
    ]  # fmt: skip
    columns = [(one.line, one.column, type(one)) for one in every(document.root)]
    assert columns == [
        (1, 1, Mapping), (1, 1, Scalar), (1, 3, Mapping), (1, 4, Scalar), (1, 7, Scalar), (1, 10, Scalar),
        (1, 13, Sequence), (1, 14, Scalar), (1, 17, Mapping), (1, 18, Scalar), (1, 21, Scalar),
        (2, 1, Scalar), (2, 4, Scalar),
    ]  # fmt: skip


def every(node: Node | None) -> Iterator[Node]:
    if node is not None:
        yield node
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield key
            yield from every(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from every(item)


def test_what_was_found_before_a_slip_without_repair_is_told_in_order() -> None:
    document = parse("a：{b: 1, b: 2}\n- c\n", "f")
    assert document.root is None and document.file == "f"
    assert [(one.code, str(one.place)) for one in document.problems] == [
        ("Y05", "f:1:2"), ("Y08", "f:1:10"), ("Y07", "f:2:1"),
    ]  # fmt: skip
    assert document.problems[2].hint == "检查这一行和上一行的缩进、冒号、引号和括号"


def test_repairs_have_an_end() -> None:
    text = "\n".join(f"k{n}：v" for n in range(60))
    assert len(parse(text, "f").problems) == MAX_REPAIRS
    assert parse(text, "f").root is None
    long = "甲" * 1_600_000
    document = parse(f"a：b\nc：d\ne: {long}", "f")
    assert (document.root, [one.place.line for one in document.problems]) == (None, [2])


def test_problems_on_one_line_come_from_left_to_right() -> None:
    text = "{b: &z 1, a: !t 2, a: 3}"
    assert [one.place.column for one in parse(text, "f").problems] == [5, 14, 20]


def test_a_key_of_three_digits_before_any_other_is_no_part_of_a_number() -> None:
    """`202:` at the head of a mapping; behind `总额: 1` it would be what follows a comma."""
    root = parse("202:\n", "x.yaml").root
    assert isinstance(root, Mapping) and [key.text for key, _ in root.entries] == ["202"]
