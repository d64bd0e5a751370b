"""File an application of the new kind through the portal's own pages, in a process of its own.

Run with ``DJANGO_SETTINGS_MODULE=tests.newkind.settings_service``; it commits.
"""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402  # after the setup

from xiezhi.exchange.models import OutboxMessage  # noqa: E402
from xiezhi.foundation.transactions import acting  # noqa: E402
from xiezhi.identity.people.tests.people import member  # noqa: E402
from xiezhi.service.desk.tests.browser import browser, text  # noqa: E402
from xiezhi.service.desk.tests.drafts import COURT, SYSTEM, make_court, picture  # noqa: E402

KIND = "filing.civil.property_fee"
STEPS: dict[str, dict[str, str | list[str]]] = {
    "plaintiff": {"plaintiff-name": "鹤鸣物业", "plaintiff-address": "鹤鸣市东渚区1号"},
    "owners": {"owners-0-name": "丁某", "owners-0-address": "鹤鸣市东渚区2号"},
    "fees": {"fees-since": "2025-01-01", "fees-reasons": ["service", "parking"]},
    "claims": {"claims-0-text": "判令被告支付物业费2,400元", "claims-0-amount": "2,400"},
}


def walk() -> dict[str, object]:
    """Start, fill in, attach, submit; return what the court will receive."""
    with acting(SYSTEM):
        make_court()
    client = browser(member(1))
    listed = "物业服务合同纠纷起诉" in text(client, "/filing/")
    started = client.post(f"/filing/{KIND}/", {"court": COURT})["Location"]
    base = started.removesuffix("plaintiff/")
    for step, typed in STEPS.items():
        response = client.post(f"{base}{step}/", {"page": "p", "act": "next", **typed})
        assert response.status_code == 302, response.content.decode()
    quoted = "50.00元" in text(client, f"{base}claims/")
    paper = SimpleUploadedFile("合同.png", picture().getvalue())
    client.post(f"{base}materials/", {"contract": paper, "act": "next"})
    document = text(client, f"{base}review/")
    assert "物业费、停车费" in document
    response = client.post(f"{base}review/", {"consent-agreed": "yes"})
    receipt = text(client, response["Location"])
    with acting(SYSTEM):
        body = json.loads(OutboxMessage.objects.get().body or "{}")
    return {
        "listed": listed,
        "quoted": quoted,
        "received": body["receipt_number"] in receipt,
        "kind": body["kind"],
        "payload": body["payload"],
        "title": "鹤鸣物业诉丁某物业服务合同纠纷" in receipt,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(walk(), ensure_ascii=False))
