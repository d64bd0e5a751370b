"""The audit keeps what happened, for its readers only, and can be changed by nobody."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from structlog.contextvars import bound_contextvars

from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.errors import Forbidden
from xiezhi.foundation.events import EFFECTS, EventKind, Recorded, announce
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.middleware import REFUSAL_HOOKS
from xiezhi.foundation.transactions import acting
from xiezhi.security.audit.actions.audit import audit
from xiezhi.security.audit.actions.audit_event import audit_event
from xiezhi.security.audit.actions.audit_refusal import audit_refusal
from xiezhi.security.audit.models import AuditEntry, Outcome
from xiezhi.security.audit.queries import AuditFilter, entries

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SYSTEM = Actor.system("test")
PERSON = Actor.person(uuid7())


def clerk(*roles: str, unit_id: str = "示01") -> Actor:
    return Actor.staff(uuid7(), post_id=uuid7(), unit_id=unit_id, roles=frozenset(roles))


def kind(*, audited: bool = True) -> EventKind:
    return EventKind("filing.submitted", "提交", "民诉法126", "随案卷", "隐名", audited=audited)


def recorded(event: EventKind, actor: Actor) -> Recorded:
    return Recorded(event, uuid7(), "application", uuid7(), actor, AT, AT, {"court_id": "示01"})


def test_audit_keeps_who_what_and_how() -> None:
    actor, subject_id, request_id = clerk(), uuid7(), uuid4()
    with acting(actor), bound_contextvars(request_id=str(request_id)):
        audit(act="x.y", actor=actor, at=AT, subject_kind="case", subject_id=subject_id)
    (entry,) = entries(SYSTEM, AuditFilter(subject_id=subject_id))
    assert (entry.actor_kind, entry.actor_id, entry.post_id, entry.unit_id) == (
        "staff",
        actor.account_id,
        actor.post_id,
        "示01",
    )
    assert (entry.outcome, entry.request_id, entry.at) == (Outcome.DONE, request_id, AT)


def test_event_is_audited_in_its_transaction() -> None:
    assert audit_event in EFFECTS
    with acting(PERSON):
        announce(recorded(kind(), PERSON))
        announce(recorded(kind(audited=False), PERSON))
    (entry,) = entries(SYSTEM, AuditFilter(act="filing.submitted"))
    assert entry.basis == "民诉法126"
    assert sorted(entry.facts) == ["court_id", "event_id"]


@pytest.mark.parametrize("actor", [PERSON, clerk(), ANONYMOUS])
def test_refusal_is_audited_for_every_kind_of_actor(actor: Actor) -> None:
    assert audit_refusal in REFUSAL_HOOKS
    request_id = uuid4()
    refusal = Forbidden(permission="case.read", name="张三")
    with acting(actor if actor.is_authenticated else Actor.system("refusal")):
        audit_refusal(refusal, actor, "desk:home", request_id)
    (entry,) = entries(SYSTEM, AuditFilter(request_id=request_id))
    assert (entry.outcome, entry.code, entry.act) == (Outcome.REFUSED, "forbidden", "desk:home")
    assert "张三" not in str(entry.facts)


def test_audit_written_under_another_name_is_refused() -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), acting(PERSON):
        audit(act="x.y", actor=Actor.person(uuid7()), at=AT)


def test_entries_are_shown_to_the_auditor_of_the_unit() -> None:
    for unit_id in ("示01", "示02"):
        actor = clerk(unit_id=unit_id)
        with acting(actor):
            audit(act="x.seen", actor=actor, at=AT)
    seen = AuditFilter(act="x.seen")
    assert [entry.unit_id for entry in entries(clerk("auditor"), seen)] == ["示01"]
    assert entries(clerk("judge", "administrator"), seen) == []
    assert entries(PERSON, seen) == []
    assert len(entries(SYSTEM, seen)) == 2


def test_entries_are_narrowed_by_time_and_limited() -> None:
    with acting(SYSTEM):
        for minute in range(3):
            audit(act="x.late", actor=SYSTEM, at=AT.replace(minute=minute))
    narrowed = AuditFilter(act="x.late", since=AT.replace(minute=1), until=AT.replace(minute=2))
    assert [entry.at.minute for entry in entries(SYSTEM, narrowed)] == [1]
    assert len(entries(SYSTEM, AuditFilter(act="x.late"), limit=2)) == 2


@pytest.mark.parametrize("statement", ["UPDATE {} SET act = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_entries_can_be_changed_by_nobody(statement: str) -> None:
    with acting(SYSTEM):
        audit(act="x.y", actor=SYSTEM, at=AT)
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format("security_audit_auditentry"))


def test_entries_are_hidden_from_others_by_the_database() -> None:
    with acting(PERSON):
        audit(act="x.y", actor=PERSON, at=AT)
    with acting(clerk("auditor")):
        assert AuditEntry.objects.count() == 0
    with acting(PERSON):
        assert AuditEntry.objects.filter(act="x.y").count() == 1


def test_entry_lies_in_the_partition_of_its_month() -> None:
    with acting(SYSTEM):
        entry = audit(act="x.y", actor=SYSTEM, at=AT)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tableoid::regclass::text FROM security_audit_auditentry WHERE id = %s",
                [entry.pk],
            )
            (partition,) = cursor.fetchone()
    assert partition.startswith("security_audit_auditentry_2")
