"""The launcher with a real server: first start, kills, roles, sockets."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.plumbing.conftest import SUPERUSER, database_account, new_cluster
from xiezhi.sites.run import roles
from xiezhi.sites.run.postgres import (
    Cluster,
    ClusterFaultError,
    prepare_socket_folder,
    socket_folder,
)

OWNER, APP = "owner-word", "app-word"


@pytest.fixture
def site(cluster: Cluster) -> Cluster:
    cluster.start()
    cluster.wait(SUPERUSER)
    with cluster.connect(SUPERUSER) as connection:
        roles.create_roles(connection, owner=OWNER, app=APP)
    roles.create_database(cluster, SUPERUSER)
    with as_owner(cluster) as connection:
        connection.execute("CREATE TABLE paper (id serial PRIMARY KEY, word text)")
    return cluster


def as_owner(cluster: Cluster) -> psycopg.Connection:
    return cluster.connect(OWNER, user=roles.OWNER, database=roles.DATABASE)


def as_app(cluster: Cluster) -> psycopg.Connection:
    return cluster.connect(APP, user=roles.APP, database=roles.DATABASE)


def test_committed_rows_survive_a_killed_server(site: Cluster) -> None:
    with as_app(site) as connection:
        connection.execute("INSERT INTO paper (word) VALUES ('起诉状')")
    assert site.process is not None
    site.process.kill()
    site.process.wait()

    site.wait(SUPERUSER)

    with as_app(site) as connection:
        assert connection.execute("SELECT word FROM paper").fetchall() == [("起诉状",)]


def test_the_log_names_a_failure_without_what_was_written(site: Cluster) -> None:
    with as_owner(site) as connection:
        connection.execute("CREATE UNIQUE INDEX paper_word ON paper (word)")
    with as_app(site) as connection:
        connection.execute("INSERT INTO paper (word) VALUES ('甲某')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO paper (word) VALUES ('甲某')")

    log = site.log.read_text()

    assert "paper_word" in log
    assert "甲某" not in log


FORBIDDEN = (
    b"TRUNCATE paper",
    b"DROP TABLE paper",
    b"CREATE TABLE other (id int)",
    b"ALTER TABLE paper ADD COLUMN more int",
    b"SET ROLE xiezhi_owner",
    b"ALTER ROLE xiezhi_app BYPASSRLS",
    b"COPY paper TO PROGRAM 'true'",
    b"SELECT pg_read_file('PG_VERSION')",
)


def test_the_app_role_reaches_rows_and_nothing_else(site: Cluster) -> None:
    for statement in FORBIDDEN:
        with as_app(site) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


def test_the_app_role_reads_and_writes_rows(site: Cluster) -> None:
    with as_app(site) as connection:
        connection.execute("INSERT INTO paper (word) VALUES ('一')")
        connection.execute("UPDATE paper SET word = '二'")
        connection.execute("DELETE FROM paper")

        assert connection.execute("SELECT count(*) FROM paper").fetchone() == (0,)


def test_roles_are_made_again_without_harm(site: Cluster) -> None:
    with site.connect(SUPERUSER) as connection:
        roles.create_roles(connection, owner=OWNER, app="new-word")
    roles.create_database(site, SUPERUSER)

    with pytest.raises(psycopg.OperationalError):
        as_app(site)
    with site.connect("new-word", user=roles.APP, database=roles.DATABASE) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (roles.APP,)


def test_nobody_enters_without_the_password_or_by_the_network(site: Cluster) -> None:
    with pytest.raises(psycopg.OperationalError):
        site.connect("")
    with site.connect(SUPERUSER) as connection:
        row = connection.execute("SHOW listen_addresses").fetchone()

    assert row == ("",)


def test_the_server_never_runs_as_root(site: Cluster) -> None:
    assert site.process is not None
    status = Path(f"/proc/{site.process.pid}/status").read_text()
    uids = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1:]

    assert "0" not in uids


def test_a_killed_launcher_takes_the_server_with_it(place: Path) -> None:
    root = place / "site"
    new_cluster(root, database_account()).create(SUPERUSER)
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(root), SUPERUSER],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert launcher.stdout is not None
    server = int(launcher.stdout.readline())
    handle = os.pidfd_open(server)
    launcher.send_signal(signal.SIGKILL)
    launcher.wait()
    launcher.stdout.close()

    signalled = wait_for_end(handle, seconds=10)

    os.close(handle)
    assert signalled


LAUNCHER = """
import signal, sys
from pathlib import Path
from tests.plumbing.conftest import database_account, new_cluster
cluster = new_cluster(Path(sys.argv[1]), database_account())
process = cluster.start()
cluster.wait(sys.argv[2])
print(process.pid, flush=True)
signal.pause()
"""


def wait_for_end(handle: int, *, seconds: float) -> bool:
    """Return whether the process behind a pidfd ended in time."""
    return bool(select.select([handle], [], [], seconds)[0])


def test_a_cluster_of_another_major_version_is_refused(cluster: Cluster) -> None:
    (cluster.data / "PG_VERSION").write_text("15\n")

    with pytest.raises(ClusterFaultError, match="PostgreSQL 15"):
        cluster.start()


def test_an_interrupted_creation_is_begun_again(place: Path) -> None:
    made = new_cluster(place / "site", database_account())
    half = place / "site/pg.new"
    half.mkdir()
    (half / "rest").touch()
    (place / "site/initdb.secret").touch()

    made.create(SUPERUSER)

    assert made.exists


def test_a_long_path_gets_a_short_socket_folder() -> None:
    deep = Path("/srv") / ("deep/" * 30)

    short = socket_folder(deep)

    assert (short == socket_folder(deep), len(str(short)) < 60, short != deep) == (True,) * 3
    assert socket_folder(Path("/srv/run")) == Path("/srv/run")


def test_a_socket_folder_of_another_account_is_refused(place: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder to another account")
    folder = place / "taken"
    folder.mkdir()
    os.chown(folder, 12345, 12345)

    with pytest.raises(ClusterFaultError, match="其他用户"):
        prepare_socket_folder(folder, database_account())
