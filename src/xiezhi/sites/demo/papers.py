"""Papers of the demonstration city: drawn for each filing, marked as a demonstration."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final, Literal

import typst

from xiezhi.law.money import to_capitals
from xiezhi.sites.demo.plan import Filing

Form = Literal["pdf", "png"]
_PAGE: Final = Path(__file__).parent / "paper.typ"


@cache
def _press() -> typst.Compiler:
    """Keep one compiler: looking through the fonts costs more than a hundred papers."""
    return typst.Compiler(input=_PAGE, root=_PAGE.parent)


def _draw(title: str, lines: list[str], signature: list[str], form: Form) -> bytes:
    data = json.dumps({"title": title, "lines": lines, "signature": signature}, ensure_ascii=False)
    made = _press().compile(format=form, ppi=120, sys_inputs={"data": data})
    if not isinstance(made, bytes):
        msg = "a paper is one page"
        raise TypeError(msg)
    return made


def promissory_note(filing: Filing) -> bytes:
    """Draw the note (借条), as a PDF."""
    lent, due = filing.lent_on, filing.due_on
    lines = [
        (
            f"今借到{filing.plaintiff.name}人民币{filing.principal:,}元"
            f"（大写：{to_capitals(Decimal(filing.principal))}），用于{filing.reason}。"
        ),
        f"约定于{due.year}年{due.month}月{due.day}日前一次还清。",
    ]
    signed = [f"借款人：{filing.defendant.name}", f"{lent.year}年{lent.month}月{lent.day}日"]
    return _draw("借条", lines, signed, "pdf")


def transfer_slip(filing: Filing) -> bytes:
    """Draw the slip of the transfer (转账凭证), as a PNG."""
    lines = [
        f"付款人：{filing.plaintiff.name}",
        f"收款人：{filing.defendant.name}",
        f"金额：{filing.principal:,}.00元",
        f"日期：{filing.lent_on:%Y-%m-%d}",
        "摘要：借款",
    ]
    return _draw("转账凭证", lines, ["演示银行"], "png")


def identity_card(filing: Filing) -> bytes:
    """Draw both sides of an identity card that nobody could mistake for one, as a PNG."""
    lines = [
        f"姓名：{filing.plaintiff.name}",
        f"住址：{filing.plaintiff.address}",
        f"公民身份号码：{filing.plaintiff.id_number}",
    ]
    return _draw("身份证明（演示，非真实证件）", lines, [], "png")
