"""What must stand before the processes start: keys, migrated tables, a demonstration city."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from xiezhi.sites.run import children
from xiezhi.sites.run.children import Account
from xiezhi.sites.run.console import say
from xiezhi.sites.run.databases import SiteDatabase
from xiezhi.sites.run.places import REPOSITORY, SITES, Home
from xiezhi.sites.run.table import TITLES
from xiezhi.sites.run.users import Accounts, give_made

PACKAGES = Path(__file__).resolve().parents[2]


class ProvisionFaultError(Exception):
    """Say which step before the start failed, and what it printed."""


def provide_keys(home: Home, accounts: Accounts, env: Mapping[str, str]) -> None:
    """Make each site's keys and let each pin the other's public ones, once.

    Here one machine runs both sites, so the introduction needs no people comparing fingerprints.
    """
    pairs = [(site, peer) for site in SITES for peer in SITES if peer != site]
    if all((home.site(site).keys / "peers" / f"{peer}.json").exists() for site, peer in pairs):
        return
    say("正在生成两个站点的密钥，并互相登记公钥……")
    module = [sys.executable, "-m", "xiezhi.sites.run.keys"]
    printed = {}
    for site in SITES:
        argv = [*module, "create", str(home.site(site).keys)]
        printed[site] = _step(argv, env, accounts.programs[site])
    for site, peer in pairs:
        argv = [*module, "pin", str(home.site(site).keys)]
        _step(argv, env, accounts.programs[site], given=printed[peer])


def migrate(
    home: Home,
    databases: Mapping[str, SiteDatabase],
    accounts: Accounts,
    env: Mapping[str, str],
) -> None:
    """Bring each site's tables up to the code's migrations; skip what is unchanged since."""
    running: dict[str, subprocess.Popen[bytes]] = {}
    logs = {site: home.site(site).log / "migrate.log" for site in databases}
    prints = {site: fingerprint(database) for site, database in databases.items()}
    for site, database in databases.items():
        marker = home.site(site).root / "migrated"
        if marker.exists() and marker.read_text() == prints[site]:
            continue
        say(f"{TITLES[site]}：正在准备数据表……")
        running[site] = children.start(
            [sys.executable, "-m", "django", "migrate", "--verbosity", "1"],
            env=site_environ(env, site, "migrate") | database.environ(owner=True),
            log=logs[site],
            account=accounts.programs[site],
        )
    for site, process in running.items():
        if process.wait() != 0:
            raise ProvisionFaultError(f"数据表准备失败，日志：{logs[site]}\n{_tail(logs[site])}")
        (home.site(site).root / "migrated").write_text(prints[site])


def build_demo(
    home: Home,
    databases: Mapping[str, SiteDatabase],
    accounts: Accounts,
    env: Mapping[str, str],
) -> None:
    """Make the demonstration city on the first start; its accounts file is written last."""
    if home.demo_accounts.exists():
        return
    say("首次启动：正在通过真实业务动作建立演示城市，需要一两分钟……")
    everything = dict(env)
    for database in databases.values():
        everything |= database.environ()
    log = home.root / "demo.log"
    process = children.start(
        [sys.executable, "-m", "xiezhi.sites.cli", "demo"], env=everything, log=log, cwd=home.root
    )
    if process.wait() != 0:
        raise ProvisionFaultError(f"演示城市没有建成，日志：{log}\n{_tail(log)}")
    give_made(home, accounts)


def site_environ(env: Mapping[str, str], site: str | None, process: str) -> dict[str, str]:
    """Return the environment of one process of ``site``, without any database address."""
    chosen = {**env, "XIEZHI_PROCESS": process}
    if site is not None:
        chosen |= {
            "XIEZHI_SITE": site,
            "DJANGO_SETTINGS_MODULE": f"xiezhi.sites.{site}.settings",
        }
    return chosen


def base_environ(home: Home, extra: Mapping[str, str]) -> dict[str, str]:
    """Return what every process gets: the shell's variables without those that name databases."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DATABASE_URL")}
    for name in ("DJANGO_SETTINGS_MODULE", "XIEZHI_SITE", "XIEZHI_DB_ROLE", "NOTIFY_SOCKET"):
        kept.pop(name, None)
    kept |= {"XIEZHI_HOME": str(home.root), "PYTHONUNBUFFERED": "1", "LC_ALL": "C.UTF-8"}
    if os.geteuid() == 0:
        kept["HOME"] = "/nonexistent"
    return {**kept, **extra}


def fingerprint(database: SiteDatabase) -> str:
    """Return a digest of every migration and of the locked packages, for one database."""
    digest = hashlib.sha256(database.owner_url.encode())
    for path in sorted(PACKAGES.rglob("migrations/*.py")):
        digest.update(path.relative_to(PACKAGES).as_posix().encode() + path.read_bytes())
    lock = REPOSITORY / "uv.lock"
    if lock.exists():
        digest.update(lock.read_bytes())
    return digest.hexdigest()


def _step(argv: list[str], env: Mapping[str, str], account: Account | None, given: str = "") -> str:
    done = children.run(argv, env=env, account=account, given=given)
    if done.returncode != 0:
        raise ProvisionFaultError(f"{' '.join(argv[1:])}\n{done.stderr}")
    return done.stdout


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:])
