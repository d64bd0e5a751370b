"""Background work on files."""

from datetime import UTC, datetime

import structlog
from procrastinate.contrib.django import app

from xiezhi.files.actions.rewrap_keys import rewrap_keys
from xiezhi.files.actions.sweep_store import sweep_store

REWRAPPED_AT_ONCE = 500

log = structlog.get_logger(__name__)


@app.periodic(cron="41 3 * * *")
@app.task(name="files.sweep", queueing_lock="files.sweep")
def sweep(timestamp: int) -> None:
    """Remove what power cuts left in the store."""
    log.info("store swept", removed=sweep_store(at=datetime.fromtimestamp(timestamp, UTC)))


@app.periodic(cron="*/10 * * * *")
@app.task(name="files.rewrap", queueing_lock="files.rewrap")
def rewrap(timestamp: int) -> None:
    """Bring data keys under the current master key, a batch at a time."""
    if done := rewrap_keys(limit=REWRAPPED_AT_ONCE):
        log.info("data keys wrapped anew", done=done, minute=timestamp)
