"""The bulk lane: each part checked by itself, and none fits another place."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from pydantic import ValidationError

from xiezhi.exchange.envelope.container import decode, encode
from xiezhi.exchange.envelope.faults import EnvelopeRejected, Fault
from xiezhi.exchange.envelope.header import PartHeader, PartsEntry
from xiezhi.exchange.envelope.kinds import BULK_KINDS, parse
from xiezhi.exchange.envelope.part import Label, PartDraft, check_part, open_part, pack_part
from xiezhi.exchange.envelope.split import PART_SIZE, as_ranges, count_of
from xiezhi.exchange.envelope.tests.parties import AT, PinnedTrust, Site
from xiezhi.foundation.ids import uuid7

LABEL = Label(name="借条.jpg", media_type="image/jpeg", pages=1)
TWO_PARTS = PART_SIZE + 5


def draft(size: int, number: int = 0) -> PartDraft:
    """Describe a part from the service site to the court site."""
    return PartDraft(
        id=uuid7(),
        src="service",
        dst="court",
        epoch=1,
        created_at=AT,
        attachment=uuid7(),
        number=number,
        size=size,
        label=LABEL,
    )


def packed(content: bytes, service: Site, court: Site, **changes: object) -> bytes:
    """Seal a content of one part."""
    made = replace(draft(len(content)), **changes)  # type: ignore[arg-type]
    return pack_part(made, content, service.keys_to(court))


def checked(data: bytes, trust: PinnedTrust) -> PartHeader:
    """Check a part at the court."""
    return check_part(data, own_site="court", trust=trust)


@pytest.mark.parametrize("size", [0, 1, PART_SIZE - 1, PART_SIZE])
def test_a_part_gives_back_content_and_label(
    service: Site, court: Site, trust: PinnedTrust, size: int
) -> None:
    content = os.urandom(size)
    data = packed(content, service, court)

    read = open_part(data, trust=trust)

    assert checked(data, trust) == read.header
    assert (read.label, read.content, read.header.count) == (LABEL, content, 1)


def test_a_later_part_bears_no_label(service: Site, court: Site, trust: PinnedTrust) -> None:
    data = pack_part(draft(TWO_PARTS, number=1), b"rest!", service.keys_to(court))

    read = open_part(data, trust=trust)

    assert (read.label, read.content, read.header.count) == (None, b"rest!", 2)


def test_the_file_name_is_not_readable_on_the_way(service: Site, court: Site) -> None:
    assert "借条".encode() not in packed(b"scan", service, court)


@pytest.mark.parametrize("where", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_check_part_refuses_a_flipped_bit(
    service: Site, court: Site, trust: PinnedTrust, where: float
) -> None:
    data = bytearray(packed(os.urandom(3000), service, court))
    data[int(where * len(data))] ^= 4

    with pytest.raises(EnvelopeRejected):
        checked(bytes(data), trust)


@pytest.mark.parametrize("cut", [1, 16, 1000])
def test_check_part_refuses_a_part_that_is_cut(
    service: Site, court: Site, trust: PinnedTrust, cut: int
) -> None:
    with pytest.raises(EnvelopeRejected) as caught:
        checked(packed(os.urandom(3000), service, court)[:-cut], trust)

    assert caught.value.fault is Fault.CONTAINER


def test_check_part_refuses_another_destination(
    service: Site, court: Site, trust: PinnedTrust
) -> None:
    with pytest.raises(EnvelopeRejected) as caught:
        checked(packed(b"scan", service, court, dst="registry"), trust)

    assert caught.value.fault is Fault.DESTINATION


def test_check_part_refuses_the_body_of_another_part(
    service: Site, court: Site, trust: PinnedTrust
) -> None:
    first, second = (decode(packed(b"same size", service, court)) for _ in range(2))

    with pytest.raises(EnvelopeRejected) as caught:
        checked(encode(replace(first, ciphertext=second.ciphertext)), trust)

    assert caught.value.fault is Fault.DIGEST


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"number": 1},
        {"attachment": uuid7()},
        {"size": PART_SIZE},
        {"src": "registry"},
        {"dst": "registry"},
    ],
    ids=lambda elsewhere: next(iter(elsewhere)),
)
def test_a_seal_opens_in_its_own_place_only(
    service: Site, court: Site, trust: PinnedTrust, elsewhere: dict[str, object]
) -> None:
    keys, content = service.keys_to(court), bytes(PART_SIZE)
    place = draft(2 * PART_SIZE)
    mine = decode(pack_part(place, content, keys))
    other = decode(pack_part(replace(place, **elsewhere), content, keys))  # type: ignore[arg-type]

    with pytest.raises(EnvelopeRejected) as caught:
        open_part(encode(replace(mine, header=other.header)), trust=trust)

    assert caught.value.fault is Fault.CANNOT_OPEN


@pytest.mark.parametrize("data", [b"", b"XZB1", b"\x85\x40\x40\x40\x40\x40", b"PK\x03\x04"])
def test_check_part_refuses_foreign_files(data: bytes, trust: PinnedTrust) -> None:
    with pytest.raises(EnvelopeRejected):
        checked(data, trust)


@pytest.mark.parametrize(
    ("field", "value"),
    [("number", 1), ("count", 2), ("length", 3), ("size", 2**40), ("number", -1)],
)
def test_a_header_that_does_not_fit_its_whole_is_refused(
    service: Site, court: Site, field: str, value: int
) -> None:
    header = parse(decode(packed(b"scan", service, court)).header, BULK_KINDS)

    with pytest.raises(ValidationError):
        PartHeader.model_validate(header.model_dump(mode="json") | {field: value})


def test_pack_part_refuses_content_shorter_than_its_record(service: Site, court: Site) -> None:
    with pytest.raises(ValueError, match="not as long"):
        pack_part(draft(10), b"short", service.keys_to(court))


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


def test_ranges_name_every_part_once() -> None:
    ranges = as_ranges([7, 0, 1, 2, 9, 8, 2])

    assert ranges == ((0, 2), (7, 9))
    entry = PartsEntry(attachment=uuid7(), state="arriving", here=ranges)  # type: ignore[arg-type]
    assert entry.numbers() == {0, 1, 2, 7, 8, 9}


@pytest.mark.parametrize(("size", "count"), [(0, 1), (1, 1), (PART_SIZE, 1), (TWO_PARTS, 2)])
def test_an_empty_content_has_a_part_for_its_name(size: int, count: int) -> None:
    assert count_of(size) == count
