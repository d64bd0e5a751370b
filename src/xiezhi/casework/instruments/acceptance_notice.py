"""The notice of acceptance (受理案件通知书) to the plaintiff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from xiezhi.casework.instruments.press import Sheet
from xiezhi.casework.instruments.wording import joined, plain_date

STYLE: Final = "acceptance_notice"
TITLE: Final = "受理案件通知书"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the notice is filled from; nothing of it is typed by hand."""

    addressee: tuple[str, ...]
    defendants: tuple[str, ...]
    cause: str
    submitted_on: date
    filing_date: date
    court_address: str
    court_phone: str


def data(sheet: Sheet, facts: Facts) -> dict[str, object]:
    """Word the notice: what was accepted, rights and duties, fee, evidence, how to follow.

    Basis: 民事诉讼法第五十二条、第六十七条、第六十八条、第一百二十九条；诉讼费用交纳办法第二十二条；
    公开审判流程信息的规定第一条。
    """
    return {
        "title": sheet.title,
        "court": sheet.court,
        "number": sheet.number,
        "code": sheet.code,
        "day": sheet.day,
        "addressee": joined(facts.addressee),
        "opening": [_opening(facts), "现将有关事项通知如下："],
        "items": _items(sheet, facts),
    }


def _opening(facts: Facts) -> str:
    return (
        f"你于{plain_date(facts.submitted_on)}提交的诉{joined(facts.defendants)}{facts.cause}一案"
        "起诉材料，本院已经收到。经审查，你的起诉符合《中华人民共和国民事诉讼法》第一百二十二条规定的"
        f"起诉条件，本院决定受理，并于{plain_date(facts.filing_date)}登记立案。"
    )


def _items(sheet: Sheet, facts: Facts) -> list[str]:
    return [
        "一、诉讼权利。你有权委托诉讼代理人，申请回避，收集、提供证据，进行辩论，请求调解，自行和解，"
        "提起上诉，申请执行；可以查阅并复制本案有关材料和法律文书；可以放弃或者变更诉讼请求。",
        "二、诉讼义务。你应当依法行使诉讼权利，遵守诉讼秩序，如实陈述，履行发生法律效力的判决书、裁定书和"
        "调解书。提供虚假证据或者进行虚假诉讼的，应当承担法律责任。",
        "三、举证。你对自己提出的主张有责任及时提供证据。举证期限和逾期提供证据的后果，以本院另行送达的"
        "举证通知书为准。",
        "四、诉讼费用。案件受理费的数额和交纳方式，见本院另行送达的交纳诉讼费用通知书；你应当自接到该通知"
        "次日起七日内交纳。交纳确有困难的，可以在此期限内向本院申请缓交、减交或者免交。逾期不交纳又未"
        "提出申请的，按撤诉处理。",
        f"五、审理进度。你可以凭案号{sheet.number}，登录当事人在线服务平台查看本案的立案、审判组织、"
        "开庭、送达等信息，也可以拨打12368诉讼服务热线查询。",
        "六、文书公开。本案生效裁判文书依法应当公开的，将在中国裁判文书网公布；你认为本案涉及国家秘密、"
        "商业秘密、个人隐私等不宜公开情形的，可以在裁判文书送达前书面向本院提出。",
        f"七、文书核验。本通知书的核验码为{sheet.code}，凭此可以核对本通知书的真伪。{_contact(facts)}",
    ]


def _contact(facts: Facts) -> str:
    parts = [
        f"{label}：{value}"
        for label, value in (("本院地址", facts.court_address), ("联系电话", facts.court_phone))
        if value
    ]
    return "，".join(parts) + "。" if parts else ""
