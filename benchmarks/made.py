"""Made-up submissions of any size: every project with words of its own, as like each other as real ones of a city are.

Names, goals and indicators are put together from lists of what local projects are about, by a random generator whose seed is
the number of the project: the same number gives the same file, whatever the size. Every twentieth project copies most of
its text from the one twenty before, one in fifty shares its name with another unit's.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent

_PLACES = (
    "城东 城西 城南 城北 江东 江西 湖滨 山前 河口 老城 新区 开发区 高铁片区 大院 桥头 "
    "北门 南岸 西渡 东洲 石鼓 珠晖 雁峰 蒸湘 南岳 耒水 湘江 白沙 松木 金兰 界牌"
)
_THINGS = (
    "道路照明 排水管网 公厕 垃圾分类 绿化带 河道 校舍 食堂 图书 电教设备 实训基地 乡村医生 疫苗冷链 血站 救护车 养老床位 残疾人康复 "
    "低保信息 退役军人档案 就业培训 技能竞赛 中小企业服务 招商推介 外贸展会 粮食储备 耕地质量 病虫害 动物防疫 农机 水库 山塘 灌渠 "
    "公交站台 客运站 农村公路 桥梁检测 交通信号 消防栓 森林防火 地质灾害点 气象站 环境监测 污水厂 空气站 博物馆 文物点 剧团演出 广场舞 "
    "全民健身 体育场馆 信访大厅 政务窗口 电子证照 档案数字化 机要通信 视频会议 会务 保安 保洁 电梯 中央空调 配电房 公务用车 网络安全"
)
_DEEDS = "建设 改造 维护 运行 购置 升级 检测 普查 巡查 整治 培训 宣传 推广 补助 奖励 监测 评估 保障 管理 服务"
_PEOPLE = "居民 村民 学生 家长 教师 患者 医护人员 企业 商户 驾驶员 游客 老人 残疾人 退役军人 职工 干部 农户 合作社 志愿者 参会人员"
_EFFECTS = (
    "方便出行 保障安全 减少投诉 提高效率 节约能源 改善环境 稳定就业 带动消费 "
    "降低成本 防止事故 留住人才 传承文化 增加收入 减少污染 规范管理 提升形象"
)
_MEASURES = "次 处 公里 平方米 人 户 台 套 个 份 期 场 吨 亩 座"
_GROUPS = (
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "经济效益指标",
    "社会效益指标",
    "生态效益指标",
    "可持续影响指标",
    "社会公众或服务对象满意度指标",
)
PROJECTS_A_UNIT = 16


def make_city(folder: Path, count: int) -> None:
    """Write into `folder` a submission of two years, 2020 and 2021, of `count` made-up projects each."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "templates", folder / "templates")
    units = "".join(f"  - 名称: {unit(number)}\n" for number in range(0, count, PROJECTS_A_UNIT))
    index = f"部门: 某市财政局\n单位:\n{units}年度:\n"
    for year in (2020, 2021):
        (folder / "data" / str(year)).mkdir(parents=True)
        index += f"  {year}:\n    表样: form_2020\n    共用:\n      中长期年限: {year}-{year + 2}\n"
        index += f"      填报日期: {year - 1}-10-20\n    项目:\n"
        for number in range(count):
            name = f"{year}/{number + 1:05d}.yaml"
            (folder / "data" / name).write_text(project(number, year), encoding="utf-8")
            index += f"      - {name}\n"
    (folder / "data" / "projects.yaml").write_text(index, encoding="utf-8")


def unit(number: int) -> str:
    """Name the unit of a project."""
    of = number // PROJECTS_A_UNIT
    return f"某市{_pick(Random(f'unit {of}'), _PLACES)}第{of + 1}中心"


def project(number: int, year: int) -> str:
    """Return the text of a project file; the next year has other amounts, one goal and two indicators written anew."""
    about = number - 20 if number % 20 == 0 and number else number
    own, random = Random(number), Random(about)
    topic = _topic(Random(about - 50) if about % 50 == 0 and about else random)
    name = f"{topic}经费" if number % 50 == 0 else f"{topic}{_pick(own, _THINGS)}经费"
    annual = own.randint(20, 900) + (year - 2020) * 3
    rows = [_row(random, group, year) for group in _GROUPS]
    return (
        f"编号: xm-{number + 1:05d}\n项目名称: {name}\n预算单位: {unit(number)}\n项目类型: 其他\n"
        f"项目概况:\n  中长期规划: 《某市{_topic(random)}规划（2020—2025年）》\n"
        f"  资金管理办法: 《{_topic(random)}资金管理办法》（某财〔2019〕{own.randint(1, 900)}号）\n"
        f"  绩效分配方式: 项目法\n  立项依据: 《关于{_topic(random)}的通知》（某政办发〔2019〕{own.randint(1, 90)}号）\n"
        f"  使用范围: {_topic(random)}、{_topic(random)}\n  申报条件: 无\n  起止年限: 2020年-2023年\n"
        f"项目资金:\n  中长期: {{总额: {annual * 3 - 7}, 财政拨款: {annual * 3 - 7}, 其他资金: 0}}\n"
        f"  年度: {{总额: {annual}, 财政拨款: {annual}, 其他资金: 0}}\n"
        f"总体目标:\n  中长期: 三年完成{_topic(random)}，{_pick(random, _EFFECTS)}，{_pick(random, _EFFECTS)}\n"
        f"  年度: {year}年完成{_topic(random)}{own.randint(2, 90)}{_pick(random, _MEASURES)}，{_pick(random, _EFFECTS)}\n"
        f"绩效指标:\n{''.join(rows)}填报人: 张三\n联系电话: 886{number % 10000:04d}\n"
    )


def _topic(random: Random) -> str:
    return f"{_pick(random, _PLACES)}{_pick(random, _THINGS)}{_pick(random, _DEEDS)}"


def _row(random: Random, group: str, year: int) -> str:
    name = f"{_pick(random, _THINGS)}{_pick(random, _DEEDS)}"
    number = random.randint(2, 80)
    if group == "成本指标":
        value, annual = f"≤{number * 100}元", f"≤{number * 100 - 10}元"
    elif group.startswith("社会公众"):
        name, value, annual = f"{_pick(random, _PEOPLE)}满意度", "≥95%", "≥9" + str(random.randint(0, 4)) + "%"
    elif group in ("质量指标", "时效指标"):
        name, value, annual = (
            f"{name}{'合格率' if group == '质量指标' else '及时率'}",
            "≥98%",
            "≥9" + str(random.randint(0, 7)) + "%",
        )
    else:
        measure = _pick(random, _MEASURES)
        value, annual = f"≥{number * 3}{measure}", f"≥{number + year - 2020}{measure}"
    return f"  {group}:\n    - {{指标: {name}, 中长期: {value}, 年度: {annual}}}\n"


def _pick(random: Random, words: str) -> str:
    return random.choice(words.split())
