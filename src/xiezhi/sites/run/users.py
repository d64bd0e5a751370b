"""Unix accounts: with root one per site and one for the ferry, else the one that started us."""

import grp
import os
import pwd
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xiezhi.sites.run import children
from xiezhi.sites.run.children import Account
from xiezhi.sites.run.places import SITES, Home

FERRY = "xiezhi-ferry"
_PRIVATE = 0o700
_TRAY = 0o2770  # what is put in belongs to the ferry's group
_PASS = 0o711
_LISTED = 0o755  # the ferry finds the trays by listing; only the names of sites stand there
_OURS = "import django, xiezhi.sites.cli"


@dataclass(frozen=True)
class Accounts:
    """Who runs what. ``None`` is the account that started us."""

    databases: Mapping[str, Account | None]
    programs: Mapping[str, Account | None]
    ferry: Account | None
    note: str

    @property
    def separate(self) -> bool:
        """Return whether the operating system keeps the sites apart."""
        return self.ferry is not None


def choose_accounts(home: Path) -> Accounts:
    """Return one account per site and one for the ferry where the system lets us.

    Without root everything runs as the account that started us. With root, where the interpreter
    or the code lies in a folder that other accounts cannot enter, only the databases are apart.
    """
    nobody_else: dict[str, Account | None] = dict.fromkeys(SITES)
    if os.geteuid() != 0:
        note = "没有 root 权限：两个站点以同一系统用户运行，由目录权限和数据库口令隔开。"
        return Accounts(nobody_else, nobody_else, None, note)
    sites: dict[str, Account | None] = {site: _account(f"xiezhi-{site}") for site in SITES}
    ferry = _account(FERRY)
    if not _reachable(home, ferry):
        note = (
            "其他系统用户进不了程序所在目录：Python 进程都以 root 运行，只有数据库分用户。"
            "把仓库移到各级目录都可进入的地方即可分开。"
        )
        return Accounts(sites, nobody_else, None, note)
    note = f"各站点用户：{'、'.join(f'xiezhi-{site}' for site in SITES)}；摆渡用户：{FERRY}。"
    return Accounts(sites, sites, ferry, note)


def prepare_folders(home: Home, accounts: Accounts) -> None:
    """Make all folders and give each to the account that alone may enter it. Idempotent."""
    home.root.mkdir(parents=True, exist_ok=True)
    home.root.chmod(_PASS if os.geteuid() == 0 else _PRIVATE)
    home.spool.mkdir(exist_ok=True)
    home.spool.chmod(_LISTED if accounts.separate else _PRIVATE)
    for site in SITES:
        for folder in home.site(site).private:
            _give(folder, accounts.databases[site], _PRIVATE)
        mode = _TRAY if accounts.separate else _PRIVATE
        for tray in home.trays(site):
            _give(tray, accounts.programs[site], mode, group=accounts.ferry)


def give_made(home: Home, accounts: Accounts) -> None:
    """Hand what root made for the sites (files, logs, parcels) to the accounts that go on with it.

    The database and the keys stay as they are: two of the passwords are root's alone.
    """
    for site, account in accounts.programs.items():
        if account is None:
            continue
        own = home.site(site)
        made = [f for f in own.root.iterdir() if f not in {own.cluster, own.keys}]
        for folder in (*made, home.spool / site):
            for path in (folder, *folder.rglob("*")):
                os.chown(path, account.uid, -1, follow_symlinks=False)


def _give(folder: Path, account: Account | None, mode: int, group: Account | None = None) -> None:
    folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    if account is not None:
        os.chown(folder, account.uid, (group or account).gid)
    folder.chmod(mode)


def _account(name: str) -> Account:
    """Return the system account ``name``, made now if it is missing; it can never log in."""
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        argv = ["useradd", "--system", "--user-group", "--no-create-home"]
        argv += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", name]
        subprocess.run(argv, check=True, capture_output=True)
        entry = pwd.getpwnam(name)
    return Account(name, entry.pw_uid, grp.getgrgid(entry.pw_gid).gr_gid)


def _reachable(home: Path, account: Account) -> bool:
    """Try it: whether ``account`` can run this interpreter, import our code and enter the home."""
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(_PASS)
    code = f"import os; {_OURS}; os.stat({str(home / '.')!r})"
    try:
        done = children.run([sys.executable, "-c", code], env={"PATH": os.defpath}, account=account)
    except PermissionError:
        return False
    return done.returncode == 0
