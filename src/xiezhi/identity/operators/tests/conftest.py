"""Fixtures of operators."""

from __future__ import annotations

import pytest
from django.test import Client

from xiezhi.identity.operators.models import Operator
from xiezhi.identity.operators.tests.crew import enter, recruit


@pytest.fixture
def operator(db: None) -> Operator:
    """Return an operator."""
    return recruit()


@pytest.fixture
def desk(client: Client, operator: Operator) -> Client:
    """Give the browser of an operator who has logged in."""
    return enter(client, operator)
