"""The database of each site: the one named in the environment, else a cluster of our own."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from xiezhi.sites.continuity.archive import archiving
from xiezhi.sites.run import roles
from xiezhi.sites.run.binaries import cache_for, find_binaries
from xiezhi.sites.run.children import Account
from xiezhi.sites.run.places import Home, SiteHome
from xiezhi.sites.run.postgres import Cluster, ClusterFaultError, prepare_socket_folder

_SUPERUSER = "superuser"


@dataclass
class SiteDatabase:
    """How a site reaches its database as each role, and the cluster if it is ours."""

    site: str
    app_url: str
    owner_url: str
    cluster: Cluster | None
    passwords: Mapping[str, str]

    def environ(self, *, owner: bool = False) -> dict[str, str]:
        """Return the addresses for a process of this site: the owner's for migrations only."""
        name = f"DATABASE_URL_{self.site.upper()}"
        if owner:
            return {f"{name}_OWNER": self.owner_url, "XIEZHI_DB_ROLE": "owner"}
        return {name: self.app_url}

    def ready(self) -> None:
        """Wait for the server, then make roles and database where they are missing. Idempotent."""
        if self.cluster is None:
            return
        superuser = self.passwords[_SUPERUSER]
        self.cluster.wait(superuser)
        marker = self.cluster.data / "xiezhi.ready"
        if marker.exists():
            return
        with self.cluster.connect(superuser) as connection:
            roles.create_roles(
                connection, owner=self.passwords[roles.OWNER], app=self.passwords[roles.APP]
            )
        roles.create_database(self.cluster, superuser)
        marker.touch()


def site_database(home: Home, site: str, account: Account | None) -> SiteDatabase:
    """Describe the database of ``site``; make its cluster on the first start, without starting it.

    Refuses: ``ClusterFaultError``, ``BinariesMissingError``.
    """
    name = f"DATABASE_URL_{site.upper()}"
    if given := os.environ.get(name):
        owner = os.environ.get(f"{name}_OWNER")
        if owner is None:
            raise ClusterFaultError(f"给出了 {name}，还需给出 {name}_OWNER（迁移所用的角色）。")
        return SiteDatabase(site, given, owner, None, {})
    place = home.site(site)
    passwords = passwords_of(place, account)
    prepare_socket_folder(cluster_of(home, place, account).sockets, account)
    cluster = cluster_of(home, place, account)
    if not cluster.exists:
        _refuse_beside_a_restore(cluster.data)
        cluster.create(passwords[_SUPERUSER])
    return SiteDatabase(
        site,
        cluster.url(roles.APP, passwords[roles.APP], roles.DATABASE),
        cluster.url(roles.OWNER, passwords[roles.OWNER], roles.DATABASE),
        cluster,
        passwords,
    )


def _refuse_beside_a_restore(data: Path) -> None:
    """Make no empty cluster where an interrupted restore has just moved the old one aside."""
    if any(data.parent.glob(f"{data.name}.before-*")):
        text = f"{data} 不在，旁边有移开的旧数据库：恢复没有做完，请再运行 xiezhi restore。"
        raise ClusterFaultError(text)


def cluster_of(home: Home, place: SiteHome, account: Account | None) -> Cluster:
    """Describe the site's own cluster, whether or not it was made yet."""
    return Cluster(
        data=place.cluster,
        sockets=place.sockets,
        log=place.log / "postgres.log",
        binaries=find_binaries(cache_for(home.root)),
        account=account,
        settings=archiving(),
    )


def passwords_of(place: SiteHome, account: Account | None) -> dict[str, str]:
    """Return the three passwords, drawn and written down on the first start.

    With root, only the app role's belongs to the site's account: the others stay root's.
    """
    owners = {roles.APP: account, roles.OWNER: None, _SUPERUSER: None}
    return {
        role: _secret(place.keys / f"database_{role.removeprefix('xiezhi_')}", owner)
        for role, owner in owners.items()
    }


def _secret(path: Path, account: Account | None) -> str:
    if not path.exists():
        fresh = path.with_name(f".{path.name}.new")
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_text(roles.new_password())
        if account is not None:
            shutil.chown(fresh, account.uid, account.gid)
        fresh.rename(path)
    return path.read_text().strip()
