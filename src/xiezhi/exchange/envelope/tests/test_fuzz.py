"""Fuzz of the envelope's readers: any bytes give a checked envelope or a refusal with a code.

Work is bounded (bytes asked for, calls made) and so is memory, whatever the bytes say of
themselves. Small in the ordinary run, large under ``XIEZHI_SIZE=full``.
"""

from __future__ import annotations

import json
import os
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiezhi.exchange.envelope.check import check
from xiezhi.exchange.envelope.container import MAX_PIECES, Container, decode, encode, join, split
from xiezhi.exchange.envelope.faults import EnvelopeRejected
from xiezhi.exchange.envelope.header import Outcome, ReceiptEntry
from xiezhi.exchange.envelope.message import pack, seal_draft, sign_all, signed_bytes
from xiezhi.exchange.envelope.part import Label, PartDraft, check_part, open_part, pack_part
from xiezhi.exchange.envelope.receipt import Statement, pack_receipt
from xiezhi.exchange.envelope.tests.parties import AT, PinnedTrust, make_draft, make_site
from xiezhi.foundation.ids import uuid7
from xiezhi.security.algorithms import INTERNATIONAL

FULL = os.environ.get("XIEZHI_SIZE") == "full"
fuzz = settings(
    max_examples=20_000 if FULL else 100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
SERVICE, COURT = make_site("service", INTERNATIONAL), make_site("court", INTERNATIONAL)
TRUST = PinnedTrust((SERVICE.pin,), COURT.own_key)
KEYS = SERVICE.keys_to(COURT)
MEMORY = 4 * 1024 * 1024
CALLS = 30_000


@cache
def samples() -> tuple[bytes, ...]:
    """Make one real envelope of each kind and signature."""
    entry = ReceiptEntry(
        message=uuid7(), header_digest="ab" * 32, outcome=Outcome.APPLIED, received_at=AT
    )
    receipt = Statement(uuid7(), "service", "court", 1, AT, (entry,) * 3)
    batch = sign_all([seal_draft(make_draft(), KEYS) for _ in range(5)], KEYS)
    return (
        pack(make_draft(), KEYS).data,
        batch[4].data,
        pack_receipt(receipt, suite=SERVICE.suite, signer=KEYS.signer),
    )


@cache
def part_sample() -> bytes:
    """Make one real part, the only one of its attachment."""
    label = Label(name="借条.pdf", media_type="application/pdf")
    draft = PartDraft(uuid7(), "service", "court", 1, AT, uuid7(), 0, 3000, label)
    return pack_part(draft, bytes(3000), KEYS)


scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**80), 2**80)
    | st.floats()
    | st.text(max_size=40)
    | st.sampled_from(["", "\ud800", "\x00", "9" * 5000, "2026-13-40T99:99:99.0Z", "message"])
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def shortest(part: bytes) -> bytes:
    """Write a byte string as CBOR does, however long."""
    length = len(part)
    if length < 24:
        return bytes([0x40 | length]) + part
    width = 1 if length < 1 << 8 else 2 if length < 1 << 16 else 4
    return bytes([0x40 | {1: 24, 2: 25, 4: 26}[width]]) + length.to_bytes(width, "big") + part


@st.composite
def mangled_bytes(draw: st.DrawFn, data: bytes) -> bytes:
    """Flip, cut, repeat or insert somewhere."""
    at = draw(st.integers(0, len(data)))
    to = draw(st.integers(at, min(len(data), at + 64)))
    filling = draw(st.binary(max_size=64) | st.just(data[at:to] * 3))
    return data[:at] + filling + data[to:]


@st.composite
def mangled_lengths(draw: st.DrawFn, data: bytes) -> bytes:
    """Write the container anew with lengths, widths or major types that lie."""
    out = bytearray([draw(st.sampled_from([0x85, 0x85, 0x85, 0x84, 0x86, 0x9F, 0xA5]))])
    liar = draw(st.integers(0, 4))
    for number, part in enumerate(decode(data).parts()):
        length, width = len(part), 4
        if number == liar:
            length = draw(st.integers(0, 2**32 - 1) | st.integers(0, 300))
            width = draw(st.sampled_from([0, 1, 2, 4, 8]))
        major = 0x40 if number != liar else draw(st.sampled_from([0x40, 0x40, 0x60, 0x80, 0xC0]))
        codes = {0: length % 24, 1: 24, 2: 25, 4: 26, 8: 27}
        out += bytes([major | codes[width]]) + (length % (1 << 8 * width)).to_bytes(width, "big")
        out += part
    return bytes(out)


