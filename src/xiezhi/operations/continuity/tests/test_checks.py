"""The checks of a restored site: silent when all is there, and they name what is not."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from xiezhi.contracts.exchange import ReturnEnded
from xiezhi.exchange.actions.post import post
from xiezhi.exchange.models import OutboxConversation
from xiezhi.files.actions.hold_blob import hold_blob
from xiezhi.files.actions.store_blob import store_blob
from xiezhi.files.models import Blob
from xiezhi.files.storage import content_name, content_store
from xiezhi.files.tests.samples import pdf
from xiezhi.foundation.transactions import acting
from xiezhi.operations.continuity.checks.contents import contents
from xiezhi.operations.continuity.checks.exchange import exchange
from xiezhi.operations.continuity.checks.fields import fields
from xiezhi.operations.continuity.checks.rows import MAY_SHRINK, rows_since
from xiezhi.operations.continuity.checks.step import SHOWN, Check, Step, taken
from xiezhi.operations.continuity.tests.conftest import AT, SYSTEM

pytestmark = pytest.mark.django_db


def stored() -> Blob:
    """Store a file now."""
    with acting(SYSTEM):
        return store_blob(stream=io.BytesIO(pdf()), name="page.pdf", at=AT, actor=SYSTEM)


def posted() -> None:
    """Post a message."""
    with acting(SYSTEM):
        post(
            to="elsewhere",
            message=ReturnEnded(epoch=1, count=0),
            conversation="application:1",
            act_at=AT,
            actor=SYSTEM,
        )


def findings(check: Check) -> list[str]:
    """Run a check as the drill does."""
    with acting(SYSTEM):
        return taken("", check).findings


def test_a_table_with_fewer_rows_is_named_and_one_with_more_is_not() -> None:
    stored()

    assert findings(rows_since({"files_blob": 1, "exchange_peer": 0, "django_session": 7})) == []
    assert findings(rows_since({"files_blob": 2, "not_there": 0})) == [
        "数据表 files_blob 有 1 行，备份开始时有 2 行",
        "数据表 not_there 不存在",
    ]


def test_tables_that_may_shrink_are_there() -> None:
    ours = {model._meta.db_table for model in apps.get_models()}
    here = {table for table in MAY_SHRINK if table.split("_")[0] == "service"}

    assert here <= ours or not any(table.startswith("service_desk") for table in ours)


def test_files_are_opened_whether_held_or_not() -> None:
    stored()
    with acting(SYSTEM):
        hold_blob(blob_id=stored().pk, reason="可疑", at=AT, actor=SYSTEM)

    assert findings(contents(SYSTEM, timezone.now() + timedelta(hours=1))) == []


@pytest.mark.parametrize("damage", ["gone", "short"])
def test_a_missing_or_damaged_file_is_named(damage: str) -> None:
    blob, store = stored(), content_store()
    name = content_name(blob.pk)
    with store.open(name) as file:
        data = file.read()
    store.delete(name)
    if damage == "short":
        store.save(name, io.BytesIO(data[:-3]))

    found = findings(contents(SYSTEM, timezone.now() + timedelta(hours=1)))

    assert found == [f"文件 {blob.pk} 缺失、损坏或者密钥不符"]


def test_a_file_that_came_after_the_backup_is_only_counted() -> None:
    since = timezone.now() - timedelta(minutes=1)
    content_store().delete(content_name(stored().pk))

    with acting(SYSTEM):
        step = taken("核对文件", contents(SYSTEM, since))

    assert (step.findings, step.note) == (
        [],
        "文件1个，完整读出0个；备份之后存入、尚未备份的1个",
    )


def test_a_field_under_another_key_is_named() -> None:
    posted()
    assert findings(fields) == []

    with connection.cursor() as cursor:
        cursor.execute("UPDATE exchange_outboxmessage SET body = set_byte(body, 20, 0) || '\\x00'")

    (found,) = findings(fields)
    assert found.startswith("exchange_outboxmessage.body 的一行")


def test_the_exchange_is_looked_at_by_its_own_rules() -> None:
    posted()
    assert findings(exchange(SYSTEM)) == []

    OutboxConversation.objects.update(next_position=9)

    assert len(findings(exchange(SYSTEM))) == 1


def test_a_step_lists_the_first_findings_and_counts_the_rest() -> None:
    step = taken("", lambda _: iter([str(number) for number in range(SHOWN + 3)]))

    told = step.told()["findings"]

    assert told == [*(str(number) for number in range(SHOWN)), "另有 3 处，不再列出"]


def test_the_command_prints_one_object_for_each_check(monkeypatch: pytest.MonkeyPatch) -> None:
    stored()
    told = {"rows": {"files_blob": 1}, "files_since": AT.isoformat()}
    monkeypatch.setattr("sys.stdin", StringIO(json.dumps(told)))
    printed = StringIO()

    call_command("continuity_check", stdout=printed)

    steps = [json.loads(line) for line in printed.getvalue().splitlines()]
    assert [step["findings"] for step in steps] == [[], [], [], []]
    assert Step("x").told().keys() == steps[0].keys()
