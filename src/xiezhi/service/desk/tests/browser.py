"""A browser of a person for tests of pages."""

from __future__ import annotations

from django.test import Client

from xiezhi.identity.people.models import Account
from xiezhi.identity.people.tests.people import enter


def browser(owner: Account) -> Client:
    """Return a browser in which somebody is logged in."""
    return enter(Client(), owner)


def text(client: Client, address: str, status: int = 200) -> str:
    """Return the page at an address."""
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()
