"""Homes, accounts and the command line of the launcher."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from xiezhi.sites import cli
from xiezhi.sites.run.options import parse
from xiezhi.sites.run.places import SITES, AlreadyRunningError, Home, open_to_all
from xiezhi.sites.run.reset import main as reset
from xiezhi.sites.run.table import Ports, programs
from xiezhi.sites.run.users import Accounts, choose_accounts, prepare_folders


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_home_serves_one_supervisor(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.lock(), pytest.raises(AlreadyRunningError, match=str(os.getpid())):
        home.lock()
    home.lock().close()


def test_without_separate_accounts_every_folder_is_private(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    alone = Accounts(dict.fromkeys(SITES), dict.fromkeys(SITES), None, "")

    prepare_folders(home, alone)
    prepare_folders(home, alone)

    made = [f for site in SITES for f in (*home.site(site).private, *home.trays(site))]
    assert {mode(folder) for folder in made} == {0o700}


def test_with_root_each_account_enters_its_own_folders_alone(place: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give folders to accounts")
    home = Home(place / "home")
    accounts = choose_accounts(home.root)
    prepare_folders(home, accounts)
    if not accounts.separate:
        pytest.skip("this checkout lies where other accounts cannot enter")
    reached = {
        (name, folder.relative_to(home.root).as_posix())
        for name in ("xiezhi-service", "xiezhi-court", "xiezhi-ferry")
        for folder in (home.spool / "service/out/court", home.site("court").keys, home.spool)
        if can_list(name, folder)
    }

    assert reached == {
        ("xiezhi-service", "spool"),
        ("xiezhi-court", "spool"),
        ("xiezhi-ferry", "spool"),
        ("xiezhi-service", "spool/service/out/court"),
        ("xiezhi-ferry", "spool/service/out/court"),
        ("xiezhi-court", "court/keys"),
    }


def can_list(account: str, folder: Path) -> bool:
    argv = [sys.executable, "-c", "import os, sys; os.listdir(sys.argv[1])", str(folder)]
    done = subprocess.run(argv, user=account, group=account, extra_groups=[], capture_output=True)  # noqa: PLW1510
    return done.returncode == 0


def test_a_closed_folder_above_closes_all_below(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    assert open_to_all(closed / "..") == open_to_all(tmp_path)
    assert open_to_all(closed) is False


def test_ports_follow_their_base_and_give_way_to_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIEZHI_PORT_BASE", "9000")
    monkeypatch.setenv("XIEZHI_PORT_COURT", "4444")

    ports = Ports.from_environment()

    assert ports.by_name == {
        "service": 9000,
        "service_live": 9001,
        "court": 4444,
        "court_live": 9101,
    }
    assert ports.url("court") == "http://127.0.0.1:4444/"


def test_each_site_gets_the_same_processes_and_there_is_one_ferry() -> None:
    names = [p.name for p in programs(Ports.from_environment(8000), Path("/spool"))]

    kinds = ("web", "live", "exchange", "worker")
    assert sorted(names) == sorted(["ferry", *(f"{s}.{kind}" for s in SITES for kind in kinds)])


@pytest.mark.parametrize(
    ("only", "chosen", "needed"),
    [
        ("", ["service.web", "court.web", "ferry"], ["service", "court"]),
        ("court", ["court.web"], ["court"]),
        ("service.web,ferry", ["service.web", "ferry"], ["service"]),
    ],
)
def test_only_chooses_sites_or_processes(only: str, chosen: list[str], needed: list[str]) -> None:
    options = parse(["--only", only])

    assert [n for n in ("service.web", "court.web", "ferry") if options.chosen(n)] == chosen
    assert [site for site in SITES if options.needs_database(site)] == needed


def test_reset_leaves_what_is_not_ours(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for folder in (home.site("court").keys, home.spool / "court/in"):
        folder.mkdir(parents=True)
    home.demo_accounts.touch()
    (tmp_path / "letter.txt").touch()

    assert reset(["--home", str(tmp_path), "--yes"]) == 0

    assert sorted(p.name for p in tmp_path.iterdir()) == ["letter.txt", "supervisor.lock"]


def test_reset_refuses_a_running_installation(tmp_path: Path) -> None:
    with Home(tmp_path).lock():
        assert reset(["--home", str(tmp_path), "--yes"]) == 1


def test_the_command_line_knows_its_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main(["--help"])

    printed = capsys.readouterr().out
    assert [name for name in cli.COMMANDS if name not in printed] == []


def test_help_loads_neither_django_nor_the_launcher() -> None:
    code = (
        "import sys\nfrom xiezhi.sites import cli\n"
        "try:\n    cli.main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'django', 'psycopg'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"
