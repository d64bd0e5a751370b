"""The description of the interface: whole, consistent, and true of what is answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from xiezhi.service.calculators import openapi
from xiezhi.service.calculators.catalogue import CALCULATORS
from xiezhi.service.calculators.tests import asking
from xiezhi.service.calculators.tests.asking import ANY_DAY, ASKINGS

DOCUMENT: Any = openapi.document(ANY_DAY)
TYPES = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list}
METHODS = {"get", "post"}


def test_serve_the_document(client: Client) -> None:
    served = client.get("/api/law/openapi.json").json()
    assert served["openapi"] == "3.1.0"
    assert served["paths"].keys() == DOCUMENT["paths"].keys()


def test_name_every_calculator_and_its_ways() -> None:
    for one in CALCULATORS:
        path = DOCUMENT["paths"][f"/api/law/{one.code}"]
        assert set(path) == ({"get", "post"} if one.shareable else {"post"})


def test_structure_is_valid() -> None:
    assert {"openapi", "info", "paths", "components"} <= DOCUMENT.keys()
    assert {"title", "version"} <= DOCUMENT["info"].keys()
    names = [operation["operationId"] for _, operation in _operations()]
    assert len(names) == len(set(names))
    for path, operation in _operations():
        assert path.startswith("/")
        assert "200" in operation["responses"]
        for status, response in operation["responses"].items():
            assert re.fullmatch(r"[2-5]\d\d", status)
            assert response["description"]
        for parameter in operation.get("parameters", []):
            assert {"name", "in", "schema"} <= parameter.keys()


def test_references_lead_somewhere() -> None:
    references = [value for key, value in _pairs(DOCUMENT) if key == "$ref"]
    assert references
    for reference in references:
        found: Any = DOCUMENT
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        assert found["type"] == "object"


def test_schemas_know_their_own_properties() -> None:
    for key, value in _pairs(DOCUMENT):
        if key in {"schema", "items"} and "properties" in value:
            assert set(value.get("required", [])) <= value["properties"].keys()


@pytest.mark.parametrize("one", ASKINGS, ids=lambda one: f"{one.code}-{one.text}")
def test_answers_and_questions_fit(client: Client, one: asking.Asking) -> None:
    answer = asking.interface(client, one.code, one.fields).json()
    _fits(answer, DOCUMENT["components"]["schemas"]["Answer"])
    post = DOCUMENT["paths"][f"/api/law/{one.code}"]["post"]
    schema = post["requestBody"]["content"]["application/json"]["schema"]
    assert one.fields.keys() <= schema["properties"].keys()
    assert set(schema["required"]) <= one.fields.keys()


def test_refusals_and_sources_fit(client: Client) -> None:
    schemas = DOCUMENT["components"]["schemas"]
    for refused in ("fee", "horoscope"):
        _fits(asking.interface(client, refused, {}).json(), schemas["Refusal"])
    _fits(client.get("/api/law/sources").json(), schemas["Sources"])


def test_examples_are_answered(client: Client) -> None:
    for one in CALCULATORS:
        if one.example:
            response = asking.interface(client, one.code, dict(one.example))
            assert response.status_code == 200


def _operations() -> Iterator[tuple[str, Any]]:
    for path, item in DOCUMENT["paths"].items():
        assert item.keys() <= METHODS
        for operation in item.values():
            yield path, operation


def _pairs(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield key, value
            yield from _pairs(value)
    elif isinstance(node, list):
        for value in node:
            yield from _pairs(value)


def _fits(value: Any, schema: Any) -> None:
    """Hold a value against the few words of JSON Schema that our schemas use."""
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert any(value is None if name == "null" else type(value) is TYPES[name] for name in names)
    if isinstance(value, dict) and "properties" in schema:
        assert value.keys() == schema["properties"].keys()
        for key, part in value.items():
            _fits(part, schema["properties"][key])
    if isinstance(value, list):
        for part in value:
            _fits(part, schema["items"])
