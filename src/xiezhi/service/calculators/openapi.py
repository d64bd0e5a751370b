"""The description of the interface (OpenAPI 3.1), made from the declarations."""

from __future__ import annotations

from datetime import date
from typing import Any

from xiezhi.service.calculators.answers import Json
from xiezhi.service.calculators.catalogue import CALCULATORS
from xiezhi.service.calculators.declaration import Calculator
from xiezhi.service.calculators.questions import Choice, Kind, Question

PREFIX = "/api/law/"
_TEXT: dict[str, Json] = {"type": "string"}
_TEXTS: dict[str, Json] = {"type": "array", "items": {"type": "string"}}
_JSON = "application/json"


def document(today: date) -> dict[str, Json]:
    """Return the whole description, with the choices in force on a day."""
    paths: dict[str, Json] = {
        f"{PREFIX}{calculator.code}": _path(calculator, today) for calculator in CALCULATORS
    }
    paths[f"{PREFIX}sources"] = {"get": _sources()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "诉讼工具接口",
            "version": "1.0.0",
            "description": "与诉讼工具页面同一套规则。无需登录，不使用 Cookie，不保存提交的内容。"
            "金额单位为元，日期为北京时间。计算结果供参考，以人民法院的决定为准。",
        },
        "security": [],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _path(calculator: Calculator[Any], today: date) -> dict[str, Json]:
    questions = calculator.questions(today)
    path: dict[str, Json] = {"post": _post(calculator, questions)}
    if calculator.shareable:
        path["get"] = _get(calculator, questions)
    return path


def _post(calculator: Calculator[Any], questions: tuple[Question, ...]) -> dict[str, Json]:
    schema: dict[str, Json] = {
        "type": "object",
        "properties": {question.name: schema_of(question) for question in questions},
        "required": [one.name for one in questions if one.required and not one.default],
        "additionalProperties": False,
    }
    media: dict[str, Json] = {"schema": schema}
    if calculator.example:
        media["example"] = dict(calculator.example)
    codes = ("400", "413", "415", "422")
    return {
        **_operation(calculator, "calculate", codes),
        "requestBody": {"required": True, "content": {_JSON: media}},
    }


def _get(calculator: Calculator[Any], questions: tuple[Question, ...]) -> dict[str, Json]:
    parameters: list[Json] = [
        {
            "name": question.name,
            "in": "query",
            "required": question.required and not question.default,
            "description": question.label,
            "schema": schema_of(question),
        }
        for question in questions
    ]
    return {**_operation(calculator, "look-up", ("422",)), "parameters": parameters}


def _operation(calculator: Calculator[Any], act: str, refusals: tuple[str, ...]) -> dict[str, Json]:
    responses: dict[str, Json] = {"200": _response("计算结果", "Answer")}
    responses |= {code: _response(_STATUS[code], "Refusal") for code in refusals}
    return {
        "operationId": f"{act}-{calculator.code}",
        "summary": calculator.title,
        "description": calculator.helps,
        "responses": responses,
    }


_STATUS = {
    "400": "请求正文不是可以识别的 JSON",
    "413": "请求正文过大",
    "415": "请求正文不是 JSON",
    "422": "填写的内容需要修改",
}


def _sources() -> dict[str, Json]:
    return {
        "operationId": "list-sources",
        "summary": "规则来源与待核事项",
        "responses": {"200": _response("尚未与条文核对的规则", "Sources")},
    }


def _response(description: str, schema: str) -> dict[str, Json]:
    content: dict[str, Json] = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    return {"description": description, "content": {_JSON: content}}


def schema_of(question: Question) -> dict[str, Json]:
    """Return the schema of one answer, with its wording, help and article."""
    said = "".join(
        part for part in (question.help, question.basis and f"依据：{question.basis}。") if part
    )
    schema: dict[str, Json] = {"title": question.label, **_kind(question)}
    schema |= {"default": question.default} if question.default else {}
    return schema | ({"description": said} if said else {})


def _kind(question: Question) -> dict[str, Json]:
    if question.kind is Kind.CHOICE:
        return {"type": "string", "oneOf": _choices(question.choices)}
    if question.kind is Kind.CHOICES:
        return {
            "type": "array",
            "uniqueItems": True,
            "items": {"type": "string", "oneOf": _choices(question.choices)},
        }
    plain: dict[Kind, dict[str, Json]] = {
        Kind.TEXT: {"type": "string", "maxLength": question.max_length},
        Kind.ID_NUMBER: {"type": "string", "maxLength": question.max_length},
        Kind.MONEY: {"type": ["string", "number"]},
        Kind.NUMBER: {"type": ["string", "integer"]},
        Kind.DATE: {"type": "string", "format": "date"},
        Kind.TIME: {"type": "string", "pattern": "^[0-9]{1,2}:[0-9]{2}$"},
        Kind.YES: {"type": "boolean"},
    }
    return plain[question.kind]


def _choices(choices: tuple[Choice, ...]) -> list[Json]:
    return [{"const": choice.value, "title": choice.label} for choice in choices]


def _object(**properties: Json) -> dict[str, Json]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(**properties: Json) -> dict[str, Json]:
    return {"type": "array", "items": _object(**properties)}


def _schemas() -> dict[str, Json]:
    flag: dict[str, Json] = {"type": "boolean"}
    number: dict[str, Json] = {"type": "integer"}
    day: dict[str, Json] = {"type": "string", "format": "date"}
    finding = {"field": _TEXT, "label": _TEXT, "code": _TEXT}
    words = {"text": _TEXT, "basis": _TEXT, "remedy": _TEXT}
    rule = dict.fromkeys(("file", "name", "scope", "subject", "label"), _TEXT)
    ends: dict[str, Json] = {"from": day, "to": {"type": ["string", "null"], "format": "date"}}
    checked = dict.fromkeys(("source", "status", "standing", "note"), _TEXT)
    return {
        "Answer": _object(
            code=_TEXT,
            title=_TEXT,
            asked={"type": "object"},
            answer=_object(label=_TEXT, text=_TEXT, value=_TEXT, note=_TEXT),
            steps=_list(label=_TEXT, formula=_TEXT, value=_TEXT, text=_TEXT, basis=_TEXT),
            days=_list(date=day, rest=flag, name=_TEXT, mark=_TEXT),
            basis=_TEXTS,
            doubts=_list(code=_TEXT, text=_TEXT, basis=_TEXT),
        ),
        "Refusal": _object(
            **{"code": _TEXT, **words, "status": number, "findings": _list(**finding, **words)}
        ),
        "Sources": _object(
            counts={"type": "object", "additionalProperties": number},
            rules=_list(**rule, **ends, **checked),
        ),
    }
