"""A new kind of application needs a declaration and no change to any existing app."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_kind_declared_elsewhere_is_filed_through_the_same_pages() -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "tests.newkind.settings_service"}
    result = subprocess.run(
        [sys.executable, "-m", "tests.newkind.walk"],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stderr[-3000:]
    told = json.loads(result.stdout)
    assert told == {
        "listed": True,
        "quoted": True,
        "received": True,
        "kind": "filing.civil.property_fee",
        "title": True,
        "payload": {
            "plaintiff": {"name": "鹤鸣物业", "address": "鹤鸣市东渚区1号"},
            "owners": [{"name": "丁某", "address": "鹤鸣市东渚区2号"}],
            "fees": {
                "since": "2025-01-01",
                "reasons": ["service", "parking"],
                "parking_lot": "",
                "written": False,
            },
            "claims": [{"text": "判令被告支付物业费2,400元", "amount": "2400"}],
        },
    }
