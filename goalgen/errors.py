"""Describe what can be wrong: a Place in a file, a Problem at that place, and the exception that carries problems out."""

import re
from collections.abc import Collection, Iterable
from enum import Enum
from typing import Final, NamedTuple, Self

# Line ends, terminal controls and changes of the reading direction, which a message may quote from a file.
_CONTROL: Final = "[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\U0010ffff]"


def one_line(text: str) -> str:
    """Return a text that may go to a terminal: one line, with � for all that moves the cursor or turns the reading."""
    return re.sub(_CONTROL, "�", text)


class Severity(Enum):
    """Say how bad a problem is, in the word a person reads."""

    ERROR = "错误"
    WARNING = "警告"
    INFO = "提示"


class Place(NamedTuple):
    """Point into a file: `file` as a person would type it, `line` and `column` counted from 1 (0: the whole file)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Problem(NamedTuple):
    """Hold one thing that is wrong, its place, and the way to mend it.

    `project` is the 编号, `year` its budget year and `field` the path of the value (`项目概况.立项依据`), where they are
    known; `criterion` is the review heading (完整性, 相关性, …) of a finding of `check`.
    """

    code: str
    message: str
    place: Place
    hint: str = ""
    severity: Severity = Severity.ERROR
    project: str = ""
    field: str = ""
    criterion: str = ""
    year: int = 0

    @property
    def said(self) -> str:
        """Return what is wrong and the way to mend it: `说明；改法`."""
        return f"{self.message}；{self.hint}" if self.hint else self.message

    def __str__(self) -> str:
        return one_line(f"{self.place}: {self.severity.value} {self.code} {self.said}")

    def error(self, exit_code: int = 2) -> "GoalgenError":
        """Make the GoalgenError that carries this problem alone; `exit_code` is 3 for the surroundings."""
        return GoalgenError((self,), exit_code)


class GoalgenError(Exception):
    """Carry problems out of goalgen; `exit_code` is 2 for wrong input or usage, 3 for the surroundings."""

    def __init__(self, problems: Iterable[Problem], exit_code: int = 2) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.exit_code = exit_code
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Problem, ...], int]]:
        return type(self), (self.problems, self.exit_code)


def errors_in(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems that stop the work, without the warnings and hints."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]


def stop_for(problems: Iterable[Problem], files: Collection[str]) -> None:
    """Raise GoalgenError with the errors among these problems that stand in these files, if there are any."""
    faults = [problem for problem in errors_in(problems) if problem.place.file in files]
    if faults:
        raise GoalgenError(faults)


CODES: Final[dict[str, str]] = {
    "Y01": "文件读不到",
    "Y02": "文件不是 UTF-8 编码",
    "Y03": "有不能印在表上的字符（控制字符等）",
    "Y04": "用制表符（Tab）缩进",
    "Y05": "键后面是全角冒号",
    "Y06": "值里有 YAML 的特殊符号，要加引号",
    "Y07": "YAML 写法不对（缩进、引号、括号）",
    "Y08": "同一个键写了两次",
    "Y09": "文件是空的",
    "Y10": "用了 goalgen 不接受的 YAML 功能（锚点、标签、多份文档）",
    "Y11": "文件太大或嵌套太深",
    "Y12": "# 后面的字当成了注释",
    "M01": "不认识的键",
    "M02": "缺少必填的键",
    "M03": "该写文字的地方写了列表，或相反",
    "M04": "金额不是数",
    "M05": "选项不在表上",
    "M06": "日期不存在或写法不对",
    "M07": "年份或年限写法不对",
    "M08": "编号写法不对",
    "M09": "写了 null 或 ~，这是程序的空值",
    "M10": "文字超过表上的字数",
    "S01": "编号重复",
    "S02": "projects.yaml 列出的文件不存在",
    "S03": "文件没有列入 projects.yaml",
    "S04": "projects.yaml 里同一个文件列了两次",
    "S05": "找不到表样",
    "S06": "没有这个年度或项目",
    "S07": "这里不是申报文件夹（没有 data/projects.yaml）",
    "S08": "文件已经存在，不覆盖",
    "S09": "文件名写错了，这样不会用到它",
    "S10": "列了别的年度文件夹里的文件",
    "D01": "模板打不开（不是 Word .docx 文件）",
    "D02": "模板里的标签写错了",
    "D03": "模板用了表样里没有的名称",
    "D04": "模板缺少表样里的内容",
    "D05": "表样说明（.yaml）不完整",
    "D06": "模板填写时出错",
    "O01": "写不了文件",
    "O02": "另一个 goalgen 正在写同一个文件夹",
    "O03": "干活的进程意外结束",
    "O04": "写好的文件后来手工改过，没有动它",
    "O05": "要写的地方放着源数据，没有动它",
    "O06": "文件其实在申报文件夹以外，没有动它",
    "G01": "要新建的年度已经有了，或不在原年度之后",
    "E01": "不是 Excel 文件，或者文件坏了",
    "E02": "Excel 文件里没有要的工作表",
    "E03": "工作表的列不对",
    "E04": "指标行的编号或二级指标不对",
    "K01": "要导入的文件打不开，或不是 Word 文档",
    "K02": "要导入的文件里找不到申报表",
    "K03": "表上有内容没有归位",
    "K04": "表上是空的，projects.yaml 的值会印上去",
    "K05": "导入前要先说清楚（编号、年度、已有的文件）",
    "K06": "转换 .doc 要用 LibreOffice",
    "K07": "表上的金额单位和表样不同",
    "L01": "空白表上有一格没有认出来",
    "L02": "照空白表猜的，请核对",
    "L03": "空白表上没有要填的格子",
    "L04": "有些审核规则不查这张表",
    "L05": "填好的表导入时读不回这一格",
    "L06": "表样的名字不能用",
    "G02": "projects.yaml 的写法不能自动加一年",
    "R01": "这里不是 git 仓库",
    "R02": "没有这个版本（git）",
    "R03": "git 没有装，或没有完成",
    "R04": "对照的一边不成立",
    "R05": "没有这个字段",
    "R06": "git-setup 写的那一段被改坏了",
    "C01": "goalgen: ignore 没有对上任何问题",
    "C02": "goalgen: ignore 没有写理由",
    "C03": "没有这条规则，或没有这个栏目",
    "C04": "留着“待核”，数字还没有定",
    "C05": "项目还没有填",
}
"""Every code an input problem can carry, with its meaning; the review rules of `check` carry codes of their own."""
