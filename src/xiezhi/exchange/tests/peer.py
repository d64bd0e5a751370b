"""The other site, as the wire knows it: keys, a tray and a memory; no database."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from xiezhi.exchange.envelope.account import DayHeader
from xiezhi.exchange.envelope.bulk import BulkDraft, Label, write_bulk
from xiezhi.exchange.envelope.check import CheckedMessage, CheckedStatement, check
from xiezhi.exchange.envelope.container import join, split
from xiezhi.exchange.envelope.header import Outcome, ReceiptEntry, ReceiptHeader
from xiezhi.exchange.envelope.message import AttachmentFacts, Draft, Packed, pack
from xiezhi.exchange.envelope.receipt import Statement, pack_receipt
from xiezhi.exchange.tests.notes import AT, Note
from xiezhi.exchange.transports import Lane
from xiezhi.exchange.transports.spool import SpoolTransport
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.ids import uuid7


@dataclass
class PeerSite:
    """A reference peer: sends what a test asks for and remembers what it was told."""

    trust: SiteTrust
    transport: SpoolTransport
    name: str = "service"
    other: str = "court"
    sequence: int = 0
    messages: dict[UUID, CheckedMessage] = field(default_factory=dict)
    copies: int = 0
    receipts: list[ReceiptEntry] = field(default_factory=list)
    accounts: list[DayHeader] = field(default_factory=list)

    def draft(self, text: str, position: int = 1, conversation: str = "note:1") -> Draft:
        """Compose a note."""
        self.sequence += 1
        return Draft(
            id=uuid7(),
            src=self.name,
            dst=self.other,
            epoch=1,
            sequence=self.sequence,
            conversation=conversation,
            position=position,
            type=Note.TYPE,
            version=Note.VERSION,
            act_at=AT,
            created_at=AT,
            body=Note(text=text).model_dump_json().encode(),
        )

    def seal(self, draft: Draft) -> Packed:
        """Seal a draft for the court."""
        return pack(draft, self.trust.sending(self.other, AT))

    def send(self, *envelopes: bytes) -> None:
        """Hand envelopes over in one parcel."""
        self.transport.put(self.other, [join(envelopes)])

    def send_attachment(self, facts: AttachmentFacts, content: bytes, name: str) -> None:
        """Hand an attachment over in the bulk lane."""
        draft = BulkDraft(
            id=uuid7(),
            src=self.name,
            dst=self.other,
            epoch=1,
            created_at=AT,
            attachment=facts.id,
            size=len(content),
            label=Label(name=name, media_type=facts.media_type, pages=facts.pages),
        )
        keys = self.trust.sending(self.other, AT)
        self.transport.put_bulk(
            self.other,
            facts.id.hex,
            lambda sink: write_bulk(draft, io.BytesIO(content), sink, keys),
        )

    def collect(self) -> None:
        """Empty the tray: remember messages and receipts."""
        arrived = self.transport.arrived(self.other, Lane.PARCEL, 1000)
        for file in arrived:
            with file.open() as opened:
                parcel = opened.read()
            for envelope in split(parcel):
                checked = check(envelope, own_site=self.name, trust=self.trust)
                if isinstance(checked, CheckedStatement):
                    if isinstance(checked.header, ReceiptHeader):
                        self.receipts.extend(checked.header.entries)
                    elif isinstance(checked.header, DayHeader):
                        self.accounts.append(checked.header)
                else:
                    self.copies += 1
                    self.messages[checked.header.id] = checked
        self.transport.discard(arrived)

    def outcomes(self) -> dict[UUID, tuple[str, str]]:
        """Give the last outcome told of each message."""
        return {each.message: (each.outcome, each.reason) for each in self.receipts}

    def texts(self) -> list[str]:
        """Give the texts of the notes received, in order of conversation and position."""
        ordered = sorted(
            self.messages.values(), key=lambda m: (m.header.conversation, m.header.position)
        )
        return [Note.model_validate_json(each.body).text for each in ordered]

    def acknowledge(
        self,
        message: CheckedMessage,
        outcome: Outcome = Outcome.APPLIED,
        reason: str = "",
        digest: str = "",
        at: datetime = AT,
    ) -> bytes:
        """Sign a receipt."""
        entry = ReceiptEntry(
            message=message.header.id,
            header_digest=digest or message.header_digest,
            outcome=outcome,
            reason=reason,
            received_at=at,
            settled_at=at,
        )
        statement = Statement(
            id=uuid7(),
            src=self.name,
            dst=self.other,
            epoch=1,
            created_at=AT,
            entries=(entry,),
        )
        identity = self.trust.ring.identity(AT)
        return pack_receipt(statement, suite=identity.public.suite, signer=identity.signer())


def trays(root: Path, sites: Sequence[str]) -> dict[str, SpoolTransport]:
    """Lay the trays of two sites and give each its transport."""
    found = {}
    for own, peer in (sites, sites[::-1]):
        found[own] = SpoolTransport(root, own)
        found[own].prepare([peer])
    return found
