"""Both suites keep the same promises: round trips, and refusal of everything changed."""

import os
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiezhi.security.algorithms import (
    INTERNATIONAL,
    NATIONAL,
    BadKey,
    BadSeal,
    BadSignature,
    CryptoError,
    KeyPair,
    Sealed,
    Suite,
    fingerprint,
    grouped,
    suite,
)

SUITES = pytest.mark.parametrize("each", [NATIONAL, INTERNATIONAL], ids=lambda each: each.name)
PAIRS = {
    each.name: (each.new_signing_pair(), each.new_sealing_pair())
    for each in (NATIONAL, INTERNATIONAL)
}


def flipped(data: bytes, bit: int) -> bytes:
    position, shift = divmod(bit % (len(data) * 8), 8)
    return data[:position] + bytes([data[position] ^ (1 << shift)]) + data[position + 1 :]


@SUITES
@settings(max_examples=30, deadline=None)
@given(message=st.binary(max_size=300), bit=st.integers(min_value=0))
def test_sign_refuses_every_flipped_bit(each: Suite, message: bytes, bit: int) -> None:
    pair = PAIRS[each.name][0]
    signature = each.signer(pair, "k").sign(message)
    verifier = each.verifier(pair.public, "k")
    verifier.verify(message, signature)
    with pytest.raises(BadSignature):
        verifier.verify(message, flipped(signature, bit))
    with pytest.raises(BadSignature):
        verifier.verify(message + b"\0", signature)


@SUITES
@pytest.mark.parametrize("signature", [b"", b"\0", b"\x30\x00", b"x" * 64, b"x" * 5000])
def test_verify_refuses_rubbish(each: Suite, signature: bytes) -> None:
    verifier = each.verifier(PAIRS[each.name][0].public, "k")
    with pytest.raises(BadSignature):
        verifier.verify(b"message", signature)


@SUITES
def test_verify_refuses_another_key(each: Suite) -> None:
    signature = each.signer(each.new_signing_pair(), "k").sign(b"message")
    with pytest.raises(BadSignature):
        each.verifier(PAIRS[each.name][0].public, "k").verify(b"message", signature)


@SUITES
@settings(max_examples=30, deadline=None)
@given(
    plaintext=st.binary(max_size=2000),
    aad=st.binary(max_size=50),
    bit=st.integers(min_value=0),
)
def test_seal_refuses_every_flipped_bit(
    each: Suite, plaintext: bytes, aad: bytes, bit: int
) -> None:
    pair = PAIRS[each.name][1]
    packed = each.sealer(pair.public, "k").seal(plaintext, aad=aad).pack()
    opener = each.opener(pair, "k")
    assert opener.open(Sealed.unpack(packed), aad=aad) == plaintext
    with pytest.raises(BadSeal):
        opener.open(Sealed.unpack(flipped(packed, bit)), aad=aad)
    with pytest.raises(BadSeal):
        opener.open(Sealed.unpack(packed), aad=aad + b"\0")


@SUITES
def test_seal_refuses_the_wrapped_key_of_another_body(each: Suite) -> None:
    pair = PAIRS[each.name][1]
    sealer, opener = each.sealer(pair.public, "k"), each.opener(pair, "k")
    content_key = each.new_key()
    first, second = sealer.wrap(content_key), sealer.wrap(content_key)
    assert opener.unwrap(first) == opener.unwrap(second) == content_key
    sealed = sealer.seal(b"body", aad=b"")
    other = sealer.wrap(opener.unwrap(sealed.wrapped_key))
    with pytest.raises(BadSeal):
        opener.open(replace(sealed, wrapped_key=other), aad=b"")


@SUITES
def test_seal_to_one_is_not_open_to_another(each: Suite) -> None:
    sealed = each.sealer(PAIRS[each.name][1].public, "k").seal(b"body", aad=b"")
    with pytest.raises(BadSeal):
        each.opener(each.new_sealing_pair(), "k").open(sealed, aad=b"")


@SUITES
@given(plaintext=st.binary(max_size=200), aad=st.binary(max_size=20), bit=st.integers(min_value=0))
def test_aead_refuses_every_flipped_bit(
    each: Suite, plaintext: bytes, aad: bytes, bit: int
) -> None:
    aead = each.aead(b"k" * each.key_size)
    sealed = aead.seal(plaintext, aad=aad)
    assert aead.open(sealed, aad=aad) == plaintext
    with pytest.raises(BadSeal):
        aead.open(flipped(sealed, bit), aad=aad)
    with pytest.raises(BadSeal):
        aead.open(sealed[:-1], aad=aad)


