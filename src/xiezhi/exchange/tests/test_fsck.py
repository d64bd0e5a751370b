"""The outside look: silent on a sound exchange, and it names each thing that is not sound."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.fixtures import Settings

from xiezhi.exchange.envelope.container import decode, encode
from xiezhi.exchange.envelope.header import Outcome
from xiezhi.exchange.envelope.message import AttachmentFacts, Draft
from xiezhi.exchange.fsck import Examination, Finding, examine
from xiezhi.exchange.models import (
    InboxAttachment,
    InboxConversation,
    InboxMessage,
    OutboxAttachment,
    OutboxConversation,
    OutboxMessage,
    Peer,
    Receipt,
)
from xiezhi.exchange.states import AttachmentState
from xiezhi.exchange.tests.notes import AT, TESTER
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting
from xiezhi.security.algorithms.digests import digest


def found(every: int = 1) -> list[Finding]:
    """Examine this process's site."""
    with acting(TESTER):
        return list(examine(TESTER, Examination(), every=every))


def codes() -> list[str]:
    """Give the codes of what is found, each once."""
    return sorted({each.code for each in found()})


@pytest.fixture
def busy(site: Site, peer: PeerSite) -> Site:
    """Give a site with messages in every state, both ways, and an attachment that was rejected."""
    first = site.post("one", conversation="note:a")
    site.post("two", conversation="note:a")
    site.send()
    peer.collect()
    peer.send(peer.acknowledge(peer.messages[first], Outcome.APPLIED))
    facts = AttachmentFacts(uuid7(), digest(b"\0not a file"), 11, "application/pdf", 1)
    drafts = [peer.draft(text, position=number) for number, text in ((1, "a"), (2, "refuse b"))]
    peer.send(*(peer.seal(draft).data for draft in drafts))
    peer.send(peer.seal(peer.draft("late", position=9)).data)
    peer.send_attachment(facts, b"\0not a file", "paper.pdf")
    site.receive()
    site.post("waiting", conversation="note:a")
    return site


def test_a_sound_exchange_has_no_findings(busy: Site) -> None:
    about = Examination()

    with acting(TESTER):
        findings = list(examine(TESTER, about))

    assert findings == []
    assert {name: about.seen[name] for name in ("outbox", "inbox", "receipts", "signatures")} == {
        "outbox": 2,
        "inbox": 3,
        "receipts": 1,
        "signatures": 1,
    }


def first_out() -> OutboxMessage:
    return OutboxMessage.objects.order_by("id")[0]


def first_in() -> InboxMessage:
    return InboxMessage.objects.filter(state="applied").order_by("id")[0]


def drop_a_position() -> None:
    OutboxMessage.objects.filter(position=2, conversation="note:a").delete()


def lower_a_counter() -> None:
    OutboxConversation.objects.filter(conversation="note:a").update(next_position=2)


def raise_what_was_settled() -> None:
    InboxConversation.objects.update(next_position=7)


def give_a_number_twice() -> None:
    OutboxMessage.objects.filter(sequence=2).update(sequence=1)


def forget_our_numbers() -> None:
    Peer.objects.update(next_sequence=1)


def forget_what_we_heard() -> None:
    Peer.objects.update(highest_in=0)


def keep_a_body_too_long() -> None:
    row = first_out()
    row.body = "left"
    row.save(update_fields=["body"])


def leave_a_message_unfinished() -> None:
    InboxMessage.objects.filter(pk=first_in().pk).update(settled_at=None)


def lose_a_receipt() -> None:
    OutboxMessage.objects.filter(pk=first_out().pk).update(receipt_id=uuid7())


def turn_an_outcome() -> None:
    OutboxMessage.objects.filter(pk=first_out().pk).update(outcome="refused")


def damage_what_was_sealed() -> None:
    row = first_out()
    OutboxMessage.objects.filter(pk=row.pk).update(envelope=bytes(row.envelope or b"")[:-9])


def exchange_what_was_sealed() -> None:
    one, two = OutboxMessage.objects.filter(envelope__isnull=False).order_by("id")
    OutboxMessage.objects.filter(pk=one.pk).update(envelope=two.envelope)


def damage_what_came() -> None:
    row = first_in()
    container = decode(bytes(row.envelope))
    flipped = bytes([container.ciphertext[0] ^ 1]) + container.ciphertext[1:]
    parts = (*container.parts()[:4], flipped)
    InboxMessage.objects.filter(pk=row.pk).update(envelope=encode(type(container)(*parts)))


def move_what_came() -> None:
    InboxMessage.objects.filter(pk=first_in().pk).update(type="test.other", header_digest="00" * 32)


def lose_the_row_of_a_blob() -> None:
    OutboxAttachment.objects.create(dst="service", blob_id=uuid7())


def store_nothing() -> None:
    InboxAttachment.objects.update(state=AttachmentState.STORED, blob_id=None)


def name_an_attachment_that_never_left() -> None:
    named = [{"id": str(uuid7())}]
    OutboxMessage.objects.filter(pk=first_out().pk).update(attachments=named)


