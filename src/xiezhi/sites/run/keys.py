"""Make the keys of one site and pin its peer, as the site's own account.

``python -m xiezhi.sites.run.keys create <keys folder>`` prints what the peer is to pin;
``python -m xiezhi.sites.run.keys pin <keys folder>`` reads what a peer printed.
"""

import os
import secrets
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from xiezhi.security.keys import KeyRing, create_keys
from xiezhi.security.keys.peers import export_identities, pin_peer
from xiezhi.security.keys.records import suite_name

# The demonstration city is dated back; its messages are sealed under its own clock.
DEMONSTRATION_SPAN = timedelta(days=60)
DJANGO_SECRET = "django_secret"  # noqa: S105  # the name of a file


def create(folder: Path) -> str:
    """Make what is missing and return the public identities. Idempotent."""
    secret = folder / DJANGO_SECRET
    if not secret.exists():
        handle = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
    now = datetime.now(UTC)
    ring: KeyRing = create_keys(
        folder,
        now,
        algorithm=suite_name(os.environ.get("XIEZHI_CRYPTO_SUITE", "national")),
        valid_from=now - DEMONSTRATION_SPAN,
    )
    return export_identities(ring)


def main(argv: list[str]) -> int:
    """Run one of the two commands above."""
    command, folder = argv
    if command == "create":
        sys.stdout.write(create(Path(folder)))
    else:
        pin_peer(Path(folder), sys.stdin.read())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
