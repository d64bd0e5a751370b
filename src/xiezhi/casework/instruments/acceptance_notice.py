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
    court_phone: str


def data(sheet: Sheet, facts: Facts) -> dict[str, object]:
    """Word the notice: what was accepted, rights and duties, evidence, fee, how to follow.

    Basis: 民事诉讼法第五十二条、第六十七条、第六十八条、第一百二十九条；
    诉讼费用交纳办法第二十二条；公开审判流程信息的规定第一条。Short on purpose: it is read
    on one page, and every further glyph is weight in each copy that crosses between sites.
    """
    return {
        "title": sheet.title,
        "court": sheet.court,
        "number": sheet.number,
        "code": sheet.code,
        "day": sheet.day,
        "contact": facts.court_phone,
        "addressee": joined(facts.addressee),
        "paragraphs": [_opening(facts), *_items(), "特此通知。"],
    }


def _opening(facts: Facts) -> str:
    return (
        f"你诉{joined(facts.defendants)}{facts.cause}一案的起诉材料，本院于"
        f"{plain_date(facts.submitted_on)}收到。经审查，符合《中华人民共和国民事诉讼法》规定的起诉"
        f"条件，本院决定受理，于{plain_date(facts.filing_date)}立案。现将有关事项通知如下："
    )


RIGHTS: Final = (
    "一、你有权委托诉讼代理人，申请回避，提供证据，进行辩论，请求调解，变更诉讼请求，提起上诉，申请"
    "执行；应当依法行使诉讼权利，遵守诉讼秩序，如实陈述。"
)
EVIDENCE: Final = "二、你应当对自己的主张及时提供证据，期限见举证通知书。"
FEE: Final = (
    "三、案件受理费见交纳诉讼费用通知书，自接到该通知次日起七日内交纳；有困难的，可以申请缓交、减交"
    "或者免交。逾期不交纳又未申请的，按撤诉处理。"
)
PROGRESS: Final = (
    "四、凭案号可以在人民法院在线服务平台或者拨打12368查询审判流程，凭核验码可以向本院核对真伪。"
)
PUBLICITY: Final = "五、生效裁判文书依法公开；认为不宜公开的，可以在送达前书面提出。"


def _items() -> list[str]:
    return [RIGHTS, EVIDENCE, FEE, PROGRESS, PUBLICITY]
