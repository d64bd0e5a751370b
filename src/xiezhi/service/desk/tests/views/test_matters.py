"""Home, the list, one matter, its documents."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from xiezhi.contracts.messages import DisclosurePublished
from xiezhi.contracts.messages import Material as SentMaterial
from xiezhi.files.actions.store_blob import store_blob
from xiezhi.files.models import Blob
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.models import Account
from xiezhi.service.desk.models import Application, Disclosure, Material
from xiezhi.service.desk.tests.browser import browser, text
from xiezhi.service.desk.tests.drafts import (
    LATER,
    SYSTEM,
    draft,
    make_court,
    picture,
    submitted,
)
from xiezhi.service.desk.tests.test_handlers import (
    accepted,
    arrives,
    received,
    rejected,
    under_review,
)

pytestmark = pytest.mark.django_db
# Session, account and who acts, three settings of the actor, savepoints; and what the page asks.
LIST_QUERIES = 11


def matter(application: Application) -> str:
    return f"/applications/{application.pk}/"


def disclosed(application: Application) -> Disclosure:
    """Disclose a document of one page."""
    with acting(SYSTEM):
        blob: Blob = store_blob(
            stream=SimpleUploadedFile("n.png", picture(33).read()),
            name="受理案件通知书.png",
            at=LATER,
            actor=SYSTEM,
        )
    document = SentMaterial(
        blob_id=blob.pk,
        category="instrument",
        name=blob.name,
        media_type=blob.media_type,
        size=blob.size,
        pages=1,
        digest=blob.digest,
    )
    message = DisclosurePublished(
        disclosure_id=uuid7(),
        participation_id=None,
        application_id=application.pk,
        case_id=None,
        kind="instrument",
        title="受理案件通知书",
        published_at=LATER,
        document=document,
    )
    arrives(message, blob.pk)
    with acting(SYSTEM):
        return Disclosure.objects.get(pk=message.disclosure_id)


def test_home_tells_a_stranger_what_one_can_do(db: None) -> None:
    page = text(Client(), "/")

    assert "我要立案" in page
    assert "要准备什么" in page


def test_home_shows_first_what_is_under_way(jia: Account) -> None:
    submitted(jia)

    assert "甲某诉乙某民间借贷纠纷" in text(browser(jia), "/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_for_one_row_and_for_three(
    jia: Account, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        draft(jia)
    client = browser(jia)
    client.get("/matters/")

    with django_assert_num_queries(LIST_QUERIES):
        page = text(client, "/matters/")

    assert page.count("xz-work-title") == rows


def test_the_list_shows_nothing_of_others(jia: Account, yi: Account) -> None:
    submitted(jia)

    page = text(browser(yi), "/matters/")
    assert "甲某" not in page
    assert "还没有办理中的事项" in page


def test_a_draft_leads_to_the_step_that_lacks_something(jia: Account) -> None:
    application = draft(jia)

    assert browser(jia).get(matter(application))["Location"].endswith("/edit/plaintiff/")


def test_a_matter_follows_the_application_from_submission_to_the_case_number(
    jia: Account,
) -> None:
    application, client = submitted(jia), browser(jia)
    address = f"{matter(application)}state/"
    assert "已提交，等待传输到法院专网" in text(client, address)

    arrives(received(application))
    page = text(client, address)
    assert "法院专网已收 10:42" in page
    assert "2026年3月9日（周一）" in page
    assert '<div id="notice" hx-swap-oob="true"></div>' in page
    assert text(client, matter(application)).count('id="notice"') == 1

    arrives(under_review(application))
    assert "法院正在审查" in text(client, address)

    arrives(accepted(application))
    assert "已立案（2026）示0102民初1号" in text(client, address)


def test_a_refusal_is_shown_with_reason_article_and_what_can_be_done(jia: Account) -> None:
    application = submitted(jia)
    arrives(rejected(application))

    page = text(browser(jia), matter(application))

    assert "本院没有管辖权。" in page
    assert "民事诉讼法第一百二十二条" in page
    assert "十日内" in page


def test_the_receipt_shows_number_time_and_digest(jia: Account) -> None:
    application = submitted(jia)

    page = text(browser(jia), f"{matter(application)}receipt/")

    assert (application.receipt_number or "?") in page
    assert application.digest[:8] in page
    assert "2026年3月2日（周一）10:42" in page
    assert "2026年3月9日（周一）" in page


def test_the_receipt_of_a_draft_is_not_there(jia: Account) -> None:
    text(browser(jia), f"{matter(draft(jia))}receipt/", 404)


def test_what_was_submitted_is_shown_as_a_document(jia: Account) -> None:
    page = text(browser(jia), f"{matter(submitted(jia))}content/")

    assert "民事起诉状" in page
    assert "柳岸街5号" in page


def test_a_material_is_shown_as_pictures_to_its_owner_alone(jia: Account, yi: Account) -> None:
    submitted(jia)
    with acting(SYSTEM):
        material = Material.objects.order_by("position")[0]
    address = f"/materials/{material.pk}/pages/1/"

    response = browser(jia).get(address)

    assert response.status_code == 200
    assert response["Content-Type"] in {"image/png", "image/jpeg"}
    assert response["X-Content-Type-Options"] == "nosniff"
    assert browser(yi).get(address).status_code == 404
    assert browser(jia).get(f"/materials/{material.pk}/pages/2/").status_code == 404


def test_a_disclosed_document_is_shown_and_given_to_its_addressee_alone(
    jia: Account, yi: Account
) -> None:
    application = submitted(jia)
    disclosure = disclosed(application)
    address = f"/disclosures/{disclosure.pk}/"

    assert "受理案件通知书" in text(browser(jia), matter(application))
    assert f"{address}pages/1/" in text(browser(jia), address)
    assert browser(jia).get(f"{address}pages/1/").status_code == 200
    response = browser(jia).get(f"{address}download/")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]  # it streams
    assert content == picture(33).read()
    assert response["Content-Disposition"].startswith("attachment")
    for page in ("", "pages/1/", "download/"):
        assert browser(yi).get(f"{address}{page}").status_code == 404


def test_pages_of_a_person_are_kept_by_no_cache(jia: Account) -> None:
    make_court()

    assert "no-store" in browser(jia).get("/matters/")["Cache-Control"]
