"""The wizard: saved at every step, errors at their field, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from xiezhi.exchange.models import OutboxMessage
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.models import Account
from xiezhi.security.audit.models import AuditEntry
from xiezhi.service.desk.models import Application, Material
from xiezhi.service.desk.tests.browser import browser, text
from xiezhi.service.desk.tests.drafts import SYSTEM, TYPED, draft, fill, picture, ready, submitted

pytestmark = pytest.mark.django_db


def posted(section: str, typed: Any, **more: str) -> dict[str, str]:
    """Write a section as the browser sends it."""
    items = {"": typed} if isinstance(typed, dict) else {f"{n}-": v for n, v in enumerate(typed)}
    fields = {
        f"{section}-{prefix}{name}": value
        for prefix, values in items.items()
        for name, value in values.items()
    }
    return {"revision": "0", "page": "p", **fields, **more}


def edit(application: Application, step: str) -> str:
    return f"/applications/{application.pk}/edit/{step}/"


def payload_of(application: Application) -> dict[str, Any]:
    with acting(SYSTEM):
        application.refresh_from_db()
        found: dict[str, Any] = application.payload
    return found


def test_the_wizard_leads_without_javascript_from_first_step_to_receipt(jia: Account) -> None:
    application, client = draft(jia), browser(jia)
    for section, typed in TYPED.items():
        response = client.post(edit(application, section), posted(section, typed, act="next"))
        assert response.status_code == 302, response.content.decode()
    assert response["Location"] == edit(application, "materials")
    files = {
        name: SimpleUploadedFile(f"{name}.png", picture(shade).getvalue())
        for name, shade in (("identity", 10), ("evidence", 20))
    }
    assert client.post(edit(application, "materials"), {**files, "act": "next"})[
        "Location"
    ] == edit(application, "review")

    response = client.post(edit(application, "review"), {"consent-agreed": "yes"})

    assert response["Location"] == f"/applications/{application.pk}/receipt/"
    page = text(client, response["Location"])
    payload_of(application)
    assert (application.receipt_number or "?") in page
    with acting(SYSTEM):
        assert OutboxMessage.objects.count() == 1


def test_a_step_with_findings_saves_and_shows_them_at_their_field(jia: Account) -> None:
    application, client = draft(jia), browser(jia)
    typed = TYPED["plaintiff"] | {"phone": "12"}

    response = client.post(edit(application, "plaintiff"), posted("plaintiff", typed))

    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#field-plaintiff-phone"' in page
    assert 'id="field-plaintiff-phone-error"' in page
    assert payload_of(application)["plaintiff"]["phone"] == "12"


def test_a_fresh_step_shows_no_findings(jia: Account) -> None:
    assert "xz-error" not in text(browser(jia), edit(draft(jia), "plaintiff"))


def test_items_are_added_and_removed_with_what_was_typed(jia: Account) -> None:
    application, client = draft(jia), browser(jia)
    one = posted("defendants", TYPED["defendants"])

    added = client.post(edit(application, "defendants"), one | {"act": "add"})
    assert added["Location"] == f"{edit(application, 'defendants')}#item-1"
    assert [each["name"] for each in payload_of(application)["defendants"]] == ["乙某", ""]

    two = [TYPED["defendants"][0], TYPED["defendants"][0] | {"name": "丙某"}]
    client.post(edit(application, "defendants"), posted("defendants", two, act="remove-0"))
    assert [each["name"] for each in payload_of(application)["defendants"]] == ["丙某"]


@pytest.mark.parametrize("act", ["add", "remove-0", "remove-x"])
def test_items_of_a_section_that_has_none_change_nothing(jia: Account, act: str) -> None:
    application, client = draft(jia), browser(jia)

    response = client.post(
        edit(application, "plaintiff"), posted("plaintiff", TYPED["plaintiff"], act=act)
    )

    assert response["Location"] == edit(application, "defendants")
    assert payload_of(application)["plaintiff"] == TYPED["plaintiff"]


def test_leaving_saves_and_leads_to_the_list(jia: Account) -> None:
    application = draft(jia)
    sent = posted("facts", {"text": "没写完"}, act="leave")

    assert browser(jia).post(edit(application, "facts"), sent)["Location"] == "/matters/"
    assert payload_of(application)["facts"] == {"text": "没写完"}


def test_autosave_says_when_it_saved(jia: Account) -> None:
    application = draft(jia)
    sent = posted("facts", {"text": "写到一半"})

    response = browser(jia).post(f"{edit(application, 'facts')}autosave/", sent)

    assert response.status_code == 204
    assert response["HX-Trigger"] == "draft-saved"
    assert payload_of(application)["facts"] == {"text": "写到一半"}


def test_autosave_on_a_second_device_leads_to_both_versions(jia: Account) -> None:
    application, client = draft(jia), browser(jia)
    address = f"{edit(application, 'facts')}autosave/"
    client.post(address, posted("facts", {"text": "手机上写的"}, page="phone"))

    late = client.post(address, posted("facts", {"text": "电脑上写的"}, page="desktop"))

    versions = f"{edit(application, 'facts')}versions/"
    assert (late.status_code, late["HX-Retarget"]) == (200, "#alerts")
    assert versions in late.content.decode()
    page = text(client, versions)
    assert "手机" in page
    assert "电脑" in page
    client.post(versions, {"version": "set_aside"})
    assert payload_of(application)["facts"] == {"text": "电脑上写的"}


def test_the_fee_is_quoted_as_soon_as_a_sum_is_there(jia: Account) -> None:
    application, client = draft(jia), browser(jia)
    assert "500.00元" not in text(client, edit(application, "claims"))

    fill(application, jia)

    page = text(client, edit(application, "claims"))
    assert "1,000.00元" in page
    assert "500.00元" in page


def test_upload_answers_with_the_tile_of_what_was_found(jia: Account) -> None:
    application, client = draft(jia), browser(jia)
    address = f"/applications/{application.pk}/upload/evidence/"

    taken = client.post(address, {"evidence": SimpleUploadedFile("借条.png", picture().read())})
    refused = client.post(address, {"evidence": SimpleUploadedFile("借条.pdf", b"not a pdf")})

    assert (taken.status_code, refused.status_code) == (200, 422)
    assert "检查通过" in taken.content.decode()
    assert "未能接收" in refused.content.decode()
    with acting(SYSTEM):
        assert Material.objects.count() == 1


def test_a_material_is_removed_by_its_owner_alone(jia: Account, yi: Account) -> None:
    application, client = draft(jia), browser(jia)
    sent = {"evidence": SimpleUploadedFile("借条.png", picture().read())}
    client.post(f"/applications/{application.pk}/upload/evidence/", sent)
    with acting(SYSTEM):
        address = f"/materials/{Material.objects.get().pk}/remove/"
    assert f'formaction="{address}"' in text(client, edit(application, "materials"))

    assert browser(yi).post(address).status_code == 404
    assert client.post(address)["Location"] == edit(application, "materials")
    with acting(SYSTEM):
        assert list(Material.objects.all()) == []


def test_missing_materials_are_named_before_the_review(jia: Account) -> None:
    application = fill(draft(jia), jia)

    response = browser(jia).post(edit(application, "materials"), {"act": "next"})

    assert response.status_code == 422
    assert "原告身份证明：请上传。" in response.content.decode()


def test_review_shows_the_document_and_what_is_missing(jia: Account) -> None:
    page = text(browser(jia), edit(fill(draft(jia), jia), "review"))

    assert "民事起诉状" in page
    assert "判令被告归还借款本金48,000元" in page
    assert "还有2处需要修改或者补充" in page


def test_review_without_consent_stays_and_says_so(jia: Account) -> None:
    application = ready(jia)

    response = browser(jia).post(edit(application, "review"), {})

    assert response.status_code == 422
    assert "请勾选后再提交" in response.content.decode()


def test_what_was_submitted_cannot_be_edited_any_more(jia: Account) -> None:
    application, client = submitted(jia), browser(jia)
    matter = f"/applications/{application.pk}/"

    assert client.get(edit(application, "facts"))["Location"] == matter
    sent = posted("facts", {"text": "改"})
    response = client.post(edit(application, "facts"), sent)
    assert response.status_code == 409
    assert "不能再修改" in response.content.decode()


@pytest.mark.parametrize("step", ["plaintiff", "materials", "review", "nowhere"])
def test_the_draft_of_another_and_one_that_is_not_there_look_alike(
    jia: Account, yi: Account, step: str
) -> None:
    application = draft(jia)
    foreign = browser(yi).get(edit(application, step))
    absent = browser(yi).get(edit(application, step).replace(str(application.pk), str(yi.pk)))

    assert (foreign.status_code, absent.status_code) == (404, 404)


def test_the_wizard_asks_to_log_in_and_comes_back(jia: Account) -> None:
    address = edit(draft(jia), "facts")

    assert Client().get(address)["Location"] == f"/account/login/?next={address}"


def test_an_ended_session_leads_back_to_the_page_and_not_to_the_part(jia: Account) -> None:
    page = edit(draft(jia), "facts")
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}

    response = Client().post(f"{page}autosave/", posted("facts", {"text": "一"}), headers=headers)

    assert response["HX-Redirect"] == f"/account/login/?next={page}"


def test_a_refused_submission_is_audited(jia: Account) -> None:
    application = fill(draft(jia), jia)

    browser(jia).post(edit(application, "review"), {"consent-agreed": "yes"})

    with acting(SYSTEM):
        entry = AuditEntry.objects.get(code="desk.incomplete")
    assert (entry.outcome, entry.actor_id, entry.act) == ("refused", jia.pk, "desk:review")


def test_a_loan_of_tomorrow_is_found_at_its_date(jia: Account) -> None:
    application = draft(jia)
    typed = TYPED["loan"] | {"lent_on": "2999-03-02", "due_on": ""}

    response = browser(jia).post(edit(application, "loan"), posted("loan", typed))

    assert response.status_code == 422
    assert "出借日期：这一天还没有到，请核对年、月、日。" in response.content.decode()
