"""What every kept receipt must be: signed by a pinned key, and the one its messages name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from xiezhi.exchange.envelope.check import check_signature
from xiezhi.exchange.envelope.container import Container, decode
from xiezhi.exchange.envelope.faults import EnvelopeRejected, Fault
from xiezhi.exchange.envelope.header import ReceiptEntry, ReceiptHeader
from xiezhi.exchange.envelope.kinds import parse
from xiezhi.exchange.fsck.batches import in_batches
from xiezhi.exchange.fsck.finding import Finding
from xiezhi.exchange.models import OutboxMessage, Receipt
from xiezhi.exchange.states import OutboxState
from xiezhi.exchange.trust import SiteTrust

Words = dict[UUID, tuple[ReceiptEntry, ...]]


def kept_receipts(
    site: str, trust: SiteTrust, seen: Counter[str], *, every: int
) -> Iterator[Finding]:
    """Read every receipt, check the signature of each ``every``-th, compare it with its messages.

    A key that has run out since still proves what it signed.
    """
    rows = Receipt.objects.order_by("id").iterator(chunk_size=200)
    for batch in in_batches(rows):
        words: Words = {}
        for row in batch:
            seen["receipts"] += 1
            try:
                container = decode(bytes(row.envelope))
                header = _receipt_header(container)
                if seen["receipts"] % every == 0:
                    seen["signatures"] += 1
                    yield from _signed(header, container, trust)
            except EnvelopeRejected as rejected:
                yield Finding(
                    "receipt.unreadable", f"回执 {row.id}：无法读取（{rejected.fault}）。"
                )
                continue
            if (header.id, header.src, header.dst) != (row.id, row.src, site):
                yield Finding("receipt.differs", f"回执 {row.id}：与记录不一致。")
            words[row.id] = header.entries
        yield from _unlike_their_receipt(words)


def _receipt_header(container: Container) -> ReceiptHeader:
    header = parse(container.header)
    if not isinstance(header, ReceiptHeader):
        raise EnvelopeRejected(Fault.KIND, header)
    return header


def _signed(header: ReceiptHeader, container: Container, trust: SiteTrust) -> Iterator[Finding]:
    pin = trust.pin(header.src, header.sender_key)
    if pin is None:
        text = f"回执 {header.id}：签名密钥 {header.sender_key} 没有登记。"
        yield Finding("receipt.unknown-key", text)
        return
    try:
        check_signature(header, container, pin)
    except EnvelopeRejected:
        yield Finding("receipt.signature", f"回执 {header.id}：签名不符。")


def _unlike_their_receipt(words: Words) -> Iterator[Finding]:
    """Name the messages whose outcome is not what the receipt they name says.

    One that is under way again may have been told something else since, which no receipt settles;
    and one receipt may speak of a message twice, when a damaged copy of it came too.
    """
    named = {each.message for entries in words.values() for each in entries}
    settled = OutboxMessage.objects.filter(state=OutboxState.ACKNOWLEDGED)
    rows = settled.filter(pk__in=named, receipt_id__in=list(words))
    columns = ("id", "receipt_id", "outcome", "reason", "header_digests")
    for message, receipt, outcome, reason, digests in rows.values_list(*columns):
        said = [each for each in words[receipt] if each.message == message]
        word = (outcome, reason)
        if not any((e.outcome, e.reason) == word and e.header_digest in digests for e in said):
            text = f"消息 {message}：记录的结果与回执 {receipt} 不一致。"
            yield Finding("receipt.outcome", text)
