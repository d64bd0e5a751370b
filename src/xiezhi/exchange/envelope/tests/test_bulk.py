"""The bulk lane: any size in constant memory, and nothing changed on the way unseen."""

from __future__ import annotations

import io
import os
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import ValidationError

from xiezhi.exchange.envelope.bulk import BulkDraft, Label, OpenedBulk, open_bulk, write_bulk
from xiezhi.exchange.envelope.faults import EnvelopeRejected, Fault
from xiezhi.exchange.envelope.tests.parties import AT, PinnedTrust, Site
from xiezhi.foundation.ids import uuid7
from xiezhi.security.algorithms import BadSeal

LABEL = Label(name="借条.jpg", media_type="image/jpeg", pages=1)


def bulk(size: int, **changes: object) -> BulkDraft:
    """Describe an attachment from the service site to the court site."""
    draft = BulkDraft(
        id=uuid7(),
        src="service",
        dst="court",
        epoch=1,
        created_at=AT,
        attachment=uuid7(),
        size=size,
        label=LABEL,
    )
    return replace(draft, **changes)  # type: ignore[arg-type]


def written(content: bytes, service: Site, court: Site, **changes: object) -> bytes:
    """Give the bytes of a bulk file."""
    sink = io.BytesIO()
    draft = bulk(len(content), **changes)
    write_bulk(draft, io.BytesIO(content), sink, service.keys_to(court))
    return sink.getvalue()


def opened(data: bytes, trust: PinnedTrust) -> OpenedBulk:
    """Open a bulk file at the court."""
    return open_bulk(io.BytesIO(data), own_site="court", trust=trust)


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (2 << 20) + 17])
def test_open_bulk_gives_back_content_and_label(
    service: Site, court: Site, trust: PinnedTrust, size: int
) -> None:
    content = os.urandom(size)

    read = opened(written(content, service, court), trust)

    assert (read.label, read.header.size, read.content.read()) == (LABEL, size, content)


def test_the_file_name_is_not_readable_on_the_way(service: Site, court: Site) -> None:
    assert "借条".encode() not in written(b"scan", service, court)


@pytest.mark.parametrize("where", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_open_bulk_refuses_a_flipped_bit(
    service: Site, court: Site, trust: PinnedTrust, where: float
) -> None:
    data = bytearray(written(os.urandom(3 << 20), service, court))
    data[int(where * len(data))] ^= 4

    with pytest.raises((EnvelopeRejected, BadSeal)):
        opened(bytes(data), trust).content.read()


@pytest.mark.parametrize("cut", [1, 16, 1 << 20, (1 << 20) + 16])
def test_open_bulk_refuses_a_file_that_is_cut(
    service: Site, court: Site, trust: PinnedTrust, cut: int
) -> None:
    data = written(os.urandom(3 << 20), service, court)

    with pytest.raises((EnvelopeRejected, BadSeal)):
        opened(data[:-cut], trust).content.read()


def test_open_bulk_refuses_another_destination(
    service: Site, court: Site, trust: PinnedTrust
) -> None:
    with pytest.raises(EnvelopeRejected) as caught:
        opened(written(b"scan", service, court, dst="registry"), trust)

    assert caught.value.fault is Fault.DESTINATION


def test_open_bulk_refuses_the_stream_of_another_attachment(
    service: Site, court: Site, trust: PinnedTrust
) -> None:
    first, second = (written(b"same size", service, court) for _ in range(2))
    head = 8 + int.from_bytes(first[4:8], "big")

    with pytest.raises(EnvelopeRejected) as caught:
        opened(first[:head] + second[head:], trust)

    assert caught.value.fault is Fault.CANNOT_OPEN


@pytest.mark.parametrize("data", [b"", b"XZB1", b"XZB1\xff\xff\xff\xff", b"PK\x03\x04" + bytes(99)])
def test_open_bulk_refuses_foreign_files(data: bytes, trust: PinnedTrust) -> None:
    with pytest.raises(EnvelopeRejected):
        opened(data, trust)


@pytest.mark.parametrize(
    "label",
    [
        {"name": "a\0b", "media_type": "image/png"},
        {"name": "a", "media_type": "not a type"},
        {"name": "a", "media_type": "image/png", "pages": 10**12},
    ],
    ids=["nul", "type", "pages"],
)
def test_a_label_holds_only_what_a_record_can_keep(label: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Label.model_validate(label)


def test_write_bulk_refuses_content_shorter_than_its_record(service: Site, court: Site) -> None:
    with pytest.raises(ValueError, match="not as long"):
        write_bulk(bulk(10), io.BytesIO(b"short"), io.BytesIO(), service.keys_to(court))


def test_bulk_needs_constant_memory(
    service: Site, court: Site, trust: PinnedTrust, tmp_path: Path
) -> None:
    size = 48 << 20
    plain, sealed = tmp_path / "plain", tmp_path / "sealed"
    with plain.open("wb") as file:
        file.truncate(size)

    tracemalloc.start()
    with plain.open("rb") as source, sealed.open("wb") as sink:
        write_bulk(bulk(size), source, sink, service.keys_to(court))
    with sealed.open("rb") as file:
        read = open_bulk(file, own_site="court", trust=trust)
        while read.content.read(1 << 16):
            pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 16 << 20
