"""What one may ask of the court's core; every query takes the actor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q

from xiezhi.casework.grants import GRANTS
from xiezhi.casework.models import (
    Case,
    CaseEvent,
    Claim,
    Disclosure,
    Document,
    Instrument,
    Intake,
    IntakeEvent,
    IntakeMaterial,
    Manifest,
    Party,
    WorkItem,
)
from xiezhi.casework.models.work import Desk
from xiezhi.casework.permissions import May
from xiezhi.casework.states import WorkState
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.permissions import allowed, visible
from xiezhi.law.dates import SHANGHAI

if TYPE_CHECKING:
    from django.db.models import QuerySet


def intakes_for(actor: Actor) -> QuerySet[Intake]:
    """List the applications that the actor may read."""
    return Intake.objects.filter(visible(GRANTS, May.READ_INTAKE, actor))


def intake(intake_id: UUID, *, actor: Actor) -> Intake:
    """Return one application. Refuses: ``NotFound``, whether absent or not the actor's."""
    found = intakes_for(actor).select_related("case").filter(pk=intake_id).first()
    if found is None:
        raise NotFound
    return found


def intake_material(intake_id: UUID, material_id: UUID, *, actor: Actor) -> IntakeMaterial:
    """Return one material of an application that the actor may read. Refuses: ``NotFound``."""
    found = IntakeMaterial.objects.filter(
        pk=material_id, intake_id=intake_id, intake__in=intakes_for(actor)
    ).first()
    if found is None:
        raise NotFound
    return found


def intakes_of(work: Sequence[WorkItem], *, actor: Actor) -> dict[UUID, Intake]:
    """Return the applications that some work items are about, in one query."""
    rows = intakes_for(actor).select_related("case")
    rows = rows.defer("payload", "applicant", "decision_reason")
    return rows.in_bulk([item.subject_id for item in work])


def intake_events(subject: Intake) -> QuerySet[IntakeEvent]:
    """List what happened to an application that was read, oldest first."""
    return IntakeEvent.objects.filter(court_id=subject.court_id, subject_id=subject.pk).order_by(
        "seq"
    )


def work_for(actor: Actor, *, desk: Desk) -> QuerySet[WorkItem]:
    """List the work items of a desk of the actor's court, the most urgent first."""
    return WorkItem.objects.filter(visible(GRANTS, May.WORK, actor), desk=desk).order_by(
        "due_on", "id"
    )


@dataclass(frozen=True, slots=True)
class DeskCounts:
    """How many work items of a desk are open, taken and late, and how many were done today."""

    open: int
    claimed: int
    overdue: int
    done_today: int

    @property
    def waiting(self) -> int:
        """Return how many are not done."""
        return self.open + self.claimed


def desk_counts(actor: Actor, *, desk: Desk, today: date) -> DeskCounts:
    """Count what waits at a desk and what was done ``today``.

    What was done before is not counted: the cost follows the desk's day, not its years.
    """
    work = work_for(actor, desk=desk).order_by()
    waiting = work.filter(state__in=(WorkState.OPEN, WorkState.CLAIMED)).aggregate(
        open=Count("id", filter=Q(state=WorkState.OPEN)),
        claimed=Count("id", filter=Q(state=WorkState.CLAIMED)),
        overdue=Count("id", filter=Q(due_on__lt=today)),
    )
    midnight = datetime.combine(today, time.min, SHANGHAI)
    done = work.filter(state=WorkState.DONE, closed_at__gte=midnight).count()
    return DeskCounts(**waiting, done_today=done)


def may(permission: May, *, actor: Actor) -> bool:
    """Tell whether the actor's post holds a permission for rows of its own court."""
    return allowed(GRANTS, permission, actor, WorkItem(court_id=actor.unit_id))


def work_of(subject_id: UUID, *, kind: str, actor: Actor) -> WorkItem | None:
    """Return the work item about a subject, if the actor may see it."""
    return WorkItem.objects.filter(
        visible(GRANTS, May.WORK, actor), kind=kind, subject_id=subject_id
    ).first()


