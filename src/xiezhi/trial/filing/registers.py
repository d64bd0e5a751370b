"""The registers on a case page: claims, instruments, e-file, what was told to whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse

from xiezhi.casework.models import Claim, Disclosure, Document, Instrument
from xiezhi.casework.models.document import Source
from xiezhi.contracts.payloads import PARTY_ROLE_LABELS, PartyRole
from xiezhi.exchange.queries import Delivery, DeliveryState, deliveries_of
from xiezhi.foundation.pages.components import Button, StatusChip, TableRow
from xiezhi.foundation.pages.formats import file_size, moment, money, time_text

SHORT_DIGEST = 12


def claim_rows(claims: Iterable[Claim]) -> list[TableRow]:
    """List the claims."""
    return [
        TableRow(cells=[str(claim.position), claim.text, money(claim.amount)]) for claim in claims
    ]


def instrument_rows(instruments: Iterable[Instrument]) -> list[TableRow]:
    """List the instruments; the name opens the PDF, the button saves it."""
    rows = []
    for instrument in instruments:
        here = reverse("filing:document", args=[instrument.case_id, instrument.document_id])
        addressee = instrument.addressee
        rows.append(
            TableRow(
                cells=[
                    instrument.title,
                    instrument.number,
                    addressee.party.name if addressee else "",
                    instrument.verification_code,
                    moment(instrument.issued_at),
                    Button(label="下载", kind="plain", icon="download", url=f"{here}?download"),
                ],
                url=here,
            )
        )
    return rows


def document_rows(documents: Sequence[Document]) -> list[TableRow]:
    """List the e-file; what has not arrived is named and shown as waiting."""
    return [_document_row(document) for document in documents]


def _document_row(document: Document) -> TableRow:
    here = reverse("filing:document", args=[document.case_id, document.pk])
    arrived = document.blob_id is not None
    return TableRow(
        cells=[
            document.name,
            Source(document.source).label,
            f"{document.pages}页",
            file_size(document.size),
            moment(document.added_at) if arrived else StatusChip(label="尚未到达", tone="wait"),
            document.digest[:SHORT_DIGEST],
        ],
        url=here if arrived else "",
    )


def disclosure_rows(disclosures: Sequence[Disclosure]) -> list[TableRow]:
    """List what was told, and how far it has come."""
    sent = [d.message_id for d in disclosures if d.message_id is not None]
    found = deliveries_of(sent) if sent else {}
    return [
        TableRow(
            cells=[
                disclosure.title,
                _addressee(disclosure),
                moment(disclosure.published_at),
                _delivery_chip(disclosure, found.get(disclosure.message_id)),
            ]
        )
        for disclosure in disclosures
    ]


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
