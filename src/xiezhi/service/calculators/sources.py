"""规则来源与待核事项: what the calculators rest on, and what nobody has fully checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xiezhi.law import parameters
from xiezhi.law.parameters import FOREVER, Parameter, Status
from xiezhi.service.calculators.answers import STANDING, Json

FILES = {
    "case_numbers": "案号",
    "causes": "案由",
    "charges": "罪名与行政案由",
    "divisions": "审判业务",
    "effect": "裁判的生效",
    "everyday_words": "日常用语",
    "fee_rules": "诉讼费用的其他规则",
    "fees": "诉讼费用标准",
    "holidays": "节假日安排",
    "identity": "证件号码",
    "jurisdiction": "管辖",
    "periods": "期间",
    "procedure": "审判程序的选择",
    "provinces": "各省标准",
    "statutes": "法律引用",
    "trial_limits": "审理期限",
}
NAMES = {
    ("case_numbers", "classes"): "案件大类",
    ("case_numbers", "demonstration-provinces"): "演示法院的代字",
    ("case_numbers", "earliest-year"): "最早的收案年度",
    ("case_numbers", "named-courts"): "专门法院的代字（逐个列明）",
    ("case_numbers", "provinces"): "法院代字的省份简称",
    ("case_numbers", "random-eight-digits"): "编号随机产生的案件",
    ("case_numbers", "special-courts"): "专门法院的代字（按编码段）",
    ("case_numbers", "supreme"): "最高人民法院的代字",
    ("case_numbers", "types"): "类型代字",
    ("causes", "civil"): "民事案由",
    ("causes", "type-codes"): "案由与类型代字",
    ("charges", "administrative"): "行政案由",
    ("everyday_words", "civil"): "日常用语与案由",
    ("fee_rules", "bearing-rounding"): "按比例负担时的取整",
    ("fee_rules", "payment-order-credit"): "支付令申请费的抵扣",
    ("identity", "earliest-birth-year"): "最早的出生年份",
    ("identity", "first-generation-ended"): "15位旧证停止使用的日期",
    ("identity", "mask"): "对外显示时保留的位数",
    ("identity", "provinces"): "身份证号码的地区代码",
    ("jurisdiction", "high-amount"): "高级人民法院管辖的标的额",
    ("jurisdiction", "intermediate-amount"): "中级人民法院管辖的标的额",
    ("jurisdiction", "places"): "地点的种类",
    ("periods", "outage"): "平台故障时的顺延",
    ("provinces", "average-wage"): "上年度就业人员年平均工资",
    ("statutes", "names"): "法律的简称",
    ("statutes", "renumbering"): "修正前后的条文序号",
    ("trial_limits", "alerts"): "审限的提醒",
    ("trial_limits", "extension-base"): "延长审限的起点",
    ("trial_limits", "rollover"): "审限的末日是否顺延",
}
SCOPES = {
    ("case_numbers", "supplementary"): "后来增加的",
    ("case_numbers", "historical"): "已被取代的",
    ("identity", "bank-card"): "银行卡号",
    ("identity", "credit-code"): "统一社会信用代码",
    ("identity", "email"): "电子邮箱",
    ("identity", "name"): "姓名",
    ("identity", "passport"): "护照号码",
    ("identity", "phone"): "电话号码",
    ("identity", "plate"): "车牌号码",
    ("identity", "resident-id"): "身份证号码",
}
_NAMED = 4  # rules named one by one in a row; more are counted
ORDER = (Status.MEMORY, Status.CONVENTION, Status.LOCAL, Status.SECONDARY)


@dataclass(frozen=True, slots=True)
class Source:
    """One recorded rule: what it is about, from which source, how far it was checked."""

    file: str
    name: str
    scope: str
    label: str
    since: date
    until: date
    source: str
    status: Status
    note: str

    @property
    def subject(self) -> str:
        """Return which part of the law the rule belongs to, in words."""
        return FILES.get(self.file, "其他规则")

    @property
    def standing(self) -> str:
        """Return how far the rule was checked, in words."""
        return STANDING.get(self.status, self.status.label)


@dataclass(frozen=True, slots=True)
class Group:
    """Rules of one subject that share source and note."""

    rules: tuple[Source, ...]

    @property
    def size(self) -> int:
        """Return how many they are."""
        return len(self.rules)

    @property
    def subject(self) -> str:
        """Return which part of the law they belong to."""
        return self.rules[0].subject

    @property
    def source(self) -> str:
        """Return where they come from."""
        return self.rules[0].source

    @property
    def note(self) -> str:
        """Return what is to be said about them."""
        return self.rules[0].note

    @property
    def since(self) -> date:
        """Return the first day on which one of them applies."""
        return min(rule.since for rule in self.rules)

    @property
    def label(self) -> str:
        """Name them, or the first and how many there are."""
        labels = list(dict.fromkeys(rule.label for rule in self.rules))
        if len(labels) > _NAMED:
            return f"{labels[0]}等{len(labels)}项"
        return "、".join(labels)


def unverified() -> tuple[Source, ...]:
    """Return every rule that nobody has checked against the official text, doubtful ones first."""
    rank = {status: place for place, status in enumerate(ORDER)}
    return tuple(sorted(map(_source, parameters.sources()), key=lambda one: rank[one.status]))


def grouped() -> tuple[tuple[str, tuple[Group, ...]], ...]:
    """Return the list as people read it: by standing, then rules of one source together."""
    found: dict[Status, dict[tuple[str, str, str], list[Source]]] = {}
    for one in unverified():
        together = found.setdefault(one.status, {})
        together.setdefault((one.subject, one.source, one.note), []).append(one)
    return tuple(
        (STANDING[status], tuple(Group(tuple(rules)) for rules in found[status].values()))
        for status in ORDER
        if status in found
    )


def counts() -> dict[Status, int]:
    """Return how many recorded rules there are of each standing."""
    found = dict.fromkeys(Status, 0)
    for entry in parameters.sources(every=True):
        found[entry.status] += 1
    return found


def document() -> dict[str, Json]:
    """Return the one JSON form of the list."""
    return {
        "counts": {status.value: number for status, number in counts().items()},
        "rules": [_row(one) for one in unverified()],
    }


def lines() -> Iterator[str]:
    """Return the list as a command prints it."""
    recorded = counts()
    yield f"规则共{sum(recorded.values())}项，其中已与条文核对{recorded[Status.VERIFIED]}项。"
    for standing, groups in grouped():
        yield f"\n{standing}（{sum(one.size for one in groups)}项）"
        for one in groups:
            note = f"（{one.note}）" if one.note else ""
            yield f"  {one.subject}　{one.label}：{one.source}{note}"


def _source(entry: Parameter) -> Source:
    return Source(
        file=entry.file,
        name=entry.name,
        scope=entry.scope,
        label=_label(entry),
        since=entry.since,
        until=entry.until,
        source=entry.source,
        status=entry.status,
        note=entry.note,
    )


def _label(entry: Parameter) -> str:
    """Name a rule in words; a rule without words of its own is named by its part of the law."""
    named = entry.value.get("label", "") if isinstance(entry.value, dict) else ""
    if named:
        return str(named)
    if entry.file == "holidays":
        return f"{entry.scope}年节假日安排"
    scope = SCOPES.get((entry.file, entry.scope), "" if entry.scope.isascii() else entry.scope)
    name = NAMES.get((entry.file, entry.name)) or _local_name(entry)
    return f"{name}（{scope}）" if scope else name


def _local_name(entry: Parameter) -> str:
    """Name what a province sets: the fee whose limits the measure gives."""
    group, _, kind = entry.name.partition(".")
    national = parameters.table("fees").get((group, kind), ()) if kind else ()
    fee = f"{national[0].value['label']}每件交纳的数额" if national else ""
    return fee or FILES.get(entry.file, "其他规则")


def _row(one: Source) -> Json:
    return {
        "file": one.file,
        "name": one.name,
        "scope": one.scope,
        "subject": one.subject,
        "label": one.label,
        "from": one.since.isoformat(),
        "to": None if one.until == FOREVER else one.until.isoformat(),
        "source": one.source,
        "status": one.status.value,
        "standing": one.standing,
        "note": one.note,
    }
