"""One signature for a batch: each message proves itself alone, and nothing else with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiezhi.exchange.envelope.check import CheckedMessage, check
from xiezhi.exchange.envelope.container import decode, encode
from xiezhi.exchange.envelope.faults import EnvelopeRejected, Fault
from xiezhi.exchange.envelope.message import pack, seal_draft, sign_all
from xiezhi.exchange.envelope.signature import (
    MAX_PLAIN,
    MAX_SIGNATURE,
    MAX_TOGETHER,
    sign_together,
    verify,
)
from xiezhi.exchange.envelope.tests.parties import PinnedTrust, Site, make_draft, make_site
from xiezhi.security.algorithms import INTERNATIONAL, BadSignature, Verifier

SIZES = (2, 3, 4, 5, 7, 8, 9, 31)
SIGNING = make_site("service", INTERNATIONAL)


@dataclass
class Counting:
    """A verifier that counts how often it is asked."""

    inner: Verifier
    key_id: str = "counting"
    asked: list[bytes] = field(default_factory=list)

    __hash__ = object.__hash__

    def verify(self, message: bytes, signature: bytes) -> None:
        """Count, and verify."""
        self.asked.append(message)
        self.inner.verify(message, signature)


def signed(count: int) -> tuple[list[bytes], list[bytes]]:
    """Give messages and the signatures of their batch."""
    messages = [f"message {number}".encode() for number in range(count)]
    signer = INTERNATIONAL.signer(SIGNING.signing, "k")
    return messages, sign_together(messages, INTERNATIONAL, signer)


def holds(message: bytes, signature: bytes) -> bool:
    """Tell whether the signature is believed."""
    try:
        verify(message, signature, INTERNATIONAL, SIGNING.pin.verifier)
    except BadSignature:
        return False
    return True


@pytest.mark.parametrize("size", SIZES)
def test_each_message_of_a_batch_is_proven_by_its_own_signature_alone(size: int) -> None:
    messages, signatures = signed(size)

    believed = [[holds(m, s) for s in signatures] for m in messages]

    assert believed == [[row == column for column in range(size)] for row in range(size)]


def test_one_message_alone_has_a_plain_signature() -> None:
    (message,), (signature,) = signed(1)

    assert len(signature) <= MAX_PLAIN
    SIGNING.pin.verifier.verify(message, signature)


def test_the_largest_batch_fits_and_a_larger_one_is_refused() -> None:
    messages, signatures = signed(MAX_TOGETHER)

    assert max(map(len, signatures)) <= MAX_SIGNATURE
    assert holds(messages[-1], signatures[-1])
    with pytest.raises(ValueError, match="too many"):
        signed(MAX_TOGETHER + 1)


def test_a_root_is_verified_once_for_all_its_messages() -> None:
    messages, signatures = signed(64)
    verifier = Counting(SIGNING.pin.verifier)
    for _ in range(2):
        for message, signature in zip(messages, signatures, strict=True):
            verify(message, signature, INTERNATIONAL, verifier)

    assert len(verifier.asked) == 1


def test_a_verified_root_is_believed_under_no_other_key_and_a_bad_one_never() -> None:
    messages, signatures = signed(3)
    other = make_site("service", INTERNATIONAL).pin.verifier
    assert holds(messages[0], signatures[0])

    for _ in range(2):
        with pytest.raises(BadSignature):
            verify(messages[0], signatures[0], INTERNATIONAL, other)


def test_a_node_of_the_tree_does_not_pass_for_a_message() -> None:
    messages, signatures = signed(4)
    leaves = [INTERNATIONAL.digest(b"\x00" + each) for each in messages]
    inner = b"\x01" + leaves[0] + leaves[1]
    # A shorter path, of a smaller tree, from what lies one step above the leaves.
    head, path = signatures[0][:-64], signatures[0][-32:]
    forged = head[:4] + bytes([0, 0, 0, 2]) + head[8:] + path

    assert not holds(inner[1:], forged)
    assert not holds(inner, forged)
    assert not holds(b"xiezhi batch 1\n", signatures[0])


@given(size=st.sampled_from(SIZES), data=st.data())
def test_no_changed_proof_is_believed(size: int, data: st.DataObject) -> None:
    messages, signatures = signed(size)
    number = data.draw(st.integers(0, size - 1))
    good = signatures[number]
    place = data.draw(st.integers(0, len(good) - 1))
    flipped = (
        good[:place] + bytes([good[place] ^ data.draw(st.integers(1, 255))]) + good[place + 1 :]
    )
    cut = good[: data.draw(st.integers(0, len(good) - 1))]
    longer = good + data.draw(st.binary(min_size=1, max_size=400))

    assert [holds(messages[number], each) for each in (good, flipped, cut, longer)] == [
        True,
        False,
        False,
        False,
    ]


@given(st.sampled_from([b"", b"XZM1"]), st.binary(max_size=600))
def test_hostile_bytes_are_refused_as_a_bad_signature(start: bytes, raw: bytes) -> None:
    assert not holds(b"message", start + raw)


def test_check_opens_each_envelope_of_a_batch_without_the_others(
    service: Site, court: Site, trust: PinnedTrust
) -> None:
    keys = service.keys_to(court)
    drafts = [make_draft(position=number) for number in range(1, 6)]
    packed = sign_all([seal_draft(draft, keys) for draft in drafts], keys)

    for draft, each in zip(drafts, packed, strict=True):
        checked = check(each.data, own_site="court", trust=trust)
        assert isinstance(checked, CheckedMessage)
        assert (checked.header.id, checked.body) == (draft.id, draft.body)
        assert checked.header_digest == each.header_digest


def test_check_refuses_the_proof_of_another_envelope_of_the_batch(
    service: Site, court: Site, trust: PinnedTrust
) -> None:
    keys = service.keys_to(court)
    first, second = sign_all([seal_draft(make_draft(), keys) for _ in range(2)], keys)
    alone = pack(make_draft(), keys)
    swapped = [decode(each.data).signature for each in (second, alone)]

    for signature in swapped:
        data = encode(replace(decode(first.data), signature=signature))
        with pytest.raises(EnvelopeRejected) as refused:
            check(data, own_site="court", trust=trust)
        assert refused.value.fault is Fault.SIGNATURE
