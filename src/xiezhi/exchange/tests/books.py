"""The peer's books: what it says of a day, counted by the definition and not by our code."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, TypeVar
from uuid import UUID

from xiezhi.contracts.messages import AccountDetail, AccountEntry, conversation_of_account
from xiezhi.exchange.days import hour_floors
from xiezhi.exchange.envelope.account import (
    AccountHeader,
    AccountWordHeader,
    DayHeader,
    Hour,
    content_digest,
    day_root,
)
from xiezhi.exchange.envelope.header import Outcome
from xiezhi.exchange.envelope.statement import sign_statement
from xiezhi.exchange.models import OutboxMessage, Reconciliation, ReconciliationFinding
from xiezhi.exchange.states import Direction
from xiezhi.exchange.tests.notes import AT, TESTER
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.foundation.ids import uuid7, uuid7_floor
from xiezhi.foundation.transactions import acting
from xiezhi.security.algorithms import digest

DAY = date(2026, 3, 2)
H = TypeVar("H", bound=DayHeader)


def stamped(number: int, **spans: float) -> UUID:
    """Make the id of a message of that day, some time after its half past nine."""
    return UUID(int=uuid7_floor(AT + timedelta(**spans)).int + number)


def root_by_definition(leaves: list[bytes]) -> bytes:
    """Compute a Merkle tree hash as RFC 9162 section 2.1.1 defines it."""
    if not leaves:
        return digest(b"")
    if len(leaves) == 1:
        return digest(b"\x00" + leaves[0])
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return digest(b"\x01" + root_by_definition(leaves[:half]) + root_by_definition(leaves[half:]))


@dataclass
class Books:
    """What the peer holds of one day: content digests by id, of one direction."""

    peer: PeerSite
    held: dict[UUID, str] = field(default_factory=dict)

    def send_note(self, text: str, number: int, *, lost: bool = False, **spans: float) -> bytes:
        """Write a note of that day, enter it, and send it unless it is lost."""
        draft = replace(self.peer.draft(text, number), id=stamped(number, **spans))
        packed = self.peer.seal(draft)
        self.held[draft.id] = packed.content_digest
        if not lost:
            self.peer.send(packed.data)
        return packed.data

    def hours(self) -> tuple[Hour, ...]:
        """Count every hour."""
        floors = hour_floors(DAY)
        return tuple(self._hour(first, before) for first, before in pairwise(floors))

    def _hour(self, first: UUID, before: UUID) -> Hour:
        ids = sorted(each for each in self.held if first <= each < before)
        leaves = [
            b"xiezhi message 1\n" + each.bytes + bytes.fromhex(self.held[each]) for each in ids
        ]
        return Hour(count=len(ids), root=root_by_definition(leaves).hex())

    def account(self, *, still_open: int = 0, account_id: UUID | None = None) -> bytes:
        """Sign the account of what the peer sent on that day."""
        return self._sign(AccountHeader, id=account_id or uuid7(), open=still_open)

    def word(self, account: DayHeader) -> bytes:
        """Sign the word on an account of the court's."""
        return self._sign(AccountWordHeader, id=uuid7(), account=account.id)

    def _sign(self, kind: type[H], **more: Any) -> bytes:
        identity, hours = self.peer.trust.ring.identity(AT), self.hours()
        signer = identity.signer()
        header = kind(
            src=self.peer.name,
            dst=self.peer.other,
            epoch=1,
            created_at=AT,
            suite=identity.public.suite.name,
            sender_key=signer.key_id,
            day=DAY,
            count=len(self.held),
            root=day_root(hours),
            hours=hours,
            **more,
        )
        return sign_statement(header, signer)

    def detail(self, sender: str) -> AccountDetail:
        """Name everything the peer holds of the day in one message."""
        floors = hour_floors(DAY)
        entries = (AccountEntry(id=key, digest=self.held[key]) for key in sorted(self.held))
        return AccountDetail(
            sender=sender, day=DAY, first=floors[0], before=floors[-1], entries=tuple(entries)
        )

    def send_detail(self, detail: AccountDetail, position: int = 1) -> UUID:
        """Send a detail as a sealed message; return its id."""
        conversation = conversation_of_account("court", DAY)
        draft = replace(
            self.peer.draft("", position, conversation),
            type=AccountDetail.TYPE,
            body=detail.model_dump_json().encode(),
        )
        self.peer.send(self.peer.seal(draft).data)
        return draft.id

    def details(self) -> list[AccountDetail]:
        """Read the details that the court has sent, in their order."""
        found = [m for m in self.peer.messages.values() if m.header.type == AccountDetail.TYPE]
        found.sort(key=lambda m: m.header.position)
        return [AccountDetail.model_validate_json(each.body) for each in found]


def post_of_that_day(site: Site, text: str, number: int) -> UUID:
    """Post a note and let it have an id of that day, to which its body is sealed at rest."""
    made = site.post(text)
    with acting(TESTER):
        row = OutboxMessage.objects.get(pk=made)
        body = row.body
        row.id, row.body = stamped(number), body
        row.save(force_insert=True)
        OutboxMessage.objects.filter(pk=made).delete()
    return row.id


def settle_day(site: Site, books: Books, *texts: str, hold: bool = False) -> list[UUID]:
    """Have the court send notes of that day; the peer enters and acknowledges what it gets."""
    ids = [post_of_that_day(site, text, number) for number, text in enumerate(texts, 1)]
    site.send()
    books.peer.collect()
    for key in ids:
        message = books.peer.messages[key]
        books.held[key] = content_digest(message.header)
        outcome = Outcome.HELD if hold else Outcome.APPLIED
        books.peer.send(books.peer.acknowledge(message, outcome, "predecessor" if hold else ""))
    site.receive()
    return ids


def hear(site: Site, books: Books) -> list[AccountHeader]:
    """Let the court send, and give the accounts that the peer then has."""
    site.send()
    books.peer.collect()
    return [each for each in books.peer.accounts if isinstance(each, AccountHeader)]


def answer(site: Site, books: Books, account: AccountHeader) -> None:
    """Have the peer give its word on an account, and the court take it."""
    books.peer.send(books.word(account))
    site.receive()


def day_row(direction: Direction) -> Reconciliation:
    """Load the day as the court sees it."""
    with acting(TESTER):
        return Reconciliation.objects.get(peer="service", direction=direction, day=DAY)


def findings() -> list[tuple[UUID, str, bool]]:
    """Give what was found, and whether it is still so."""
    with acting(TESTER):
        rows = ReconciliationFinding.objects.order_by("message_id")
        return [(row.message_id, row.kind, row.closed_at is None) for row in rows]
