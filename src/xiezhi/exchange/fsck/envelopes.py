"""What every kept envelope must still be: readable, whole, and the one its row speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final
from uuid import UUID

from xiezhi.exchange.envelope.container import Container, decode
from xiezhi.exchange.envelope.faults import EnvelopeRejected
from xiezhi.exchange.envelope.header import MessageHeader
from xiezhi.exchange.envelope.kinds import parse
from xiezhi.exchange.fsck.batches import BATCH, LARGE, in_batches
from xiezhi.exchange.fsck.finding import Finding
from xiezhi.exchange.models import AwaitedAttachment, InboxAttachment, InboxMessage, OutboxMessage
from xiezhi.exchange.states import InboxState
from xiezhi.security.algorithms import CryptoError, suite

_SAID_TWICE: Final = (
    *("id", "epoch", "sequence", "conversation", "position", "type", "version", "act_at"),
)
_SETTLED: Final = frozenset({InboxState.APPLIED, InboxState.REFUSED})


def sent_envelopes(site: str, seen: Counter[str]) -> Iterator[Finding]:
    """Read every envelope we sealed and compare it with its row."""
    rows = OutboxMessage.objects.filter(envelope__isnull=False).defer("body", "attachments")
    for row in rows.iterator(chunk_size=LARGE):
        seen["outbox"] += 1
        header = None
        try:
            container = decode(bytes(row.envelope or b""))
            header = _message_header(container)
            digest = _digest(header, container)
        except (EnvelopeRejected, CryptoError) as error:
            yield _unreadable("outbox", row.id, error)
            continue
        if not row.header_digests or digest != row.header_digests[-1]:
            yield Finding("outbox.header-digest", f"消息 {row.id}：信封头与所记摘要不符。")
        if differing := _differing(row, header, (site, row.dst)):
            yield _differs("outbox", row.id, differing)


def received_envelopes(site: str, seen: Counter[str]) -> Iterator[Finding]:
    """Read every envelope we kept of a peer, compare it with its row and find its attachments."""
    for batch in in_batches(_received(), BATCH):
        wanted: dict[tuple[str, UUID], UUID] = {}
        for row, findings, attachments in (_look(row, site) for row in batch):
            seen["inbox"] += 1
            yield from findings
            if row.state in _SETTLED:
                wanted |= {(row.src, each): row.id for each in attachments}
        yield from _without_row(wanted)


def _received() -> Iterator[InboxMessage]:
    return InboxMessage.objects.iterator(chunk_size=LARGE)


def _look(row: InboxMessage, site: str) -> tuple[InboxMessage, list[Finding], list[UUID]]:
    """Compare one row with its envelope, which is let go of afterwards."""
    found: list[Finding] = []
    try:
        container = decode(bytes(row.envelope))
        header = _message_header(container)
        digest = _digest(header, container)
        whole = _body_is_whole(header, container)
    except (EnvelopeRejected, CryptoError) as error:
        return row, [_unreadable("inbox", row.id, error)], []
    finally:
        row.envelope = b""
    if digest != row.header_digest:
        found.append(Finding("inbox.header-digest", f"收到的消息 {row.id}：信封头与所记摘要不符。"))
    if not whole:
        found.append(Finding("inbox.body-digest", f"收到的消息 {row.id}：密文与信封头的摘要不符。"))
    if differing := _differing(row, header, (row.src, site)):
        found.append(_differs("inbox", row.id, differing))
    return row, found, [each.id for each in header.attachments]


def _without_row(wanted: dict[tuple[str, UUID], UUID]) -> Iterator[Finding]:
    """Name the attachments of settled messages that nothing here tells of."""
    if not wanted:
        return
    rows = InboxAttachment.objects.filter(attachment_id__in=[each for _, each in wanted])
    there = set(rows.values_list("src", "attachment_id"))
    still = AwaitedAttachment.objects.filter(attachment_id__in=[each for _, each in wanted])
    there |= set(still.values_list("src", "attachment_id"))
    for (src, attachment), message in wanted.items():
        if (src, attachment) not in there:
            text = f"收到的消息 {message} 已办结，它的附件 {attachment} 没有接收记录。"
            yield Finding("inbox.attachment", text)


def _message_header(container: Container) -> MessageHeader:
    header = parse(container.header)
    if not isinstance(header, MessageHeader):
        msg = f"an envelope of the kind {header.kind}"
        raise CryptoError(msg)
    return header


def _digest(header: MessageHeader, container: Container) -> str:
    return suite(header.suite).digest(container.header).hex()


def _body_is_whole(header: MessageHeader, container: Container) -> bool:
    digest = suite(header.suite).digest
    key = digest(container.encapsulated_key + container.iv).hex()
    return (digest(container.ciphertext).hex(), key) == (
        header.digests.ciphertext,
        header.digests.key,
    )


def _differing(
    row: OutboxMessage | InboxMessage, header: MessageHeader, way: tuple[str, str]
) -> list[str]:
    """Name what header and row say differently."""
    named = [each for each in _SAID_TWICE if getattr(row, each) != getattr(header, each)]
    named += ["after"] if list(row.after) != list(header.after) else []
    return named if (header.src, header.dst) == way else [*named, "src/dst"]


def _differs(box: str, message: UUID, names: list[str]) -> Finding:
    whose = "消息" if box == "outbox" else "收到的消息"
    return Finding(f"{box}.differs", f"{whose} {message}：信封与记录不一致（{'、'.join(names)}）。")


def _unreadable(box: str, message: UUID, error: Exception) -> Finding:
    whose = "消息" if box == "outbox" else "收到的消息"
    return Finding(f"{box}.unreadable", f"{whose} {message}：信封无法读取（{error}）。")
