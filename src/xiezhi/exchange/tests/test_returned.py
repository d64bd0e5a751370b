"""What a restored site was given back and no program could put back waits for an operator."""

from __future__ import annotations

import pytest
from django.test import override_settings

from xiezhi.exchange.models import RecoveredAct
from xiezhi.exchange.refusals import AlreadyChecked
from xiezhi.exchange.tests.notes import TESTER
from xiezhi.exchange.tests.pages import Pages, staff
from xiezhi.exchange.tests.test_recovery import settled
from xiezhi.exchange.tests.twins import Pair
from xiezhi.exchange.watch.findings import findings
from xiezhi.foundation.errors import Forbidden
from xiezhi.foundation.transactions import acting

PLAIN = "xiezhi.foundation.pages.shell.plain_portal"


def test_an_operator_looks_after_what_came_back(twins: Pair) -> None:
    settled(twins).service.back_up()
    twins.service.post("quiet two")
    twins.settle()
    twins.service.restore()
    twins.settle()

    pages = Pages(staff("tier1_operator"))
    with twins.service.at_home(), override_settings(XIEZHI_SHELL=PLAIN):
        with acting(TESTER):
            act = RecoveredAct.objects.get()
            queues = [each.queue for each in findings("court", twins.clock.now)]
            assert queues.count("returned") == 1
        assert "test.note" in pages.text("queues/court/returned/")
        assert "对方已经收到" in pages.text(f"returned/{act.pk}/")
        assert pages.post(f"returned/{act.pk}/", reason="短").status_code == 422
        answer = pages.post(f"returned/{act.pk}/", reason="已由立案庭补录，案号不变。")
        assert answer.status_code == 302
        with pytest.raises(AlreadyChecked):
            pages.post(f"returned/{act.pk}/", reason="再核对一次也一样。")
        with pytest.raises(Forbidden):
            Pages(staff("filing_officer")).text(f"returned/{act.pk}/")
        with acting(TESTER):
            act.refresh_from_db()
            assert (act.closed_at is not None, act.note) == (True, "已由立案庭补录，案号不变。")
        assert "没有需要核对的消息" in pages.text("queues/court/returned/")
