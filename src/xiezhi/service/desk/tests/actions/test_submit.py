"""Submitting: application, event and message in one transaction, once."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from xiezhi.contracts.messages import ApplicationSubmitted
from xiezhi.exchange.models import OutboxMessage
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.machine import MoveRefused
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.models import Account
from xiezhi.identity.people.tests.people import acting_as, id_number
from xiezhi.security.audit.models import AuditEntry
from xiezhi.service.desk.actions.abandon import abandon
from xiezhi.service.desk.actions.submit import Incomplete, submit
from xiezhi.service.desk.models import Application, ApplicationEvent, Material
from xiezhi.service.desk.receipts import submission_digest
from xiezhi.service.desk.tests.drafts import (
    LATER,
    SYSTEM,
    TYPED,
    draft,
    fill,
    ready,
    submitted,
)

pytestmark = pytest.mark.django_db


def send(application: Application, owner: Account, *, consented: bool = True) -> Application:
    with acting(acting_as(owner)):
        return submit(
            application_id=application.pk, consented=consented, actor=acting_as(owner), at=LATER
        )


def test_submit_writes_state_receipt_event_audit_and_message(jia: Account) -> None:
    application = submitted(jia)

    assert (application.state, application.submitted_at) == ("submitted", LATER)
    assert re.fullmatch(r"收20260302(-[0-9A-HJKMNP-TV-Z]{4}){3}", application.receipt_number or "")
    assert application.title == "甲某诉乙某民间借贷纠纷"
    with acting(SYSTEM):
        row = OutboxMessage.objects.get()
        message = ApplicationSubmitted.model_validate_json(row.body)
        event = ApplicationEvent.objects.get(kind="application.submitted")
        materials = list(Material.objects.order_by("position"))
        assert AuditEntry.objects.filter(act="application.submitted").count() == 1
    assert (row.id, row.dst, row.conversation, row.act_at) == (
        application.message_id,
        "court",
        f"application:{application.pk}",
        LATER,
    )
    assert [each["id"] for each in row.attachments] == [str(each.blob_id) for each in materials]
    assert [each.digest for each in message.materials] == [each.digest for each in materials]
    assert message.applicant.id_number == id_number(1)
    assert message.receipt_number == application.receipt_number
    assert submission_digest(message) == application.digest
    assert event.facts["receipt_number"] == application.receipt_number


def test_submit_sends_the_payload_in_its_normal_form(jia: Account) -> None:
    submitted(jia)

    with acting(SYSTEM):
        payload = json.loads(OutboxMessage.objects.get().body or "")["payload"]
    assert payload["claims"] == [{"text": TYPED["claims"][0]["text"], "amount": "48000"}]
    assert payload["loan"]["principal"] == "48000"


def test_submit_twice_gives_the_same_receipt_and_one_message(jia: Account) -> None:
    first = submitted(jia)
    second = send(first, jia)

    assert second.receipt_number == first.receipt_number
    with acting(SYSTEM):
        assert OutboxMessage.objects.count() == 1
        assert ApplicationEvent.objects.filter(kind="application.submitted").count() == 1


@pytest.mark.parametrize(
    ("change", "name", "said"),
    [
        ({"plaintiff": TYPED["plaintiff"] | {"name": " "}}, "plaintiff-name", "请填写姓名。"),
        ({"defendants": []}, "defendants", "至少填写1项"),
        (
            {"defendants": [TYPED["defendants"][0] | {"phone": ""}]},
            "defendants-0",
            "请填写被告的公民身份号码或者联系电话",
        ),
        ({"loan": TYPED["loan"] | {"principal": "很多"}}, "loan-principal", "请填写数字"),
        ({"loan": TYPED["loan"] | {"principal": "0"}}, "loan-principal", "金额要大于0"),
        ({"loan": TYPED["loan"] | {"principal": "1.234"}}, "loan-principal", "小数点后两位"),
        ({"loan": TYPED["loan"] | {"lent_on": "上个月"}}, "loan-lent_on", "日期不正确"),
        ({"loan": TYPED["loan"] | {"due_on": "2024-01-01"}}, "loan", "早于出借日期"),
        ({"loan": TYPED["loan"] | {"form": "gold"}}, "loan-form", "请从选项中选择一项"),
        ({"loan": TYPED["loan"] | {"form": ""}}, "loan-form", "请选择交付方式。"),
        ({"claims": [{"text": "还钱", "amount": ""}]}, "claims", "至少一项诉讼请求要写明金额"),
    ],
)
def test_submit_says_what_is_wrong_at_which_field(
    jia: Account, change: dict[str, Any], name: str, said: str
) -> None:
    application = fill(ready(jia), jia, **change)

    with pytest.raises(Incomplete) as refusal:
        send(application, jia)

    found = [one for one in refusal.value.findings if one.name == name]
    assert len(found) == 1
    assert said in found[0].message


def test_submit_refuses_without_the_required_materials(jia: Account) -> None:
    application = fill(draft(jia), jia)

    with pytest.raises(Incomplete) as refusal:
        send(application, jia)

    assert [one.name for one in refusal.value.findings] == [
        "materials-identity",
        "materials-evidence",
    ]


def test_submit_refuses_without_consent(jia: Account) -> None:
    application = ready(jia)

    with pytest.raises(Incomplete) as refusal:
        send(application, jia, consented=False)

    assert [one.section for one in refusal.value.findings] == ["consent"]


def test_a_refused_submission_leaves_no_trace(jia: Account) -> None:
    application = fill(draft(jia), jia)
    with pytest.raises(Incomplete):
        send(application, jia)

    with acting(SYSTEM):
        application.refresh_from_db()
        assert (application.state, application.receipt_number) == ("draft", None)
        assert list(OutboxMessage.objects.all()) == []
        assert list(ApplicationEvent.objects.filter(kind="application.submitted")) == []


def test_submit_refuses_an_abandoned_draft(jia: Account) -> None:
    application = ready(jia)
    with acting(acting_as(jia)):
        kept = dict(application.payload)
        abandon(application_id=application.pk, actor=acting_as(jia), at=LATER)
    assert kept == TYPED

    with pytest.raises(MoveRefused):
        send(application, jia)


def test_submit_hides_the_application_of_another(jia: Account, yi: Account) -> None:
    application = ready(jia)

    with pytest.raises(NotFound):
        send(application, yi)