@SUITES
@pytest.mark.parametrize("public", [b"", bytes(31), bytes(64), b"\xff" * 64, bytes(65)])
def test_sealer_refuses_what_is_no_public_key(each: Suite, public: bytes) -> None:
    with pytest.raises(BadKey):
        each.sealer(public, "k")


def test_x25519_sealer_refuses_a_key_of_small_order() -> None:
    with pytest.raises(BadKey):
        INTERNATIONAL.sealer(bytes(32), "k").wrap(bytes(32))


@SUITES
def test_signer_refuses_halves_of_two_pairs(each: Suite) -> None:
    mixed = KeyPair(each.new_signing_pair().private, each.new_signing_pair().public)
    with pytest.raises(BadKey):
        each.signer(mixed, "k")
    sealing = KeyPair(each.new_sealing_pair().private, each.new_sealing_pair().public)
    with pytest.raises(BadKey):
        each.opener(sealing, "k")


def test_sm2_signer_refuses_scalars_out_of_range() -> None:
    public = NATIONAL.new_signing_pair().public
    for private in (bytes(32), b"\xff" * 32, b"\x01" * 31):
        with pytest.raises(BadKey):
            NATIONAL.signer(KeyPair(private, public), "k")


@given(data=st.binary(max_size=60))
def test_unpack_refuses_or_gives_back_what_pack_joined(data: bytes) -> None:
    try:
        sealed = Sealed.unpack(data)
    except BadSeal:
        return
    assert sealed.pack() == data


def test_key_pair_hides_its_private_half() -> None:
    pair = KeyPair(private=b"secret-bytes", public=b"public")
    assert "secret" not in repr(pair)


def test_suite_refuses_an_unknown_name() -> None:
    assert suite("national") is NATIONAL
    with pytest.raises(CryptoError):
        suite("rot13")


def test_fingerprint_depends_on_suite_keys_and_their_borders() -> None:
    key = os.urandom(64)
    prints = {
        fingerprint(NATIONAL, key),
        fingerprint(INTERNATIONAL, key),
        fingerprint(NATIONAL, key[:32], key[32:]),
        fingerprint(NATIONAL, key[32:], key[:32]),
    }
    assert len(prints) == 4
    assert grouped("00ff12ab") == "00FF 12AB"


@SUITES
def test_what_is_sealed_in_a_batch_is_opened_one_by_one(each: Suite) -> None:
    pair = PAIRS[each.name][1]
    sealer = each.sealer(pair.public, "k").for_batch()
    sealed = [sealer.seal(text, aad=text) for text in (b"one", b"two", b"two")]

    opened = [
        each.opener(pair, "k").open(one, aad=text)
        for one, text in zip(sealed, (b"one", b"two", b"two"), strict=True)
    ]
    assert opened == [b"one", b"two", b"two"]
    assert len({one.wrapped_key for one in sealed}) == 1
    assert len({one.nonce for one in sealed}) == len({one.ciphertext for one in sealed}) == 3


@SUITES
def test_a_body_of_a_batch_passes_for_no_other(each: Suite) -> None:
    pair = PAIRS[each.name][1]
    opener = each.opener(pair, "k")
    sealer = each.sealer(pair.public, "k").for_batch()
    first, second = (sealer.seal(b"body", aad=context) for context in (b"1", b"2"))
    assert opener.open(first, aad=b"1") == b"body"

    mixed = Sealed(first.wrapped_key, first.nonce, second.ciphertext)
    for sealed, context in ((second, b"1"), (first, b"2"), (mixed, b"1"), (mixed, b"2")):
        with pytest.raises(BadSeal):
            opener.open(sealed, aad=context)


@SUITES
def test_a_content_key_is_remembered_by_its_opener_alone(each: Suite) -> None:
    pair = PAIRS[each.name][1]
    sealed = each.sealer(pair.public, "k").seal(b"body", aad=b"")
    assert each.opener(pair, "k").open(sealed, aad=b"") == b"body"

    stranger = each.opener(each.new_sealing_pair(), "k")
    for _ in range(2):
        with pytest.raises(BadSeal):
            stranger.open(sealed, aad=b"")
