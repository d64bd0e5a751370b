"""The public pages: the answer below the form, findings that keep what was typed."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_index(client: Client) -> None:
    assert client.get("/law/").status_code == 200
