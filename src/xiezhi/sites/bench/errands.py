"""What a visitor does at both sites, step by step, as a person without JavaScript would."""

from __future__ import annotations

import re
from typing import Final

from xiezhi.sites.bench.visitor import Page, Visitor
from xiezhi.sites.demo import papers
from xiezhi.sites.demo.plan import PASSWORD, Filing

KIND: Final = "filing.civil.private_lending"
_APPLICATION: Final = re.compile(r"/applications/([0-9a-f-]{36})/")


class ErrandFailed(Exception):
    """A page was not the one expected."""


def _expect(page: Page, end: str) -> Page:
    if page.status >= 400 or not re.search(end, page.path):  # noqa: PLR2004 - the border of HTTP errors
        msg = f"expected {end}, came to {page.status} {page.path}\n{page.text[:3000]}"
        raise ErrandFailed(msg)
    return page


def register(visitor: Visitor, filing: Filing) -> None:
    """Open an account for the plaintiff; it is signed in afterwards."""
    visitor.get("/account/register/")
    person = filing.plaintiff
    fields = {
        "name": person.name,
        "id_number": person.id_number,
        "phone": person.phone,
        "password": PASSWORD,
        "agreed": "on",
    }
    _expect(visitor.post("/account/register/", fields), r"^/(?!account/register)")


def log_in(visitor: Visitor, login: str) -> None:
    """Sign in at the portal."""
    visitor.get("/account/login/")
    fields = {"login": login, "password": PASSWORD}
    _expect(visitor.post("/account/login/", fields), r"^/(?!account/login)")


def log_in_staff(visitor: Visitor, login_name: str) -> None:
    """Sign in at the court."""
    visitor.get("/account/login/")
    fields = {"login_name": login_name, "password": PASSWORD}
    _expect(visitor.post("/account/login/", fields), r"^/(?!account/login)")


def draft(visitor: Visitor, filing: Filing) -> str:
    """Fill in the whole form with its papers, up to the review page; return the application."""
    visitor.get(f"/filing/{KIND}/")
    page = visitor.post(f"/filing/{KIND}/", {"court": filing.court_id})
    application = application_of(_expect(page, r"/applications/"))
    for section, typed in filing.typed().items():
        address = f"/applications/{application}/edit/{section}/"
        visitor.get(address)
        _expect(visitor.post(address, form_fields(section, typed)), r"/edit/(?!" + section + ")")
    address = f"/applications/{application}/edit/materials/"
    files = [
        ("identity", "身份证明.png", "image/png", papers.identity_card(filing)),
        ("evidence", "借条.pdf", "application/pdf", papers.promissory_note(filing)),
    ]
    _expect(visitor.post(address, {"act": "next"}, files), r"/edit/review/$")
    return application


def submit(visitor: Visitor, application: str) -> Page:
    """Submit what stands on the review page."""
    fields = {"consent-agreed": "yes"}
    return visitor.post(f"/applications/{application}/edit/review/", fields)


def application_of(page: Page) -> str:
    """Read the application's id from the address."""
    found = _APPLICATION.search(page.path)
    if found is None:
        raise ErrandFailed(page.path)
    return found.group(1)


def form_fields(section: str, typed: object) -> list[tuple[str, str]]:
    """Name the fields as the wizard does: section and field, numbered where a section repeats."""
    if isinstance(typed, list):
        return [
            (f"{section}-{number}-{name}", str(value))
            for number, item in enumerate(typed)
            for name, value in item.items()
        ]
    if isinstance(typed, dict):
        return [(f"{section}-{name}", str(value)) for name, value in typed.items()]
    raise TypeError(typed)
