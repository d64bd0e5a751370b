"""A process reads its keys once, and again after they were turned."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from xiezhi.security.keys import KeyFileRefused, create_keys, forget, peers, ring
from xiezhi.security.keys.rotation import rotate_secret

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_ring_is_read_anew_after_a_rotation(tmp_path: Path, settings: Settings) -> None:
    settings.XIEZHI_SITE_DIRECTORY = tmp_path / "court"
    create_keys(tmp_path / "court" / "keys", AT)
    assert ring().fields.current.version == 1
    rotate_secret(tmp_path / "court" / "keys", "field", AT)
    assert ring().fields.current.version == 2
    assert peers().by_site == {}
    forget()


def test_ring_refuses_a_site_without_keys(tmp_path: Path, settings: Settings) -> None:
    settings.XIEZHI_SITE_DIRECTORY = tmp_path / "court"
    with pytest.raises(KeyFileRefused):
        ring()
