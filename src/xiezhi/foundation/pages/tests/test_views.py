"""Large letters and the dark theme work without JavaScript."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from xiezhi.foundation.pages.views import display


def test_display_keeps_the_choice_and_goes_back(requests: RequestFactory) -> None:
    response = display(requests.post("/display/", {"type": "large", "next": "/cases?page=2"}))
    assert (response.status_code, response["Location"]) == (302, "/cases?page=2")
    assert response.cookies["xz_type"].value == "large"
    assert "xz_theme" not in response.cookies


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1"]
)
def test_display_leads_nowhere_else(requests: RequestFactory, target: str) -> None:
    response = display(requests.post("/display/", {"theme": "dark", "next": target}))
    assert response["Location"] == "/"


def test_display_ignores_unknown_values(requests: RequestFactory) -> None:
    response = display(requests.post("/display/", {"type": "huge", "theme": "pink"}))
    assert not response.cookies


def test_display_refuses_to_be_read(requests: RequestFactory) -> None:
    assert display(requests.get("/display/")).status_code == 405
