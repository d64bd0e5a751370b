"""Fixtures of the desk."""

from __future__ import annotations

import pytest

from xiezhi.identity.people.models import Account
from xiezhi.identity.people.tests.people import member


@pytest.fixture
def jia(db: None) -> Account:
    """Return 甲, registered."""
    return member(1, "甲")


@pytest.fixture
def yi(db: None) -> Account:
    """Return 乙, registered."""
    return member(2, "乙")
