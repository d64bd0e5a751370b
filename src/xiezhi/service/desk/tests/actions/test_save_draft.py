"""Saving a draft: at every step, on two devices, without overwriting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.models import Account
from xiezhi.identity.people.tests.people import acting_as
from xiezhi.service.desk import queries
from xiezhi.service.desk.actions.abandon import abandon
from xiezhi.service.desk.actions.choose_version import Version, choose_version
from xiezhi.service.desk.actions.save_draft import NotADraft, Saved, save_draft
from xiezhi.service.desk.models import Application
from xiezhi.service.desk.tests.drafts import AT, LATER, draft, submitted

pytestmark = pytest.mark.django_db
PHONE, DESKTOP = "phone", "desktop"


def save(
    application_id: UUID,
    owner: Account,
    text: str,
    *,
    revision: int = 0,
    page: str = PHONE,
    section: str = "facts",
) -> Saved:
    with acting(acting_as(owner)):
        return save_draft(
            application_id=application_id,
            section=section,
            typed={"text": text},
            revision=revision,
            page=page,
            actor=acting_as(owner),
            at=LATER,
        )


def kept(application: Application, owner: Account) -> dict[str, Any]:
    with acting(acting_as(owner)):
        found: dict[str, Any] = queries.application(application.pk, actor=acting_as(owner)).payload
        return found


def test_save_draft_keeps_unfinished_text_as_typed(jia: Account) -> None:
    application = draft(jia)

    saved = save(application.pk, jia, "借钱 ")

    assert (saved.conflict, saved.application.revision) == (False, 1)
    assert saved.application.changed_at == LATER
    assert kept(application, jia) == {"facts": {"text": "借钱 "}}


def test_save_draft_of_the_same_again_changes_nothing(jia: Account) -> None:
    application = draft(jia)
    save(application.pk, jia, "一")

    assert save(application.pk, jia, "一").application.revision == 1


def test_one_page_saves_again_and_again_without_conflict(jia: Account) -> None:
    application = draft(jia)

    for text in ("一", "一二", "一二三"):
        assert not save(application.pk, jia, text, revision=0).conflict

    assert kept(application, jia)["facts"] == {"text": "一二三"}


def test_two_devices_on_one_section_keep_both_versions(jia: Account) -> None:
    application = draft(jia)
    save(application.pk, jia, "手机上写的", page=PHONE)

    late = save(application.pk, jia, "电脑上写的", revision=0, page=DESKTOP)

    assert late.conflict
    assert kept(application, jia)["facts"] == {"text": "手机上写的"}
    with acting(acting_as(jia)):
        waiting = queries.set_aside(application, "facts", actor=acting_as(jia))
        assert waiting is not None
        assert waiting.values == {"text": "电脑上写的"}


def test_two_devices_on_different_sections_do_not_disturb_each_other(jia: Account) -> None:
    application = draft(jia)
    save(application.pk, jia, "手机", page=PHONE, section="facts")

    assert not save(application.pk, jia, "电脑", page=DESKTOP, section="loan").conflict


@pytest.mark.parametrize(
    ("version", "text"), [(Version.SAVED, "手机"), (Version.SET_ASIDE, "电脑")]
)
def test_choose_version_keeps_what_the_owner_chose(
    jia: Account, version: Version, text: str
) -> None:
    application = draft(jia)
    save(application.pk, jia, "手机", page=PHONE)
    save(application.pk, jia, "电脑", page=DESKTOP)

    with acting(acting_as(jia)):
        choose_version(
            application_id=application.pk,
            section="facts",
            version=version,
            actor=acting_as(jia),
            at=LATER,
        )
        assert queries.set_aside(application, "facts", actor=acting_as(jia)) is None
    assert kept(application, jia)["facts"] == {"text": text}


def test_choose_version_refuses_when_there_is_nothing_to_choose(jia: Account) -> None:
    application = draft(jia)

    with acting(acting_as(jia)), pytest.raises(NotFound):
        choose_version(
            application_id=application.pk,
            section="facts",
            version=Version.SAVED,
            actor=acting_as(jia),
            at=LATER,
        )


def test_save_draft_refuses_an_unknown_section(jia: Account) -> None:
    application = draft(jia)

    with pytest.raises(NotFound):
        save(application.pk, jia, "一", section="nowhere")


def test_save_draft_refuses_after_submission(jia: Account) -> None:
    application = submitted(jia)

    with pytest.raises(NotADraft):
        save(application.pk, jia, "改", revision=99)


def test_save_draft_refuses_after_abandonment(jia: Account) -> None:
    application = draft(jia)
    with acting(acting_as(jia)):
        abandon(application_id=application.pk, actor=acting_as(jia), at=AT)

    with pytest.raises(NotADraft):
        save(application.pk, jia, "改")


def test_save_draft_hides_the_draft_of_another(jia: Account, yi: Account) -> None:
    application = draft(jia)

    with pytest.raises(NotFound):
        save(application.pk, yi, "改")
    assert kept(application, jia) == {}
