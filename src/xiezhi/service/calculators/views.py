"""The public pages: a form, and below it the answer with its lines, articles and doubts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.encoding import uri_to_iri
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.pages import render
from xiezhi.service.calculators import sources
from xiezhi.service.calculators.answers import Answer
from xiezhi.service.calculators.catalogue import CALCULATORS, find
from xiezhi.service.calculators.declaration import Calculator
from xiezhi.service.calculators.parts import errors_of, fields_of, steps_table
from xiezhi.service.calculators.reading import Finding, Raw, Unanswerable


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the calculators."""
    return render(request, "calculators/index.html", {"calculators": CALCULATORS})


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """Show what the calculators rest on, and what nobody has fully checked."""
    context = {"standings": sources.grouped(), "counts": sources.counts()}
    return render(request, "calculators/sources.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def calculator(request: HttpRequest, code: str) -> HttpResponse:
    """Ask and answer one calculator; personal data come in the body only and are kept nowhere."""
    found = find(code)
    if found is None:
        raise NotFound
    if request.method != "POST" and request.GET and not found.shareable:
        return redirect("calculators:calculator", code)
    today = timezone.localdate()
    questions = found.questions(today)
    given = request.POST if request.method == "POST" else request.GET
    raw = {one.name: given.getlist(one.name) for one in questions if one.name in given}
    complete = bool(raw) and all(
        any(raw.get(one.name, (one.default,))) for one in questions if one.required
    )
    answer: Answer | None = None
    findings: tuple[Finding, ...] = ()
    if request.method == "POST" or complete:
        try:
            answer = found.answer(raw, today=today)
        except Unanswerable as unanswerable:
            findings = unanswerable.findings
    link = _link(request, found, raw) if answer is not None else ""
    context = {
        "calculator": found,
        "fields": fields_of(questions, raw, findings),
        "errors": errors_of(findings),
        "answer": answer,
        "steps": steps_table(found, answer) if answer is not None else None,
        "today": today,
        "link": link,
        "link_words": uri_to_iri(link),
    }
    status = 422 if findings else 200
    response = render(request, "calculators/calculator.html", context, status=status)
    if not found.shareable:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _link(request: HttpRequest, found: Calculator[Any], raw: Raw) -> str:
    """Return the address that asks the same again, where the question may stand in one."""
    if not found.shareable:
        return ""
    pairs = [(name, word) for name, words in raw.items() for word in words if word]
    address = reverse("calculators:calculator", args=(found.code,))
    return request.build_absolute_uri(f"{address}?{urlencode(pairs)}")
