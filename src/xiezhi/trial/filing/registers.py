"""The registers on a case page: claims, instruments, e-file, what was told to whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from xiezhi.casework.models import Case, Claim, Disclosure, Document, Instrument
from xiezhi.casework.models.document import Source
from xiezhi.contracts.payloads import PARTY_ROLE_LABELS, PartyRole
from xiezhi.exchange.queries import Delivery, DeliveryState, deliveries_of
from xiezhi.foundation.pages.components import (
    Button,
    Column,
    DataTable,
    EmptyState,
    Pagination,
    StatusChip,
    TableRow,
)
from xiezhi.foundation.pages.formats import file_size, moment, money, short_date, time_text

SHORT_DIGEST = 12


def claims_table(claims: Iterable[Claim]) -> DataTable:
    """List the claims."""
    return DataTable(
        caption="诉讼请求",
        columns=[
            Column(label="序号", wrap=False),
            Column(label="请求"),
            Column(label="金额", align="right", wrap=False),
        ],
        rows=[
            TableRow(cells=[str(claim.position), claim.text, money(claim.amount)])
            for claim in claims
        ],
        empty=EmptyState(title="没有登记诉讼请求", icon="list-check"),
    )


def instruments_table(instruments: Iterable[Instrument]) -> DataTable:
    """List the instruments; the name opens the PDF, the button saves it."""
    return DataTable(
        caption="文书",
        columns=[
            Column(label="名称", wrap=False),
            Column(label="文号", wrap=False),
            Column(label="送交"),
            Column(label="核验码", wrap=False),
            Column(label="保存", wrap=False),
        ],
        rows=[_instrument_row(instrument) for instrument in instruments],
        empty=EmptyState(title="还没有制发文书", icon="file-text"),
    )


def _instrument_row(instrument: Instrument) -> TableRow:
    here = reverse("filing:document", args=[instrument.case_id, instrument.document_id])
    addressee = instrument.addressee
    return TableRow(
        cells=[
            instrument.title,
            instrument.number,
            addressee.party.name if addressee else "",
            instrument.verification_code,
            Button(label="下载", kind="plain", icon="download", url=f"{here}?download"),
        ],
        url=here,
    )


def documents_table(documents: Sequence[Document]) -> DataTable:
    """List the e-file; what has not arrived is named and shown as waiting."""
    return DataTable(
        caption="电子卷宗",
        columns=[
            Column(label="名称"),
            Column(label="来源", wrap=False),
            Column(label="页数", align="right", wrap=False),
            Column(label="大小", align="right", wrap=False),
            Column(label="入卷日期", wrap=False),
            Column(label="内容核验码", wrap=False),
        ],
        rows=[_document_row(document) for document in documents],
        empty=EmptyState(title="卷宗是空的", icon="folder"),
    )


def _document_row(document: Document) -> TableRow:
    here = reverse("filing:document", args=[document.case_id, document.pk])
    arrived = document.blob_id is not None
    return TableRow(
        cells=[
            document.name,
            Source(document.source).label,
            f"{document.pages}页",
            file_size(document.size),
            short_date(document.added_at) if arrived else StatusChip(label="尚未到达", tone="wait"),
            document.digest[:SHORT_DIGEST],
        ],
        url=here if arrived else "",
    )


def disclosures_table(disclosures: Sequence[Disclosure]) -> DataTable:
    """List what was told, and how far it has come."""
    sent = [d.message_id for d in disclosures if d.message_id is not None]
    found = deliveries_of(sent) if sent else {}
    return DataTable(
        caption="告知当事人",
        columns=[
            Column(label="事项"),
            Column(label="对象"),
            Column(label="告知时间", wrap=False),
            Column(label="状态", wrap=False),
        ],
        rows=[
            TableRow(
                cells=[
                    disclosure.title,
                    _addressee(disclosure),
                    moment(disclosure.published_at),
                    _delivery_chip(disclosure, found.get(disclosure.message_id or disclosure.pk)),
                ]
            )
            for disclosure in disclosures
        ],
        empty=EmptyState(title="还没有告知事项", icon="send"),
    )


def cases_table(cases: Iterable[Case], pagination: Pagination, *, searched: bool) -> DataTable:
    """List cases; the number opens the case."""
    return DataTable(
        caption="案件列表",
        columns=[
            Column(label="案号", wrap=False),
            Column(label="当事人"),
            Column(label="案由"),
            Column(label="诉讼标的额", align="right", wrap=False),
            Column(label="立案日期", wrap=False),
        ],
        rows=[
            TableRow(
                cells=[
                    case.case_number,
                    case.parties_line,
                    case.cause,
                    money(case.claim_amount),
                    short_date(case.filing_date),
                ],
                url=reverse("filing:case", args=[case.pk]),
            )
            for case in cases
        ],
        empty=EmptyState(
            title="没有找到案件" if searched else "还没有登记立案的案件",
            text="请核对案号或者姓名后再查。" if searched else "受理的申请会生成案号并列在这里。",
            icon="folder",
        ),
        pagination=pagination,
    )


def _addressee(disclosure: Disclosure) -> str:
    party = disclosure.participation.party
    return f"{PARTY_ROLE_LABELS[PartyRole(party.role)]}{party.name}"


def _delivery_chip(disclosure: Disclosure, delivery: Delivery | None) -> StatusChip:
    if disclosure.message_id is None:
        return StatusChip(label="等待当事人关联案件", tone="wait")
    if delivery is None or delivery.state in {DeliveryState.WAITING, DeliveryState.SENT}:
        return StatusChip(label="传输中", tone="lead")
    if delivery.state is DeliveryState.RECEIVED:
        at = f" {time_text(delivery.received_at)}" if delivery.received_at else ""
        return StatusChip(label=f"平台已收{at}", tone="done")
    return StatusChip(label="传输受阻", tone="alarm", note=delivery.reason)
