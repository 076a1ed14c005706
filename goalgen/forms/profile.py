"""Load the review profile: how strict `check` is, as data of the form pack that projects.yaml may override."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from goalgen import source
from goalgen.errors import GoalgenError, Severity, errors_in
from goalgen.files import DISK
from goalgen.files.names import shown
from goalgen.files.refusals import unreadable
from goalgen.forms.pack import beside
from goalgen.source.reading import MAX_YAML_BYTES
from goalgen.source.shapes import Choice, Key, Named, Number, Rows, Table, Text
from goalgen.source.validating import Reader

PROFILE_FILE: Final = "review.yaml"
RULE_OFF: Final = "关"
_WORDS: Final = Rows(Text())
_LEVELS: Final = (RULE_OFF, *(severity.value for severity in Severity))

PROFILE_SHAPE: Final = Table(
    {
        "金额小数位": Key(Number(), "金额最多几位小数（万元；别的单位照样折算，至少两位）", "4"),
        "金额上限": Key(Number(), "一个项目的资金到了多少万元，就问是不是写成了元；0 是不问", "100000"),
        "成本允差": Key(Number(), "单价 × 数量与年度资金相差百分之几以内不算", "2"),
        "差额倍数": Key(Number(1), "同样的产出，资金相差几倍就提出来", "2"),
        "相似度": Key(Number(1), "两个项目的文字有百分之几以上相同就提出来", "60"),
        "同文项目数": Key(Number(2), "几个项目用同一段目标就提出来", "3"),
        "满意度下限": Key(Number(), "满意度一般不低于百分之几", "90"),
        "必填": Key(_WORDS, "缺了就退回的栏目：角色，或项目文件里的键", "[填报人, 电话]"),
        "空泛词": Key(_WORDS, "整个值只由这些词组成就是空话", "[及时, 高效]"),
        "投入词": Key(_WORDS, "投入，不是产出", "[资金到位]"),
        "活动词": Key(_WORDS, "做的事，不是效益", "[活动]"),
        "逐年词": Key(_WORDS, "说逐年变化的话", "[逐年递减]"),
        "循环依据词": Key(_WORDS, "不算立项依据的话", "[预算批复]"),
        "打分词": Key(_WORDS, "打分办法，不是指标值", "[扣分]"),
        "不规范简称": Key(_WORDS, "单位的不规范叫法，正则式"),
        "不适用词": Key(_WORDS, "表示没有、不适用的写法", "[无, 不适用]"),
        "规则": Key(Named("规则", Choice(_LEVELS)), "每条规则的轻重，例如 {F05: 关}"),
    }
)
"""The shape of templates/review.yaml, and of `检查` in projects.yaml."""


class Profile(NamedTuple):
    """Say how strict the review is: numbers, word lists and levels of single rules; what is what says the form (`角色`).

    The fields stand in the order of PROFILE_SHAPE, which says what each means.
    """

    decimals: int
    largest: int
    cost_tolerance: int
    money_ratio: int
    similarity: int
    same_goal: int
    satisfaction_least: int
    required: tuple[str, ...]
    vague: tuple[str, ...]
    inputs: tuple[str, ...]
    activities: tuple[str, ...]
    yearly: tuple[str, ...]
    circular: tuple[str, ...]
    scoring: tuple[str, ...]
    drifting: tuple[str, ...]
    none: tuple[str, ...]
    levels: Mapping[str, str]

    def level(self, code: str, usual: Severity) -> Severity | None:
        """Return how bad a finding of a rule is, None when the rule is off; `usual` holds where the profile says nothing."""
        word = self.levels.get(code)
        return usual if word is None else None if word == RULE_OFF else Severity(word)


_FIELDS: Final = dict(zip(PROFILE_SHAPE.keys, Profile._fields, strict=True))


def load_profile(folder: Path, changes: Mapping[str, Any] | None = None) -> Profile:
    """Load the profile beside a form pack (goalgen's own when it has none) and make the changes of projects.yaml in it.

    Raises GoalgenError with every fault of the file.
    """
    values = _read(beside(folder, PROFILE_FILE))
    changes = {key: value for key, value in (changes or {}).items() if value is not None}
    levels = {**(values.get("规则") or {}), **(changes.get("规则") or {})}
    merged = {**values, **changes, "规则": {code: word[0] for code, word in levels.items() if word}}
    return Profile(**{name: _value(key, merged) for key, name in _FIELDS.items()})


def _value(key: str, values: Mapping[str, Any]) -> Any:
    empty: Any = () if isinstance(PROFILE_SHAPE.keys[key].shape, Rows) else 0 if _is_number(key) else ""
    return values.get(key) if values.get(key) is not None else empty


def _is_number(key: str) -> bool:
    return isinstance(PROFILE_SHAPE.keys[key].shape, Number)


def _read(path: Path) -> Mapping[str, Any]:
    label = shown(path)
    try:
        document = source.read(DISK.read(path, MAX_YAML_BYTES + 1), label)
    except OSError as error:
        raise unreadable(label, error).error() from error
    reader = Reader(label)
    values = reader.value(document.root, PROFILE_SHAPE) if document.root is not None else None
    problems = [*document.problems, *reader.problems]
    if errors_in(problems) or values is None:
        raise GoalgenError(problems)
    return values  # type: ignore[no-any-return]
