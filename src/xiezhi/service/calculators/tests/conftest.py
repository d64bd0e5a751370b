"""Fixtures of the calculators."""

from __future__ import annotations

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _own_pages(settings: Settings) -> None:
    settings.STATIC_ROOT = None
    settings.ROOT_URLCONF = "xiezhi.service.calculators.tests.urls"
    settings.XIEZHI_SHELL = "xiezhi.foundation.pages.shell.plain_portal"
