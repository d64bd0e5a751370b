"""The interface: JSON in and out, one shape of refusal, no cookie."""

from __future__ import annotations

import pytest
from django.test import Client

from xiezhi.service.calculators.api import BODY_LIMIT
from xiezhi.service.calculators.tests import asking

SHAPE = {"code", "text", "basis", "remedy", "status", "findings"}


def test_answer_without_login_cookie_or_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    response = asking.interface(strict, "fee", {"kind": "labour"})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_answer_json_numbers_as_typed(client: Client) -> None:
    body = '{"kind": "property", "amount": 1234567.89}'
    response = client.post("/api/law/fee", body, content_type="application/json")
    assert response.json()["answer"]["value"] == "15911.11"
    body = '{"kind": "appeal-criminal-judgment", "start": "2026-03-02", "in_custody": true}'
    response = client.post("/api/law/period", body, content_type="application/json")
    assert response.json()["asked"]["in_custody"] == "yes"


def test_null_is_not_given(client: Client) -> None:
    fields: dict[str, object] = {"kind": "labour", "amount": None, "halving": []}
    assert asking.interface(client, "fee", fields).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        '"fee"',
        '{"kind": {"a": 1}}',
        '{"kind": [["labour"]]}',
        '{"amount": NaN}',
        '{"amount": ' + "9" * 5000 + "}",
        "[" * 9000,
        b"\xff\xfe",
    ],
)
def test_refuse_what_is_no_question(client: Client, body: str | bytes) -> None:
    response = client.post("/api/law/fee", body, content_type="application/json")
    assert response.status_code == 400
    assert set(response.json()) == SHAPE
    assert response.json()["code"] == "law.malformed"


@pytest.mark.parametrize("body", ['{"kind": "\\ud800"}', '{"\\ud800": "x", "kind": "labour"}'])
def test_refuse_half_characters_as_findings(client: Client, body: str) -> None:
    response = client.post("/api/law/fee", body, content_type="application/json")
    assert response.status_code == 422
    assert set(response.json()) == SHAPE


def test_refuse_a_large_body(client: Client) -> None:
    exact = b'{"kind": "labour"}'.ljust(BODY_LIMIT)
    assert client.post("/api/law/fee", exact, content_type="application/json").status_code == 200
    response = client.post("/api/law/fee", exact + b" ", content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (413, "law.body-too-large")


def test_refuse_another_media_type(client: Client) -> None:
    response = client.post("/api/law/fee", {"kind": "labour"})
    assert (response.status_code, response.json()["code"]) == (415, "law.media-type")


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_refuse_another_method(client: Client, method: str) -> None:
    response = getattr(client, method)("/api/law/fee", "{}", content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (405, "law.method")
    assert response["Allow"] == "GET, HEAD, POST"


def test_unknown_code_is_not_found(client: Client) -> None:
    response = asking.interface(client, "horoscope", {})
    assert response.status_code == 404
    assert set(response.json()) == SHAPE
    assert response.json()["code"] == "law.unknown"


def test_unknown_field_is_refused_not_ignored(client: Client) -> None:
    response = asking.interface(client, "fee", {"kind": "labour", "halved": True})
    assert response.status_code == 422
    assert response.json()["findings"][0]["field"] == "halved"


def test_only_shared_answers_may_be_cached(client: Client) -> None:
    shared = client.get("/api/law/fee", {"kind": "labour"})
    assert shared["Cache-Control"] == "public, max-age=300"
    posted = asking.interface(client, "fee", {"kind": "labour"})
    assert posted["Cache-Control"] == "no-store"
    assert asking.interface(client, "fee", {})["Cache-Control"] == "no-store"
