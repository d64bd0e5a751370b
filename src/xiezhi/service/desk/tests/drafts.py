"""Drafts for tests, made through the real acts."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

from PIL import Image

from xiezhi.directory.models import Court
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.transactions import acting
from xiezhi.identity.people.models import Account
from xiezhi.identity.people.tests.people import acting_as, id_number, phone
from xiezhi.service.desk.actions.attach_material import attach_material
from xiezhi.service.desk.actions.save_draft import save_draft
from xiezhi.service.desk.actions.start_draft import start_draft
from xiezhi.service.desk.actions.submit import submit
from xiezhi.service.desk.models import Application, Material

AT = datetime(2026, 3, 2, 1, 42, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 2, 42, tzinfo=UTC)
KIND = "filing.civil.private_lending"
COURT = "示0102"
SYSTEM = Actor.system("exchange.apply")
TYPED: dict[str, Any] = {
    "plaintiff": {
        "name": "甲某",
        "id_number": id_number(1),
        "phone": phone(1),
        "address": "云汀省鹤鸣市东渚区柳岸街5号",
    },
    "defendants": [
        {"name": "乙某", "id_number": "", "phone": phone(2), "address": "云汀省鹤鸣市西岑区9号"}
    ],
    "loan": {
        "principal": "48,000",
        "lent_on": "2025-01-10",
        "due_on": "2025-07-10",
        "form": "bank",
        "interest": "",
    },
    "claims": [{"text": "判令被告归还借款本金48,000元", "amount": "48,000"}],
    "facts": {"text": "2025年1月10日，被告向原告借款，约定半年归还，到期未还。"},
}


def make_court(code: str = COURT, *, online: bool = True) -> Court:
    """Put a court into the directory."""
    court, _ = Court.objects.get_or_create(
        code=code,
        defaults={
            "name": "鹤鸣市东渚区人民法院",
            "level": "basic",
            "region": "云汀省鹤鸣市东渚区",
            "parent_code": "示01",
            "site_id": "court",
            "sort_key": "he ming",
            "accepts_online_filing": online,
        },
    )
    return court


def picture(shade: int = 200) -> io.BytesIO:
    """Draw a page that differs by its shade."""
    stream = io.BytesIO()
    page = Image.new("RGB", (800, 1100), (255, 255, 255))
    for row in range(40):
        page.paste((shade, row * 5, 40), (80, 60 + row * 24, 700, 66 + row * 24))
    page.save(stream, "PNG")
    stream.seek(0)
    return stream


def draft(owner: Account) -> Application:
    """Start a draft for somebody."""
    make_court()
    with acting(acting_as(owner)):
        return start_draft(kind_code=KIND, court_id=COURT, actor=acting_as(owner), at=AT)


def fill(application: Application, owner: Account, **changes: Any) -> Application:
    """Fill in every section."""
    with acting(acting_as(owner)):
        for section, typed in (TYPED | changes).items():
            save_draft(
                application_id=application.pk,
                section=section,
                typed=typed,
                revision=10_000,
                page="p",
                actor=acting_as(owner),
                at=AT,
            )
        application.refresh_from_db()
    return application


def attach(application: Application, owner: Account, category: str, shade: int) -> Material:
    """Attach one picture."""
    return attach_material(
        application_id=application.pk,
        category=category,
        stream=picture(shade),
        name=f"{category}.png",
        actor=acting_as(owner),
        at=AT,
    )


def ready(owner: Account) -> Application:
    """Make a draft that can be submitted."""
    application = fill(draft(owner), owner)
    with acting(acting_as(owner)):
        attach(application, owner, "identity", 100)
        attach(application, owner, "evidence", 150)
        application.refresh_from_db()
    return application


def submitted(owner: Account) -> Application:
    """Make an application that was submitted."""
    application = ready(owner)
    with acting(acting_as(owner)):
        return submit(
            application_id=application.pk, consented=True, actor=acting_as(owner), at=LATER
        )
