"""Two sites with keys, with each suite of algorithms."""

from __future__ import annotations

import pytest

from xiezhi.exchange.envelope.tests.parties import PinnedTrust, Site, make_site
from xiezhi.security.algorithms import INTERNATIONAL, NATIONAL, Suite


@pytest.fixture(params=[NATIONAL, INTERNATIONAL], ids=lambda suite: suite.name)
def suite(request: pytest.FixtureRequest) -> Suite:
    """Run a test with each suite of algorithms."""
    chosen: Suite = request.param
    return chosen


@pytest.fixture
def service(suite: Suite) -> Site:
    """Give the sending site."""
    return make_site("service", suite)


@pytest.fixture
def court(suite: Suite) -> Site:
    """Give the receiving site."""
    return make_site("court", suite)


@pytest.fixture
def trust(service: Site, court: Site) -> PinnedTrust:
    """Give what the court trusts."""
    return PinnedTrust((service.pin,), court.own_key)
