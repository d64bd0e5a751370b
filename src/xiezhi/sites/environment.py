"""What a site's process reads from its environment and its own directory."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any, Final

from psycopg.conninfo import conninfo_to_dict

REPOSITORY = Path(__file__).resolve().parents[3]
NOWHERE = "postgresql://xiezhi_app@/nowhere"


def home() -> Path:
    """Return the directory below which every site keeps its own."""
    return Path(os.environ.get("XIEZHI_HOME", REPOSITORY / "var"))


def site_directory(site: str) -> Path:
    """Return the directory of one site: keys, blobs, logs, database."""
    return home() / site


def database(site: str) -> dict[str, Any]:
    """Describe the site's database for Django: the app role, or the owner for migrations.

    ``DATABASE_URL_<SITE>`` and ``DATABASE_URL_<SITE>_OWNER`` hold libpq connection strings.
    A pool serves pages and streams, of which many are asked at once; jobs hold a connection of
    their own.
    """
    name = f"DATABASE_URL_{site.upper()}"
    if os.environ.get("XIEZHI_DB_ROLE") == "owner":
        name += "_OWNER"
    info = conninfo_to_dict(os.environ.get(name, NOWHERE))
    pooled = os.environ.get("XIEZHI_PROCESS") in {"web", "live"}
    size = int(os.environ.get("XIEZHI_POOL_SIZE", "8"))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": str(info.get("dbname", "")),
        "USER": str(info.get("user", "")),
        "PASSWORD": str(info.get("password", "")),
        "HOST": str(info.get("host", "")),
        "PORT": str(info.get("port", "")),
        "CONN_MAX_AGE": 0 if pooled else None,
        "CONN_HEALTH_CHECKS": True,  # a restarted server must not fail the next page
        "OPTIONS": {"pool": {"min_size": 1, "max_size": size, "timeout": 10}} if pooled else {},
    }


def secret_key(site: str) -> str:
    """Read the site's secret for sessions and forms; make one for this process if there is none."""
    path = site_directory(site) / "keys" / "django_secret"
    try:
        return path.read_text().strip()
    except (FileNotFoundError, PermissionError):
        return secrets.token_urlsafe(48)


def port(name: str, default: int) -> int:
    """Read a port from ``XIEZHI_PORT_<NAME>``."""
    return int(os.environ.get(f"XIEZHI_PORT_{name}", default))


def hosts() -> list[str]:
    """List the host names this site answers to."""
    return os.environ.get("XIEZHI_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")


def operations_hosts() -> list[str]:
    """List the host names under which the operators' pages answer; by default local ones."""
    named = os.environ.get("XIEZHI_OPERATIONS_HOSTS", "127.0.0.1,localhost,[::1],testserver")
    return [name.strip().lower() for name in named.split(",") if name.strip()]


def transports() -> dict[str, str]:
    """Read the transport towards single peers: ``XIEZHI_EXCHANGE_TRANSPORT_<PEER>``."""
    prefix = "XIEZHI_EXCHANGE_TRANSPORT_"
    return {
        name.removeprefix(prefix).lower().replace("_", "-"): value
        for name, value in os.environ.items()
        if name.startswith(prefix)
    }


EXCHANGE_NUMBERS: Final = tuple(
    f"XIEZHI_EXCHANGE_{name}"
    for name in (
        *("RESEND_SECONDS", "HELD_SECONDS", "RETRY_SECONDS", "STANDING_SECONDS", "SLACK_SECONDS"),
        *("TELL_SECONDS", "ATTACHMENT_LIMIT_BYTES", "ALARM_MINUTES", "BANNER_SECONDS"),
        *("ACCOUNT_SECONDS", "ACCOUNT_AGAIN_SECONDS", "ACCOUNT_PATIENCE_SECONDS"),
        "DISK_FLOOR_BYTES",
    )
)
"""Times and sizes of the exchange that an operator may set; the defaults stand beside their use."""


def exchange_numbers() -> dict[str, float]:
    """Read the times and sizes of the exchange that are set. Refuses: ``ValueError``."""
    given = {name: os.environ[name] for name in EXCHANGE_NUMBERS if name in os.environ}
    return {name: int(word) if word.isdigit() else float(word) for name, word in given.items()}


def nats() -> dict[str, str]:
    """Read how to reach a broker: user, password_file, ca, cert, key, replicas."""
    words = ("user", "password_file", "ca", "cert", "key", "replicas")
    found = {word: os.environ.get(f"XIEZHI_EXCHANGE_NATS_{word.upper()}", "") for word in words}
    return {word: value for word, value in found.items() if value}
