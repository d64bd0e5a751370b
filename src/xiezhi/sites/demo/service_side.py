"""What the service site does in the demonstration: people register and file."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402 - Django must be ready before its apps are imported

from xiezhi import directory  # noqa: E402 - Django must be ready before its apps are imported
from xiezhi.directory.actions.load_courts import load_courts  # noqa: E402
from xiezhi.foundation.actors import Actor  # noqa: E402
from xiezhi.foundation.transactions import acting  # noqa: E402
from xiezhi.identity.operators.actions.add_operator import add_operator  # noqa: E402
from xiezhi.identity.operators.queries import operators_for  # noqa: E402
from xiezhi.identity.operators.roles import Role  # noqa: E402
from xiezhi.identity.people.actions.register import register  # noqa: E402
from xiezhi.identity.people.queries import find_by_login  # noqa: E402
from xiezhi.service.desk import queries  # noqa: E402
from xiezhi.service.desk.actions.attach_material import attach_material  # noqa: E402
from xiezhi.service.desk.actions.save_draft import save_draft  # noqa: E402
from xiezhi.service.desk.actions.start_draft import start_draft  # noqa: E402
from xiezhi.service.desk.actions.submit import submit  # noqa: E402
from xiezhi.sites.demo import papers  # noqa: E402
from xiezhi.sites.demo.channel import serve  # noqa: E402
from xiezhi.sites.demo.people import Person  # noqa: E402
from xiezhi.sites.demo.plan import PASSWORD, Fate, Filing  # noqa: E402
from xiezhi.sites.demo.pump import Pump  # noqa: E402

KIND = "filing.civil.private_lending"
SYSTEM = Actor.system("demo")
OPERATOR = "yunwei"
COURTS = Path(directory.__file__).parent / "data/demonstration.toml"


def prepare(*, at: str) -> None:
    """Load the courts."""
    del at
    with acting(SYSTEM):
        load_courts(path=COURTS)


def operator() -> list[str]:
    """Add the operator of the demonstration, unless there; return login name, role and secret."""
    with acting(SYSTEM):
        found = operators_for(SYSTEM).filter(login_name=OPERATOR).first()
        if found is None:
            found = add_operator(
                login_name=OPERATOR,
                name="癸运维",
                role=Role.SYSTEM_ADMIN,
                actor=SYSTEM,
                at=timezone.now(),
                password=PASSWORD,
                demonstration=True,
            ).operator
        return [found.login_name, found.role_label, found.secret]


def file(*, filing: dict[str, Any], at: str) -> None:
    """Register the plaintiff, fill in the form, attach papers and, unless a draft, submit."""
    told = _filing(filing)
    moment = datetime.fromisoformat(at)
    person = _account(told.plaintiff, moment)
    with acting(person):
        if queries.applications(person).exists():
            return
    with acting(person):
        draft = start_draft(kind_code=KIND, court_id=told.court_id, actor=person, at=moment)
    for revision, (section, typed) in enumerate(told.typed().items(), start=1):
        with acting(person):
            save_draft(
                application_id=draft.pk,
                section=section,
                typed=typed,  # type: ignore[arg-type]
                revision=revision + 1000,
                page="demo",
                actor=person,
                at=moment,
            )
    for category, name, content in (
        ("identity", "身份证明.png", papers.identity_card(told)),
        ("evidence", "借条.pdf", papers.promissory_note(told)),
        ("evidence", "转账凭证.png", papers.transfer_slip(told)),
    ):
        with acting(person):
            attach_material(
                application_id=draft.pk,
                category=category,
                stream=io.BytesIO(content),
                name=name,
                actor=person,
                at=moment,
            )
    if told.fate is not Fate.DRAFT:
        with acting(person):
            submit(application_id=draft.pk, consented=True, actor=person, at=moment)


def _account(person: Person, at: datetime) -> Actor:
    with acting(SYSTEM):
        found = find_by_login(person.phone).account
        account = found or register(
            name=person.name,
            id_number=person.id_number,
            phone=person.phone,
            password=PASSWORD,
            actor=SYSTEM,
            at=at,
        )
    return Actor.person(account.pk, name=account.name)


def _filing(values: dict[str, Any]) -> Filing:
    return Filing(
        **values
        | {
            "plaintiff": Person(**values["plaintiff"]),
            "defendant": Person(**values["defendant"]),
            "lent_on": date.fromisoformat(values["lent_on"]),
            "due_on": date.fromisoformat(values["due_on"]),
            "at": datetime.fromisoformat(values["at"]),
            "fate": Fate(values["fate"]),
        }
    )


if __name__ == "__main__":
    serve({"prepare": prepare, "operator": operator, "file": file, "pump": Pump()})