@st.composite
def mangled_header(draw: st.DrawFn, data: bytes) -> bytes:
    """Change the header's JSON; signed by the true key, so that the later checks see it too."""
    container = decode(data)
    fields = json.loads(container.header)
    for name in draw(st.lists(st.sampled_from(sorted(fields)), max_size=3, unique=True)):
        if draw(st.booleans()):
            fields[name] = draw(values)
        else:
            del fields[name]
    text = json.dumps(fields, ensure_ascii=draw(st.booleans()), sort_keys=True)
    if draw(st.booleans()):
        text = text.replace(" ", "")
    depth = draw(st.sampled_from([0, 0, 0, 10, 50_000]))
    inside = "[" * depth + "]" * draw(st.sampled_from([0, depth]))
    head = (text[:-1] + f',"more":{inside}}}' if depth else text).encode("utf-8", "surrogatepass")
    return encode(replace(container, header=head, signature=KEYS.signer.sign(signed_bytes(head))))


@st.composite
def mangled_parts(draw: st.DrawFn, data: bytes) -> bytes:
    """Give parts of the container other contents."""
    parts = list(decode(data).parts())
    number = draw(st.integers(0, 4))
    parts[number] = draw(st.binary(max_size=64) | st.sampled_from(parts))
    return b"\x85" + b"".join(shortest(part) for part in parts)


HARMS: tuple[Callable[[bytes], st.SearchStrategy[bytes]], ...] = (
    mangled_bytes,
    mangled_lengths,
    mangled_header,
    mangled_parts,
)


def hostile() -> st.SearchStrategy[bytes]:
    """Draw random bytes, real envelopes and harmed ones."""
    real = st.sampled_from(samples())
    harmed = st.tuples(real, st.sampled_from(HARMS)).flatmap(lambda pair: pair[1](pair[0]))
    return st.binary(max_size=2000) | real | harmed


@contextmanager
def bounded(size: int) -> Iterator[None]:
    """Fail when the block makes too many calls or keeps too much memory for ``size`` bytes."""
    calls = 0

    def count(_frame: object, _event: str, _argument: object) -> None:
        nonlocal calls
        calls += 1

    tracemalloc.start()
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak <= MEMORY + 8 * size
    assert calls <= CALLS + size


def outcome(data: bytes) -> str:
    """Check the bytes; any error but a refusal fails the test."""
    try:
        return type(check(data, own_site="court", trust=TRUST)).__name__
    except EnvelopeRejected as refusal:
        return refusal.fault.value


@fuzz
@given(hostile())
def test_check_gives_an_envelope_or_a_refusal_within_bounds(data: bytes) -> None:
    with bounded(len(data)):
        first = outcome(data)

    assert outcome(data) == first
    assert first in {"CheckedMessage", "CheckedStatement"} or first.islower()


@fuzz
@given(st.lists(hostile(), max_size=6), st.binary(max_size=8))
def test_a_parcel_is_cut_without_loss_and_within_bounds(envelopes: list[bytes], end: bytes) -> None:
    parcel = join([*envelopes, end])
    with bounded(len(parcel)):
        pieces = list(split(parcel))

    assert join(pieces) == parcel
    assert all(pieces)
    for piece in pieces:
        outcome(piece)


def test_a_parcel_of_endless_tiny_envelopes_gives_a_bounded_number_of_pieces() -> None:
    tiny = encode(Container(b"", b"", b"", b"", b""))
    pieces = list(split(tiny * (MAX_PIECES + 1000)))

    assert len(pieces) == MAX_PIECES
    assert pieces[0] == tiny
    assert outcome(pieces[-1]) == "container"


def parts() -> st.SearchStrategy[bytes]:
    """Draw harmed parts of an attachment, real ones, and envelopes of the other lane."""
    real = st.just(part_sample())
    harmed = st.sampled_from(HARMS).flatmap(lambda harm: harm(part_sample()))
    return harmed | real | hostile()


def part_outcome(data: bytes) -> bytes:
    """Check and open the bytes; any error but a refusal fails the test."""
    try:
        check_part(data, own_site="court", trust=TRUST)
        return open_part(data, trust=TRUST).content
    except EnvelopeRejected as refusal:
        return refusal.fault.value.encode()


def test_a_part_that_nobody_harmed_is_opened() -> None:
    opened = open_part(part_sample(), trust=TRUST)

    assert opened.label is not None
    assert (opened.label.name, opened.content) == ("借条.pdf", bytes(3000))


@fuzz
@given(parts())
def test_a_part_is_opened_or_refused_within_bounds(data: bytes) -> None:
    with bounded(len(data)):
        first = part_outcome(data)

    assert first == bytes(3000) or first.islower()
