"""The standard vectors of the national algorithms, and agreement with an independent library."""

import os

import gmalg  # type: ignore[import-untyped]
import gmssl_pyx  # type: ignore[import-untyped]
import pytest
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.modes import ECB

from xiezhi.security.algorithms import BadSeal, BadSignature, digest, mac
from xiezhi.security.algorithms.aead import Sm4Gcm
from xiezhi.security.algorithms.digests import require_sm3
from xiezhi.security.algorithms.protocols import KeyPair
from xiezhi.security.algorithms.sm2 import SIGNER_ID, Sm2Opener, Sm2Signer, Sm2Verifier, new_pair

# GB/T 32918.5-2017, Annex A.2 (signature) and A.3 (encryption): the same recommended curve and key.
PRIVATE = bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8")
PUBLIC = bytes.fromhex(
    "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
R = 0xF5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3
S = 0xB1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA


def gmalg_sm2(pair: KeyPair) -> gmalg.SM2:
    return gmalg.SM2(pair.private, SIGNER_ID, b"\x04" + pair.public)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_gives_the_examples_of_the_standard(message: bytes, expected: str) -> None:
    assert digest(message).hex() == expected


def test_sm3_exists_at_start_up() -> None:
    require_sm3()


@pytest.mark.parametrize("length", [0, 1, 55, 56, 63, 64, 65, 1000])
def test_sm3_agrees_with_gmalg(length: int) -> None:
    message = os.urandom(length)
    other = gmalg.SM3()
    other.update(message)
    assert digest(message) == other.value()


def test_hmac_sm3_is_the_construction_of_rfc_2104() -> None:
    key, message = os.urandom(32), b"message"
    inner = bytes(byte ^ 0x36 for byte in key.ljust(64, b"\0"))
    outer = bytes(byte ^ 0x5C for byte in key.ljust(64, b"\0"))
    assert mac(key, message) == digest(outer + digest(inner + message))


def test_sm4_gives_the_example_of_the_standard() -> None:
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    block = Cipher(SM4(key), ECB()).encryptor().update(key)  # noqa: S305 - one block of the vector
    assert block.hex() == "681edf34d206965e86b3e94f536e4246"
    assert gmalg.SM4(key).encrypt(key) == block


def test_sm4_gcm_gives_the_example_of_rfc_8998() -> None:
    plaintext = bytes.fromhex(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
        "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
    )
    aad = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    aead = Sm4Gcm(bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"))
    nonce = bytes.fromhex("00001234567800000000ABCD")
    expected = bytes.fromhex(
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    assert aead.encrypt(nonce, plaintext, aad) == expected
    assert aead.decrypt(nonce, expected, aad) == plaintext


def test_sm2_accepts_the_signature_of_the_standard() -> None:
    verifier = Sm2Verifier(PUBLIC, "standard")
    verifier.verify(b"message digest", encode_dss_signature(R, S))
    with pytest.raises(BadSignature):
        verifier.verify(b"message digest", encode_dss_signature(R, S + 1))


def test_sm2_opens_the_ciphertext_of_the_standard() -> None:
    ciphertext = bytes.fromhex(
        "307C"
        "022004EBFC718E8D1798620432268E77FEB6415E2EDE0E073C0F4F640ECD2E149A73"
        "0221"
        "00E858F9D81E5430A57B36DAAB8F950A3C64E6EE6A63094D99283AFF767E124DF0"
        "0420"
        "59983C18F809E262923C53AEC295D30383B54E39D609D160AFCB1908D0BD8766"
        "0413"
        "21886CA989CA9C7D58087307CA93092D651EFA"
    )
    # The example's plaintext has not the length of a key, so the library is asked directly.
    assert gmssl_pyx.sm2_decrypt(PRIVATE, ciphertext) == b"encryption standard"
    opener = Sm2Opener(KeyPair(private=PRIVATE, public=PUBLIC), "standard")
    with pytest.raises(BadSeal):
        opener.unwrap(ciphertext)


def test_sm2_signature_is_accepted_by_gmalg() -> None:
    pair = new_pair()
    r, s = decode_dss_signature(Sm2Signer(pair, "k").sign(b"message"))
    assert gmalg_sm2(pair).verify(b"message", r.to_bytes(32, "big"), s.to_bytes(32, "big"))


def test_sm2_accepts_a_signature_of_gmalg() -> None:
    pair = new_pair()
    r, s = gmalg_sm2(pair).sign(b"message")
    signature = encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
    Sm2Verifier(pair.public, "k").verify(b"message", signature)
    with pytest.raises(BadSignature):
        Sm2Verifier(pair.public, "k").verify(b"messagf", signature)