def keep_a_receipt_of_a_stranger() -> None:
    known = Receipt.objects.get()
    Receipt.objects.create(
        id=uuid7(), src="bank", message_ids=[], taken_at=AT, envelope=bytes(known.envelope)
    )


def keep_noise_as_a_receipt() -> None:
    Receipt.objects.create(src="service", message_ids=[], taken_at=AT, envelope=b"\0")


def forge_a_receipt() -> None:
    container = decode(bytes(Receipt.objects.get().envelope))
    header = json.loads(container.header)
    header["id"] = str(forged := uuid7())
    text = json.dumps(header, separators=(",", ":"), sort_keys=True).encode()
    data = encode(type(container)(text, *container.parts()[1:]))
    Receipt.objects.create(id=forged, src="service", message_ids=[], taken_at=AT, envelope=data)


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (drop_a_position, {"outbox.positions"}),
        (lower_a_counter, {"outbox.positions"}),
        (raise_what_was_settled, {"inbox.positions"}),
        (give_a_number_twice, {"outbox.sequence-twice", "outbox.differs"}),
        (forget_our_numbers, {"outbox.sequence"}),
        (forget_what_we_heard, {"inbox.marks"}),
        (keep_a_body_too_long, {"outbox.state"}),
        (leave_a_message_unfinished, {"inbox.state"}),
        (lose_a_receipt, {"outbox.receipt-missing"}),
        (turn_an_outcome, {"receipt.outcome"}),
        (damage_what_was_sealed, {"outbox.unreadable"}),
        (exchange_what_was_sealed, {"outbox.differs", "outbox.header-digest"}),
        (damage_what_came, {"inbox.body-digest"}),
        (move_what_came, {"inbox.differs", "inbox.header-digest"}),
        (lose_the_row_of_a_blob, {"outbox.blob"}),
        (store_nothing, {"inbox.attachment-state"}),
        (name_an_attachment_that_never_left, {"outbox.attachment"}),
        (keep_a_receipt_of_a_stranger, {"receipt.differs"}),
        (keep_noise_as_a_receipt, {"receipt.unreadable"}),
        (forge_a_receipt, {"receipt.signature"}),
    ],
)
def test_each_damage_is_found_and_nothing_else(
    busy: Site, damage: Callable[[], None], expected: set[str]
) -> None:
    with acting(TESTER):
        damage()

    assert set(codes()) == expected


def test_an_attachment_of_a_settled_message_must_have_a_row(site: Site, peer: PeerSite) -> None:
    facts = AttachmentFacts(uuid7(), digest(b"\0not a file"), 11, "application/pdf", 1)
    peer.send_attachment(facts, b"\0not a file", "paper.pdf")
    peer.send(peer.seal(with_attachment(peer, facts)).data)
    site.receive()
    assert (site.inbox(), found()) == ([("applied", "")], [])

    with acting(TESTER):
        InboxAttachment.objects.all().delete()

    assert codes() == ["inbox.attachment"]


def with_attachment(peer: PeerSite, facts: AttachmentFacts) -> Draft:
    return replace(peer.draft("with a paper"), attachments=(facts,))


def test_a_receipt_of_an_unpinned_key_is_named(
    busy: Site, key_directories: dict[str, Path]
) -> None:
    folder = key_directories["court"]
    (folder / "peers/service.json").rename(folder / "service.json")
    try:
        assert codes() == ["receipt.unknown-key"]
    finally:
        (folder / "service.json").rename(folder / "peers/service.json")


def test_signatures_can_be_spaced_out(busy: Site) -> None:
    about = Examination()

    with acting(TESTER):
        forge_a_receipt()
        list(examine(TESTER, about, every=3))

    assert (about.seen["receipts"], about.seen["signatures"]) == (2, 0)


def test_parts_that_were_left_behind_are_named(
    busy: Site, tmp_path: Path, settings: Settings
) -> None:
    attachment: UUID = InboxAttachment.objects.get().attachment_id
    for name in (str(attachment), str(uuid7()), "noise"):
        (tmp_path / "incoming/service" / name).mkdir(parents=True)
    (tmp_path / "keys").symlink_to(Path(settings.XIEZHI_SITE_DIRECTORY) / "keys")
    settings.XIEZHI_SITE_DIRECTORY = tmp_path

    texts = [each.text for each in found() if each.code == "staging.left"]

    assert [name in text for text, name in zip(texts, (str(attachment), "noise"), strict=True)] == [
        True,
        True,
    ]


def test_looking_changes_nothing(busy: Site) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")

    assert found() == []


@pytest.mark.django_db(transaction=True)
def test_the_command_says_what_it_looked_at(
    capsys: pytest.CaptureFixture[str], court_keys: None
) -> None:
    call_command("exchange_fsck")
    assert "全部相符" in capsys.readouterr().out

    with acting(TESTER):
        OutboxConversation.objects.create(dst="service", conversation="note:z", next_position=4)
    with pytest.raises(SystemExit) as ended:
        call_command("exchange_fsck", "--json")

    told = json.loads(capsys.readouterr().out)
    assert (ended.value.code, told["count"], len(told["findings"])) == (1, 1, 1)
