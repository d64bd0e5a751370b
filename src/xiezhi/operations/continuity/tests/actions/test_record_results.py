"""Results are added once, by the system alone, and never changed."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import ProgrammingError

from xiezhi.foundation.actors import ANONYMOUS, Actor
from xiezhi.foundation.errors import Forbidden
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting
from xiezhi.operations.continuity.actions.record_results import record_results
from xiezhi.operations.continuity.models import Backup, Drill
from xiezhi.operations.continuity.tests.conftest import AT, SYSTEM, backup, drill, staff
from xiezhi.security.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_record_results_adds_what_is_new_and_audits_each_drill() -> None:
    taken, made = backup(), drill(finding="文件缺失")
    with acting(SYSTEM):
        first = record_results(backups=[taken], drills=[made], at=AT, actor=SYSTEM)
        again = record_results(backups=[taken], drills=[made, drill()], at=AT, actor=SYSTEM)
        entries = AuditEntry.objects.filter(act="continuity.drilled").order_by("id")
        facts = [entry.facts for entry in entries]

    assert (first, again) == (2, 1)
    assert (Backup.objects.count(), Drill.objects.count()) == (1, 2)
    assert facts == [{"passed": False}, {"passed": True}]


@pytest.mark.parametrize(
    "actor", [ANONYMOUS, Actor.person(uuid7()), staff("system_admin"), staff("judge")]
)
def test_record_results_is_for_the_system_alone(actor: Actor) -> None:
    with acting(actor), pytest.raises(Forbidden):
        record_results(backups=[], drills=[drill()], at=AT, actor=actor)

    assert not Drill.objects.exists()


def test_a_result_is_never_changed() -> None:
    with acting(SYSTEM):
        record_results(backups=[], drills=[drill(finding="文件缺失")], at=AT, actor=SYSTEM)
    with pytest.raises(ProgrammingError, match="permission denied"):
        Drill.objects.update(passed=True)


def test_the_command_reads_what_the_drill_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    made = drill()
    told = {name: getattr(made, name) for name in ("backup", "passed", "steps")}
    for name in ("backup_at", "begun_at", "finished_at", "restored_to"):
        told[name] = getattr(made, name).isoformat()
    text = json.dumps({"backups": [], "drills": [told | {"id": str(made.id), "site": "court"}]})
    monkeypatch.setattr("sys.stdin", StringIO(text))

    call_command("continuity_record", stdout=StringIO())

    kept = Drill.objects.get()
    assert (kept.pk, kept.restored_to, kept.steps) == (made.pk, made.restored_to, made.steps)
