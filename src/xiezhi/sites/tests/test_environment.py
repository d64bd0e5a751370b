"""What a site's process reads from its environment."""

from __future__ import annotations

import pytest

from xiezhi.sites import environment


def test_a_peer_may_have_a_transport_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIEZHI_EXCHANGE_TRANSPORT", "spool")
    monkeypatch.setenv("XIEZHI_EXCHANGE_TRANSPORT_CITY_BANK", "nats://a:4222,nats://b:4222")

    assert environment.transports() == {"city-bank": "nats://a:4222,nats://b:4222"}


def test_only_what_is_said_of_the_broker_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIEZHI_EXCHANGE_NATS_USER", "court")
    monkeypatch.setenv("XIEZHI_EXCHANGE_NATS_PASSWORD_FILE", "")
    monkeypatch.setenv("XIEZHI_EXCHANGE_NATS_REPLICAS", "3")

    assert environment.nats() == {"user": "court", "replicas": "3"}
