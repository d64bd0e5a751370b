"""What the files of the exchange must be: every stored one a blob, nothing staged in vain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from xiezhi.exchange.fsck.batches import in_batches
from xiezhi.exchange.fsck.finding import Finding
from xiezhi.exchange.models import InboxAttachment, OutboxAttachment
from xiezhi.exchange.states import AttachmentState
from xiezhi.files.queries import blobs
from xiezhi.foundation.actors import Actor

STAGING = "incoming"


def attachment_blobs(actor: Actor, seen: Counter[str]) -> Iterator[Finding]:
    """Name the attachments, sent or stored, whose blob has no row."""
    stored = InboxAttachment.objects.filter(blob_id__isnull=False)
    kinds = (
        ("inbox", "收到的附件", stored.values_list("attachment_id", "blob_id")),
        ("outbox", "待发的附件", OutboxAttachment.objects.values_list("blob_id", "blob_id")),
    )
    for box, label, pairs in kinds:
        for batch in in_batches(pairs.iterator(chunk_size=200)):
            seen["attachments"] += len(batch)
            there = {each.pk for each in blobs(actor, [blob for _, blob in batch if blob])}
            for attachment, blob in batch:
                if blob not in there:
                    text = f"{label} {attachment}：文件 {blob} 没有记录。"
                    yield Finding(f"{box}.blob", text)


def staging(directory: Path) -> Iterator[Finding]:
    """Name what lies staged (``<peer>/<attachment>/``) for attachments that are dealt with."""
    for folder in sorted((directory / STAGING).glob("*/*")):
        attachment = _identifier(folder.name)
        final = (AttachmentState.STORED, AttachmentState.REJECTED)
        done = attachment is not None and InboxAttachment.objects.filter(
            src=folder.parent.name, attachment_id=attachment, state__in=final
        )
        if attachment is None or (done and done.exists()):
            place = folder.relative_to(directory)
            yield Finding("staging.left", f"暂存目录 {place}：附件已有结果，分片却还在。")


def _identifier(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None
