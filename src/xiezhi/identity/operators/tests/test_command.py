"""The command line of operators."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from xiezhi.foundation.transactions import acting
from xiezhi.identity.operators.models import Operator
from xiezhi.identity.operators.second_factor import step_of
from xiezhi.identity.operators.tests.crew import SYSTEM

pytestmark = pytest.mark.django_db


def told(*words: str) -> str:
    """Run the command and return what it says."""
    out = StringIO()
    call_command("operators", *words, stdout=out)
    return out.getvalue()


def kept(login_name: str) -> Operator:
    """Return an operator as the system reads it."""
    with acting(SYSTEM):
        return Operator.objects.get(login_name=login_name)


def test_add_says_once_what_to_log_in_with() -> None:
    said = told("add", "renyun", "--name", "壬运清", "--role", "system_admin")

    password = re.search(r"密码 +(\S+)", said)
    assert password is not None
    operator = kept("renyun")
    assert operator.check_password(password[1])
    assert f"secret={operator.secret}" in said
    assert len(re.findall(r"^  (?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}$", said, re.MULTILINE)) == 10


def test_reset_and_disable(operator: Operator) -> None:
    assert "已停用" in told("disable", "yunwei")
    assert not kept("yunwei").is_active

    assert "只显示这一次" in told("reset", "yunwei")
    assert kept("yunwei").is_active
    assert kept("yunwei").secret != operator.secret


def test_list_shows_who_there_is(operator: Operator) -> None:
    told("disable", "yunwei")

    assert told("list") == "yunwei  戊运平  一线运维  已停用  最近登录 无\n"


def test_code_is_told_for_demonstration_accounts_alone(operator: Operator) -> None:
    with pytest.raises(CommandError, match="只有演示账号"):
        told("code", "yunwei")

    with acting(SYSTEM):
        Operator.objects.update(demonstration=True)
    shown = told("code", "yunwei").strip()
    assert step_of(operator.secret, shown, timezone.now()) is not None


@pytest.mark.parametrize("words", [("reset", "nobody"), ("disable", "nobody"), ("code", "nobody")])
def test_an_unknown_name_is_said_in_words(words: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match="没有登录名为“nobody”的运维账号"):
        told(*words)
