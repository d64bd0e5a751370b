"""A store and keys of its own for each test."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from xiezhi.security.keys import create_keys, forget

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def site(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """Give the folder of a site with keys and without contents."""
    folder = tmp_path / "court"
    settings.XIEZHI_SITE_DIRECTORY = folder
    create_keys(folder / "keys", AT)
    yield folder
    forget()
