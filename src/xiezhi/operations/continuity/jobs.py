"""The nightly backup, where the worker may take one."""

from __future__ import annotations

import os
import subprocess
import sys

import structlog
from django.conf import settings
from procrastinate.contrib.django import app

log = structlog.get_logger(__name__)


@app.periodic(cron="23 2 * * *")
@app.task(name="continuity.nightly", queueing_lock="continuity.nightly")
def nightly(timestamp: int) -> None:
    """Back this site up if XIEZHI_BACKUP_NIGHTLY is 1.

    Where each site has a Unix account of its own the worker cannot: the command needs passwords
    that are root's alone. There root's timer calls it, and this job only says so in the log.
    """
    if not settings.XIEZHI_BACKUP_NIGHTLY:
        return
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DATABASE_URL")}
    argv = [sys.executable, "-m", "xiezhi.sites.cli", "backup", "--site", settings.XIEZHI_SITE]
    done = subprocess.run(argv, env=kept, capture_output=True, text=True, check=False)  # noqa: S603  # our own command
    told = done.stdout.strip().splitlines()[-1:]
    if done.returncode != 0:
        log.error("nightly backup failed", told=told, minute=timestamp)
    else:
        log.info("nightly backup taken", told=told, minute=timestamp)
