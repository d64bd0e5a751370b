"""A command given by hand finds the installation and its site's database."""

from __future__ import annotations

from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from xiezhi.sites.run.reach import reach


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home that the environment names, and no address of a database."""
    monkeypatch.setenv("XIEZHI_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL_SERVICE", raising=False)
    keys = tmp_path / "service" / "keys"
    keys.mkdir(parents=True)
    (keys / "database_app").write_text("secret-word\n")
    return tmp_path


def test_the_database_is_reached_as_the_app_role_by_its_socket(home: Path) -> None:
    found = conninfo_to_dict(reach("service")["DATABASE_URL_SERVICE"])

    assert (found["user"], found["password"], found["dbname"]) == (
        *("xiezhi_app", "secret-word"),
        "xiezhi",
    )
    assert Path(str(found["host"])).is_absolute()


def test_an_address_that_is_given_is_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL_SERVICE", "postgresql://elsewhere/x")

    assert reach("service") == {}


def test_without_a_password_no_address_is_made_up(home: Path) -> None:
    assert reach("court") == {}


def test_the_home_is_said_when_the_environment_does_not(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XIEZHI_HOME")

    assert Path(reach("court")["XIEZHI_HOME"]).is_absolute()
