"""Figures for a monitoring system: behind a token, in a format that its parser reads."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django.fixtures import Settings

from xiezhi.exchange.actions.note_sight import Sight, note_sight
from xiezhi.exchange.tests.notes import TESTER
from xiezhi.exchange.tests.peer import PeerSite
from xiezhi.exchange.tests.site import Site
from xiezhi.foundation.transactions import acting

URL = "/operations/metrics"
TOKEN = "a token of thirty-two characters"


def ask(token: str | None = TOKEN) -> HttpResponse:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return Client().get(URL, headers=headers)  # type: ignore[return-value]  # a response of the client


@pytest.fixture
def open_page(settings: Settings) -> None:
    settings.XIEZHI_METRICS_TOKEN = TOKEN
    settings.XIEZHI_PEERS = ["service"]


def test_without_a_token_there_is_no_page(site: Site, settings: Settings) -> None:
    settings.XIEZHI_METRICS_TOKEN = ""

    assert ask("").status_code == 404


@pytest.mark.parametrize("token", [None, "", "another", TOKEN + "x"])
def test_a_wrong_token_is_refused(site: Site, open_page: None, token: str | None) -> None:
    response = ask(token)

    assert response.status_code == 401
    assert b"xiezhi" not in response.content


def test_the_figures_are_those_of_the_tables(site: Site, peer: PeerSite, open_page: None) -> None:
    site.post("waiting")
    peer.send(peer.seal(peer.draft("late", position=2)).data)
    peer.send(b"\x00 noise")
    site.receive()
    with acting(TESTER):
        sight = Sight(disk_free=5, backlog_files=2)
        note_sight(peer="service", sight=sight, at=timezone.now(), actor=TESTER)

    families = text_string_to_metric_families(ask().content.decode())
    figures = {
        (
            sample.name.removeprefix("xiezhi_exchange_"),
            *sorted(sample.labels.values()),
        ): sample.value
        for family in families
        for sample in family.samples
    }

    expected = {
        ("waiting_messages", "service"): 1,
        ("unacknowledged_messages", "service"): 0,
        ("held_messages", "predecessor", "service"): 1,
        ("quarantined_envelopes", "container", "service"): 1,
        ("received_highest", "service"): 1,
        ("disk_free_bytes", "service"): 5,
        ("backlog_files", "service"): 2,
    }
    assert {key: figures.get(key) for key in expected} == expected
    assert 0 <= figures["lag_seconds", "service"] < 60


def test_the_figures_name_no_message(site: Site, open_page: None) -> None:
    message = site.post("waiting")

    assert str(message) not in ask().content.decode()
