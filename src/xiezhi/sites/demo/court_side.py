"""What the court site does in the demonstration: staff take up, accept and reject."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import django

django.setup()

from xiezhi import directory  # noqa: E402 - Django must be ready before its apps are imported
from xiezhi.casework import queries  # noqa: E402
from xiezhi.casework.actions.accept_application import accept_application  # noqa: E402
from xiezhi.casework.actions.reject_application import reject_application  # noqa: E402
from xiezhi.casework.actions.take_up import take_up as take_up_application  # noqa: E402
from xiezhi.casework.models import Intake  # noqa: E402
from xiezhi.casework.states import IntakeState  # noqa: E402
from xiezhi.directory.actions.load_courts import load_courts  # noqa: E402
from xiezhi.directory.models import Court  # noqa: E402
from xiezhi.directory.queries import courts_taking_first_instance  # noqa: E402
from xiezhi.foundation.actors import Actor  # noqa: E402
from xiezhi.foundation.transactions import acting  # noqa: E402
from xiezhi.identity.staff.actions.appoint import appoint  # noqa: E402
from xiezhi.identity.staff.actions.open_account import open_account  # noqa: E402
from xiezhi.identity.staff.models import Post, StaffAccount  # noqa: E402
from xiezhi.sites.demo.channel import serve  # noqa: E402
from xiezhi.sites.demo.people import STEMS  # noqa: E402
from xiezhi.sites.demo.plan import DIVISION, PASSWORD  # noqa: E402
from xiezhi.sites.demo.pump import Pump  # noqa: E402

SYSTEM = Actor.system("demo")
COURTS = Path(directory.__file__).parent / "data/demonstration.toml"
# Login prefix, invented name, division, role; every court taking filings has each of them.
DESKS = (
    ("lian", "立安", DIVISION, "filing_officer"),
    ("faguan", "法直", "民事审判第一庭", "case_judge"),
    ("tingzhang", "庭正", DIVISION, "division_head"),
    ("shuji", "书明", "民事审判第一庭", "clerk"),
    ("yunwei", "运维", "信息中心", "system_admin"),
)
REASON = "起诉状所列被告住所地和合同履行地均不在本院辖区，您可以向有管辖权的人民法院起诉。"


def prepare(*, at: str) -> None:
    """Load the courts and appoint their staff."""
    moment = datetime.fromisoformat(at)
    with acting(SYSTEM):
        load_courts(path=COURTS)
        for number, court in enumerate(_courts(), start=1):
            for login, name, division, role in DESKS:
                post = (division, role)
                _appoint(f"{login}{number}", f"{STEMS[number - 1]}{name}", court.code, post, moment)


def _appoint(login: str, name: str, court: str, post: tuple[str, str], at: datetime) -> None:
    division, role = post
    if StaffAccount.objects.filter(login_name=login).exists():
        return
    account = open_account(login_name=login, name=name, password=PASSWORD, actor=SYSTEM, at=at)
    appoint(
        account_id=account.pk,
        court_id=court,
        division=division,
        role=role,
        from_date=at.date(),
        actor=SYSTEM,
        at=at,
    )


def _courts() -> list[Court]:
    return sorted(courts_taking_first_instance(), key=lambda court: court.code)


def accounts() -> list[list[str]]:
    """List the accounts to print: everybody of the first court."""
    with acting(SYSTEM):
        first = _courts()[0]
        posts = Post.objects.filter(court_id=first.code).select_related("account").order_by("id")
        return [
            [post.account.login_name, f"{first.name} {post.division} {post.role_label}"]
            for post in posts
        ]


def take_up(*, number: int, at: str, court_id: str, plaintiff: str) -> None:
    """Have the court's officer begin the review, unless begun."""
    del number
    officer = _officer(court_id)
    with acting(officer):
        intake = _intake(plaintiff, officer)
        if intake.state == IntakeState.RECEIVED:
            take_up_application(intake_id=intake.pk, actor=officer, at=datetime.fromisoformat(at))


def accept(*, number: int, at: str, court_id: str, plaintiff: str) -> None:
    """Have the court's officer accept, unless decided."""
    del number
    officer = _officer(court_id)
    with acting(officer):
        intake = _intake(plaintiff, officer)
        if intake.state == IntakeState.UNDER_REVIEW:
            accept_application(intake_id=intake.pk, actor=officer, at=datetime.fromisoformat(at))


def reject(*, number: int, at: str, court_id: str, plaintiff: str) -> None:
    """Have the court's officer reject, unless decided."""
    del number
    officer = _officer(court_id)
    with acting(officer):
        intake = _intake(plaintiff, officer)
        if intake.state == IntakeState.UNDER_REVIEW:
            reject_application(
                intake_id=intake.pk,
                ground_code="no-jurisdiction",
                reason=REASON,
                actor=officer,
                at=datetime.fromisoformat(at),
            )


def _officer(court_id: str) -> Actor:
    with acting(SYSTEM):
        post = Post.objects.select_related("account").get(court_id=court_id, role="filing_officer")
    return Actor.staff(
        post.account_id,
        post_id=post.pk,
        unit_id=court_id,
        roles=frozenset({post.role}),
        name=post.account.name,
    )


def _intake(plaintiff: str, officer: Actor) -> Intake:
    return queries.intakes_for(officer).get(parties_line__contains=plaintiff)


if __name__ == "__main__":
    serve(
        {
            "prepare": prepare,
            "accounts": accounts,
            "take_up": take_up,
            "accept": accept,
            "reject": reject,
            "pump": Pump(),
        }
    )
