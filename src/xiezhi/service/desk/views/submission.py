"""Review, submission, receipt."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from xiezhi.contracts import kinds
from xiezhi.directory import queries as directory
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.middleware import DoorRequest, note
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.formats import local
from xiezhi.identity.login.doors import signed_in
from xiezhi.identity.people.queries import own_account
from xiezhi.service.desk import queries
from xiezhi.service.desk.actions.checks.findings import Finding
from xiezhi.service.desk.actions.checks.materials import missing
from xiezhi.service.desk.actions.checks.payload import findings
from xiezhi.service.desk.actions.submit import Incomplete, submit
from xiezhi.service.desk.asides import beside
from xiezhi.service.desk.forms.document import document_title, parts
from xiezhi.service.desk.models import Application, Material
from xiezhi.service.desk.receipts import decide_by, short
from xiezhi.service.desk.views.steps import MATERIALS, REVIEW, step_bar

UNPROCESSABLE = 422


@require_http_methods(["GET", "POST"])
@signed_in
def review(request: DoorRequest, application_id: UUID) -> HttpResponse:
    """Show everything as the document it will be; on POST submit it."""
    if request.method == "POST":
        try:
            submit(
                application_id=application_id,
                consented=request.POST.get("consent-agreed") == "yes",
                actor=request.actor,
                at=timezone.now(),
            )
        except Incomplete as incomplete:
            note(request, incomplete)
            application = queries.application(application_id, actor=request.actor)
            return _review(request, application, incomplete.findings)
        return redirect("desk:receipt", application_id)
    application = queries.application(application_id, actor=request.actor)
    if not application.is_draft:
        return redirect("desk:matter", application_id)
    return _review(request, application, None)


@require_safe
@signed_in
def receipt(request: DoorRequest, application_id: UUID) -> HttpResponse:
    """Show the receipt: number, time, court, digest, until when the court decides."""
    application = queries.application(application_id, actor=request.actor)
    if application.submitted_at is None:
        raise NotFound
    given = queries.materials(application, actor=request.actor)
    context = {
        "application": application,
        "court": directory.court(application.court_id),
        "materials": given,
        "page_count": sum(each.pages for each in given),
        "digest": " ".join(short(application.digest)),
        "decide_by": application.review_due_on or decide_by(application.submitted_at),
        "confirmed": application.review_due_on is not None,
    }
    return render(request, "desk/receipt.html", context)


@require_safe
@signed_in
def content(request: DoorRequest, application_id: UUID) -> HttpResponse:
    """Show what was submitted, as a document."""
    application = queries.application(application_id, actor=request.actor)
    return render(request, "desk/content.html", _document(request, application))


def _review(
    request: DoorRequest, application: Application, refused: list[Finding] | None
) -> HttpResponse:
    kind = kinds.get(application.kind)
    everything = findings(kind, application.payload, on=local(timezone.now()).date())
    context = _document(request, application)
    given: list[Material] = context["materials"]  # type: ignore[assignment]  # made there
    absent = missing(kind, [each.category for each in given])
    open_findings = refused if refused is not None else [*everything, *absent]
    context |= {
        "findings": [(one, _address(application, one)) for one in open_findings],
        "ready": not everything and not absent,
        "consent_error": next((o.message for o in open_findings if o.section == "consent"), ""),
        "steps": step_bar(application, kind, REVIEW, everything, actor=request.actor),
        "back_url": reverse("desk:step", args=[application.pk, MATERIALS]),
        "aside": beside(application, local(timezone.now()).date()),
        "refused": refused is not None,
    }
    status = UNPROCESSABLE if refused is not None else 200
    return render(request, "desk/review.html", context, status=status)


def _address(application: Application, finding: Finding) -> str:
    if finding.section == "consent":
        return "#field-consent-agreed"
    step = reverse("desk:step", args=[application.pk, finding.section])
    return f"{step}#field-{finding.name}"


def _document(request: DoorRequest, application: Application) -> dict[str, object]:
    kind = kinds.get(application.kind)
    given = queries.materials(application, actor=request.actor)
    labels = {category.code: category.label for category in kind.materials}
    return {
        "application": application,
        "kind": kind,
        "title": document_title(kind),
        "parts": parts(kind, application.payload),
        "court": directory.court(application.court_id),
        "materials": given,
        "listed": [(labels.get(each.category, ""), each) for each in given],
        "signatory": own_account(request.actor).name,
        "on": local(application.submitted_at or timezone.now()).date(),
    }
