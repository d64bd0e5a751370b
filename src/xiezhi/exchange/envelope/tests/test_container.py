"""The container: one shape, nothing else, whatever the bytes."""

from __future__ import annotations

from contextlib import suppress

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiezhi.exchange.envelope.container import (
    MAX_ENVELOPE,
    MAX_HEADER,
    Container,
    decode,
    encode,
    join,
    split,
)
from xiezhi.exchange.envelope.faults import EnvelopeRejected, Fault

containers = st.builds(
    Container,
    header=st.binary(max_size=400),
    signature=st.binary(max_size=80),
    encapsulated_key=st.binary(max_size=120),
    iv=st.binary(max_size=16),
    ciphertext=st.binary(max_size=70_000),
)


@given(containers)
def test_encode_writes_what_a_general_cbor_library_reads(container: Container) -> None:
    assert tuple(cbor2.loads(encode(container))) == container.parts()


@given(containers)
def test_encode_is_the_shortest_form_and_decode_its_inverse(container: Container) -> None:
    data = encode(container)

    assert data == cbor2.dumps(list(container.parts()), canonical=True)
    assert decode(data) == container


@given(st.binary(max_size=600))
def test_decode_refuses_or_reads_any_bytes(data: bytes) -> None:
    with suppress(EnvelopeRejected):
        container = decode(data)
        assert encode(container) == data


@given(containers, st.integers(min_value=1))
def test_decode_refuses_every_cut(container: Container, cut: int) -> None:
    data = encode(container)

    with pytest.raises(EnvelopeRejected):
        decode(data[: -(cut % len(data) + 1)])


@pytest.mark.parametrize(
    "value",
    [
        [b"h", b"s", b"e", b"i"],
        [b"h", b"s", b"e", b"i", b"c", b"x"],
        [b"h", b"s", b"e", b"i", "text"],
        {"header": b"h"},
        b"bytes",
        [b"h", b"s", b"e", b"i", [b"c"]],
        cbor2.CBORTag(24, [b"h", b"s", b"e", b"i", b"c"]),
    ],
    ids=["four", "six", "text", "map", "bytes", "nested", "tagged"],
)
def test_decode_refuses_other_cbor(value: object) -> None:
    with pytest.raises(EnvelopeRejected) as caught:
        decode(cbor2.dumps(value))

    assert caught.value.fault is Fault.CONTAINER


def test_decode_refuses_a_length_that_lies() -> None:
    with pytest.raises(EnvelopeRejected):
        decode(bytes([0x85, 0x5A]) + (0xFFFFFFFF).to_bytes(4, "big") + b"short")


def test_decode_refuses_a_longer_form_of_the_same_length() -> None:
    with pytest.raises(EnvelopeRejected):
        decode(bytes([0x85, 0x58, 0x01, 0x61]) + bytes([0x40] * 4))


def test_decode_refuses_more_than_sixteen_mebibytes_before_reading() -> None:
    with pytest.raises(EnvelopeRejected) as caught:
        decode(bytes(MAX_ENVELOPE + 1))

    assert caught.value.fault is Fault.SIZE


def test_encode_refuses_a_header_above_its_limit() -> None:
    with pytest.raises(EnvelopeRejected):
        encode(Container(bytes(MAX_HEADER + 1), b"", b"", b"", b""))


@given(st.lists(containers, max_size=5))
def test_split_gives_back_the_envelopes_of_a_parcel(several: list[Container]) -> None:
    envelopes = [encode(each) for each in several]

    assert list(split(join(envelopes))) == envelopes


@given(containers, st.binary(min_size=1, max_size=40))
def test_split_hides_nothing_that_it_cannot_read(container: Container, noise: bytes) -> None:
    parcel = encode(container) + b"\xff" + noise

    assert b"".join(split(parcel)) == parcel
    assert next(split(parcel)) == encode(container)
