"""Neither site's process can open the other's database, import its code, or read its keys."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

from tests.system.stack import ROOT, Stack

PAIRS = [("service", "court"), ("court", "service")]
PROBE = """
import os, socket, sys
home, other = sys.argv[1:]
def refused(what):
    try:
        what()
    except PermissionError:
        return "refused"
    except OSError as error:
        return type(error).__name__
    return "open"
def connect():
    for folder in (f"{home}/{other}/run", f"/tmp/xiezhi-{other}"):
        probe = socket.socket(socket.AF_UNIX)
        probe.connect(f"{folder}/.s.PGSQL.5432")
print(refused(connect))
print(refused(lambda: os.listdir(f"{home}/{other}/keys")))
print(refused(lambda: os.listdir(f"{home}/{other}/blobs")))
print(refused(lambda: os.listdir(f"{home}/{other}")))
print(refused(lambda: os.listdir(f"{home}/spool/{other}")))
"""


def user_of(pid: int) -> pwd.struct_passwd:
    return pwd.getpwuid(Path(f"/proc/{pid}").stat().st_uid)


@pytest.fixture
def apart(stack: Stack) -> Stack:
    if os.geteuid() != 0:
        pytest.skip("without root every process runs as one user")
    users = {user_of(stack.pids()[f"{site}.web"]).pw_name for site in ("service", "court")}
    if len(users) < 2:
        pytest.skip("this checkout lies where the sites' own users cannot read it")
    return stack


@pytest.mark.rule("security.isolation")
@pytest.mark.parametrize(("own", "other"), PAIRS)
def test_a_site_cannot_open_what_is_the_other_sites(apart: Stack, own: str, other: str) -> None:
    user = user_of(apart.pids()[f"{own}.web"])

    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(apart.home), other],
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=os.getgrouplist(user.pw_name, user.pw_gid),
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert done.stdout.split() == ["refused"] * 5


@pytest.mark.rule("security.isolation")
def test_the_ferry_reaches_the_trays_and_nothing_else(apart: Stack) -> None:
    user = user_of(apart.pids()["ferry"])
    program = (
        "import os, sys\nfor path in sys.argv[1:]:\n"
        "    try:\n        os.listdir(path); print('open')\n"
        "    except PermissionError:\n        print('refused')\n"
    )
    trays = [apart.home / "spool/service/out/court", apart.home / "spool/court/in/service"]
    closed = [
        apart.home / site / part for site in ("service", "court") for part in ("keys", "blobs")
    ]

    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, [*trays, *closed])],
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=os.getgrouplist(user.pw_name, user.pw_gid),
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert done.stdout.split() == ["open"] * 2 + ["refused"] * 4


@pytest.mark.rule("security.isolation")
@pytest.mark.parametrize(("own", "other"), PAIRS)
def test_a_site_is_not_told_the_other_sites_database(stack: Stack, own: str, other: str) -> None:
    for part in ("web", "live", "worker", "exchange"):
        pid = stack.pids()[f"{own}.{part}"]
        environ = Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace")
        assert f"DATABASE_URL_{own.upper()}=" in environ
        assert f"DATABASE_URL_{other.upper()}" not in environ
        assert "_OWNER=" not in environ


@pytest.mark.parametrize(
    ("own", "foreign"),
    [("service", "xiezhi.casework"), ("court", "xiezhi.identity.people")],
)
@pytest.mark.rule("security.isolation")
def test_a_site_cannot_import_the_other_sites_code(own: str, foreign: str) -> None:
    program = f"import django; django.setup(); import {foreign}.models"
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("XIEZHI_", "DATABASE"))}

    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environ | {"DJANGO_SETTINGS_MODULE": f"xiezhi.sites.{own}.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 1
    assert f"the {own} site has no code of another site: {foreign}" in done.stderr
