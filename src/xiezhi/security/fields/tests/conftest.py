"""A table of people in the test database, made by its owner: the app role may not."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import psycopg
import pytest
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps
from pytest_django.fixtures import Settings

from xiezhi.foundation.ids import uuid7
from xiezhi.security.fields import (
    BlindIndexField,
    EncryptedJSONField,
    EncryptedTextField,
    normal_forms,
)
from xiezhi.security.keys import create_keys, forget

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

TABLE = """
CREATE TABLE IF NOT EXISTS fields_person (
    id uuid PRIMARY KEY, name varchar(50) NOT NULL, id_number bytea, details bytea,
    id_number_index varchar(80) UNIQUE
)
"""

with isolate_apps("xiezhi.security.audit"):

    class Person(models.Model):
        """Somebody with an identifier."""

        id = models.UUIDField(primary_key=True, default=uuid7)
        name = models.CharField(max_length=50)
        id_number = EncryptedTextField(null=True)
        details = EncryptedJSONField(null=True, default=dict)
        id_number_index = BlindIndexField(
            source="id_number", normalise=normal_forms.id_number, unique=True
        )

        objects: ClassVar[models.Manager["Person"]] = models.Manager()

        class Meta:
            """Lives in the temporary table."""

            app_label = "security_audit"
            db_table = "fields_person"

        def __str__(self) -> str:
            return str(self.pk)


@pytest.fixture
def keys(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """Give the test keys of its own, which it may turn."""
    settings.XIEZHI_SITE_DIRECTORY = tmp_path / "court"
    directory = tmp_path / "court" / "keys"
    create_keys(directory, AT)
    yield directory
    forget()


@pytest.fixture
def person_table(keys: Path, owned_table: None, db: None) -> type[Person]:
    """Give the model with its table and keys."""
    return Person


@pytest.fixture
def owned_table(django_db_setup: None) -> None:
    """Make the table if this copy of the database does not have it yet."""
    address = os.environ[f"DATABASE_URL_{settings.XIEZHI_SITE.upper()}_OWNER"]
    with psycopg.connect(address) as owner:
        owner.execute(TABLE)
