"""The checks of an envelope: what was sent opens, anything else names its fault."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import rfc8785
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiezhi.exchange.envelope.check import CheckedMessage, check
from xiezhi.exchange.envelope.container import Container, decode, encode
from xiezhi.exchange.envelope.faults import EnvelopeRejected, Fault
from xiezhi.exchange.envelope.message import MAX_BODY, pack, signed_bytes
from xiezhi.exchange.envelope.pins import OpeningKey
from xiezhi.exchange.envelope.tests.parties import (
    AT,
    PinnedTrust,
    Site,
    make_draft,
    make_site,
)
from xiezhi.foundation.ids import uuid7
from xiezhi.security.algorithms import INTERNATIONAL, NATIONAL, digest

fuzz = settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])


def fault_of(data: bytes, trust: PinnedTrust, own_site: str = "court") -> Fault:
    """Return the fault with which an envelope is refused."""
    with pytest.raises(EnvelopeRejected) as caught:
        check(data, own_site=own_site, trust=trust)
    return caught.value.fault


def resigned(data: bytes, sender: Site, **changes: object) -> bytes:
    """Change header fields and sign again, as a sender that errs (or lies) would."""
    container = decode(data)
    fields: dict[str, Any] = {**json.loads(container.header), **changes}
    header = rfc8785.dumps(fields)
    signer = sender.suite.signer(sender.signing, f"{sender.name}-sign-1")
    return encode(replace(container, header=header, signature=signer.sign(signed_bytes(header))))


def test_check_opens_what_was_packed(service: Site, court: Site, trust: PinnedTrust) -> None:
    draft = make_draft()

    packed = pack(draft, service.keys_to(court))
    checked = check(packed.data, own_site="court", trust=trust)

    assert isinstance(checked, CheckedMessage)
    assert (checked.body, checked.header_digest) == (draft.body, packed.header_digest)
    header = checked.header
    assert (header.id, header.conversation, header.position) == (draft.id, "application:0199", 1)
    assert (header.act_at, header.after, header.sequence) == (AT, draft.after, 7)


def test_check_knows_an_attachment_by_its_salted_digest(
    service: Site, court: Site, trust: PinnedTrust
) -> None:
    draft = make_draft()
    checked = check(pack(draft, service.keys_to(court)).data, own_site="court", trust=trust)

    assert isinstance(checked, CheckedMessage)
    (scan,) = draft.attachments
    assert checked.attachment_matches(scan.id, scan.digest)
    assert not checked.attachment_matches(scan.id, digest(b"another scan"))
    assert not checked.attachment_matches(uuid7(), scan.digest)
    assert checked.header.attachments[0].digest != scan.digest.hex()


def test_pack_gives_equal_bodies_unequal_digests(
    service: Site, court: Site, trust: PinnedTrust
) -> None:
    keys = service.keys_to(court)

    first, second = (
        check(pack(make_draft(), keys).data, own_site="court", trust=trust) for _ in range(2)
    )

    assert isinstance(first, CheckedMessage)
    assert isinstance(second, CheckedMessage)
    assert first.header.digests.plaintext != second.header.digests.plaintext


def test_pack_refuses_a_body_that_fits_no_envelope(service: Site, court: Site) -> None:
    with pytest.raises(EnvelopeRejected) as caught:
        pack(make_draft(body=bytes(MAX_BODY + 1)), service.keys_to(court))

    assert caught.value.fault is Fault.SIZE


def test_pack_carries_the_largest_body(service: Site, court: Site, trust: PinnedTrust) -> None:
    packed = pack(make_draft(body=bytes(MAX_BODY)), service.keys_to(court))

    checked = check(packed.data, own_site="court", trust=trust)

    assert isinstance(checked, CheckedMessage)
    assert len(checked.body) == MAX_BODY


@pytest.mark.parametrize("part", range(5), ids=["header", "signature", "key", "iv", "body"])
@pytest.mark.parametrize("bit", [0, 7])
def test_check_refuses_a_flipped_bit(
    service: Site, court: Site, trust: PinnedTrust, part: int, bit: int
) -> None:
    parts = list(decode(pack(make_draft(), service.keys_to(court)).data).parts())
    middle = len(parts[part]) // 2
    changed = bytearray(parts[part])
    changed[middle] ^= 1 << bit
    parts[part] = bytes(changed)

    fault_of(encode(Container(*parts)), trust)


@fuzz
@given(position=st.integers(min_value=0), value=st.integers(min_value=1, max_value=255))
def test_check_refuses_any_changed_byte(position: int, value: int) -> None:
    service, court = make_site("service", INTERNATIONAL), make_site("court", INTERNATIONAL)
    trust = PinnedTrust((service.pin,), court.own_key)
    data = bytearray(pack(make_draft(), service.keys_to(court)).data)
    data[position % len(data)] ^= value

    fault_of(bytes(data), trust)


@fuzz
@given(st.binary(max_size=300), st.binary(max_size=80))
def test_check_refuses_random_headers(header: bytes, rest: bytes) -> None:
    court = make_site("court", INTERNATIONAL)
    trust = PinnedTrust((), court.own_key)

    for data in (header, encode(Container(header, rest, rest, b"", rest))):
        fault_of(data, trust)


@pytest.mark.parametrize(
    "header",
    [
        b"[" * 200_000,
        b'{"kind":' + b"[" * 100_000,
        b'{"kind":"message","v":1e999999}',
        b'{"kind":"message","epoch":' + b"9" * 10_000 + b"}",
        b'{"kind":"message","epoch":NaN}',
        b'{"kind":"message","id":"' + b"\\ud800" + b'"}',
        b'{"kind":"message"}',
        b'{"kind":7}',
        b"null",
        b"\xff\xfe",
        b"",
    ],
    ids=[
        "deep",
        "deep-value",
        "huge-float",
        "huge-int",
        "nan",
        "surrogate",
        "empty-message",
        "kind-number",
        "null",
        "not-utf8",
        "nothing",
    ],
)
def test_check_refuses_hostile_headers(header: bytes, trust: PinnedTrust) -> None:
    data = encode(Container(header, b"s", b"k", b"i", b"c"))

    assert fault_of(data, trust) is Fault.HEADER


def test_check_refuses_an_unknown_kind(trust: PinnedTrust) -> None:
    data = encode(Container(b'{"kind":"telegram"}', b"s", b"k", b"i", b"c"))

    assert fault_of(data, trust) is Fault.KIND


def test_check_refuses_another_destination(service: Site, court: Site, trust: PinnedTrust) -> None:
    data = pack(make_draft(dst="registry"), service.keys_to(court)).data

    assert fault_of(data, trust) is Fault.DESTINATION


def test_check_refuses_an_unpinned_sender(service: Site, court: Site, suite: object) -> None:
    trust = PinnedTrust((), court.own_key)

    assert fault_of(pack(make_draft(), service.keys_to(court)).data, trust) is Fault.UNKNOWN_KEY


def test_check_refuses_the_name_of_another_site(
    service: Site, court: Site, trust: PinnedTrust
) -> None:
    data = pack(make_draft(src="registry"), service.keys_to(court)).data

    assert fault_of(data, trust) is Fault.UNKNOWN_KEY


def test_check_refuses_a_signature_by_another_key(service: Site, court: Site) -> None:
    stranger = replace(service, signing=service.suite.new_signing_pair())
    trust = PinnedTrust((service.pin,), court.own_key)

    assert fault_of(pack(make_draft(), stranger.keys_to(court)).data, trust) is Fault.SIGNATURE


@pytest.mark.parametrize("created_at", [AT - timedelta(days=2), AT + timedelta(days=365)])
def test_check_refuses_a_key_outside_its_time(
    service: Site, court: Site, trust: PinnedTrust, created_at: object
) -> None:
    data = pack(make_draft(created_at=created_at), service.keys_to(court)).data

    assert fault_of(data, trust) is Fault.KEY_NOT_VALID


def test_check_refuses_a_revoked_key(service: Site, court: Site) -> None:
    trust = PinnedTrust((replace(service.pin, revoked=True),), court.own_key)

    assert fault_of(pack(make_draft(), service.keys_to(court)).data, trust) is Fault.KEY_NOT_VALID


def test_check_refuses_a_swapped_key_blob(service: Site, court: Site, trust: PinnedTrust) -> None:
    keys = service.keys_to(court)
    first, second = (decode(pack(make_draft(), keys).data) for _ in range(2))
    swapped = replace(first, encapsulated_key=second.encapsulated_key, iv=second.iv)

    assert fault_of(encode(swapped), trust) is Fault.DIGEST


def test_check_refuses_the_body_of_another_message(
    service: Site, court: Site, trust: PinnedTrust
) -> None:
    keys = service.keys_to(court)
    first, second = (decode(pack(make_draft(), keys).data) for _ in range(2))
    borrowed = json.loads(second.header)["digests"]
    data = encode(replace(second, header=first.header))

    assert fault_of(resigned(data, service, digests=borrowed), trust) is Fault.CANNOT_OPEN


def test_check_refuses_a_signed_header_that_is_not_canonical(
    service: Site, court: Site, trust: PinnedTrust
) -> None:
    container = decode(pack(make_draft(), service.keys_to(court)).data)
    header = container.header.replace(b'{"act_at"', b'{ "act_at"')
    signer = service.suite.signer(service.signing, "service-sign-1")
    data = encode(replace(container, header=header, signature=signer.sign(signed_bytes(header))))

    assert fault_of(data, trust) is Fault.NOT_CANONICAL


@pytest.mark.parametrize("field", ["plaintext", "ciphertext", "key"])
def test_check_refuses_a_signed_but_wrong_digest(
    service: Site, court: Site, trust: PinnedTrust, field: str
) -> None:
    data = pack(make_draft(), service.keys_to(court)).data
    digests = json.loads(decode(data).header)["digests"]
    wrong = {**digests, field: "ab" * 32}

    expected = Fault.PLAINTEXT_DIGEST if field == "plaintext" else Fault.DIGEST
    assert fault_of(resigned(data, service, digests=wrong), trust) is expected


def test_check_refuses_a_body_sealed_to_a_key_we_do_not_have(
    service: Site, court: Site, trust: PinnedTrust
) -> None:
    old = replace(
        trust, own=OpeningKey(court.suite, court.suite.opener(court.sealing, "court-seal-2"))
    )

    assert fault_of(pack(make_draft(), service.keys_to(court)).data, old) is Fault.RECIPIENT_KEY


def test_check_opens_between_sites_of_different_suites() -> None:
    service, court = make_site("service", INTERNATIONAL), make_site("court", NATIONAL)
    trust = PinnedTrust((service.pin,), court.own_key)

    checked = check(pack(make_draft(), service.keys_to(court)).data, own_site="court", trust=trust)

    assert isinstance(checked, CheckedMessage)