def cases_for(actor: Actor) -> QuerySet[Case]:
    """List the cases that the actor may read, newest first."""
    return Case.objects.filter(visible(GRANTS, May.READ_CASE, actor)).order_by(
        "-filing_date", "-id"
    )


def search_cases(words: str, *, actor: Actor) -> QuerySet[Case]:
    """List the cases whose number contains the words, or that have a party of this name.

    A name is matched from its beginning; a whole ID number finds its bearer by blind index.
    """
    found = cases_for(actor)
    words = words.strip()
    if not words:
        return found
    by_id = Party._meta.get_field("id_number_index").lookup(words)
    parties = Party.objects.filter(Q(name__startswith=words) | by_id)
    if actor.unit_id:
        parties = parties.filter(court_id=actor.unit_id)
    number = words.replace("(", "（").replace(")", "）")
    return found.filter(Q(case_number__contains=number) | Q(pk__in=parties.values("case_id")))


def case(case_id: UUID, *, actor: Actor) -> Case:
    """Return one case. Refuses: ``NotFound``, whether absent or not the actor's."""
    found = cases_for(actor).filter(pk=case_id).first()
    if found is None:
        raise NotFound
    return found


def may_read_file(subject: Case, *, actor: Actor) -> bool:
    """Tell whether the actor may open the e-file of a case, not only its register entry."""
    return allowed(GRANTS, May.READ_FILE, actor, subject)


def parties_of(subject: Case) -> QuerySet[Party]:
    """List the parties of a case that was read, in order."""
    return Party.objects.filter(court_id=subject.court_id, case=subject).order_by("position")


def case_events(subject: Case) -> QuerySet[CaseEvent]:
    """List what happened in a case that was read, oldest first."""
    return CaseEvent.objects.filter(court_id=subject.court_id, subject_id=subject.pk).order_by(
        "seq"
    )


def documents_of(subject: Case, *, actor: Actor) -> Sequence[Document]:
    """List the newest version of every document of the e-file, in order of entry.

    Somebody who may not open the file gets nothing.
    """
    if not may_read_file(subject, actor=actor):
        return ()
    newest: dict[UUID, Document] = {}
    rows = Document.objects.filter(court_id=subject.court_id, case=subject)
    for row in rows.order_by("position"):
        newest[row.lineage] = row
    return tuple(newest.values())


def document(case_id: UUID, document_id: UUID, *, actor: Actor) -> Document:
    """Return one document of a case whose file the actor may open. Refuses: ``NotFound``."""
    readable = Case.objects.filter(visible(GRANTS, May.READ_FILE, actor))
    found = Document.objects.filter(pk=document_id, case_id=case_id, case__in=readable).first()
    if found is None:
        raise NotFound
    return found


def instruments_of(subject: Case) -> QuerySet[Instrument]:
    """List the instruments of a case that was read, in order of issue."""
    return (
        Instrument.objects.filter(court_id=subject.court_id, case=subject)
        .select_related("document", "addressee__party")
        .order_by("issued_at", "id")
    )


def disclosures_of(subject: Case) -> QuerySet[Disclosure]:
    """List what was disclosed of a case that was read, with its addressee, oldest first."""
    told = Disclosure.objects.filter(court_id=subject.court_id, case=subject)
    return told.select_related("participation__party").order_by("id")


def intake_of(subject: Case, *, actor: Actor) -> Intake | None:
    """Return the application from which a case was opened, if the actor may read it."""
    return intakes_for(actor).filter(case=subject).first()


def claims_of(subject: Case) -> QuerySet[Claim]:
    """List the claims of a case that was read, in order."""
    return Claim.objects.filter(court_id=subject.court_id, case=subject).order_by("position")


def party(case_id: UUID, party_id: UUID, *, actor: Actor) -> Party:
    """Return one party of a case that the actor may read. Refuses: ``NotFound``."""
    found = Party.objects.filter(
        pk=party_id, case_id=case_id, case__in=cases_for(actor).order_by()
    ).first()
    if found is None:
        raise NotFound
    return found


def manifest_of(subject: Case) -> Manifest | None:
    """Return the newest manifest of the e-file of a case that was read."""
    held = Manifest.objects.filter(court_id=subject.court_id, case=subject)
    return held.order_by("-revision").first()
