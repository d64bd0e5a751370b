"""The measure of the bulk lane: one attachment of 500 MB, its speed and its memory."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from xiezhi.sites.bench.installation import Installation, memory_mb
from xiezhi.sites.bench.table import Measure

MEGABYTE: Final = 1_000_000
SIZE: Final = 500 * MEGABYTE
SAMPLE_EVERY: Final = 0.1
EXCHANGES: Final = ("court.exchange", "service.exchange")


def attachments() -> Iterator[Measure]:
    """Measure the largest attachment on an installation of its own."""
    with Installation(filings=0) as installation:
        installation.start()
        roots = {name: installation.pids()[name] for name in EXCHANGES}
        idle = memory_mb(roots)
        took, peak = _carry(installation, roots)
    yield Measure(
        "attachment of 500 MB, from site to site", f"{SIZE / took / MEGABYTE:.0f} MB/s", "≥ 40 MB/s"
    )
    for name in EXCHANGES:
        yield Measure(
            f"memory meanwhile, {name} with the inspection",
            f"{peak[name]:.0f} MB ({idle[name]:.0f} MB idle)",
            "≤ 100 MB",
        )


def _carry(installation: Installation, roots: dict[str, int]) -> tuple[float, dict[str, float]]:
    environ = Path(f"/proc/{installation.pids()['court.web']}/environ").read_bytes().decode()
    settings = dict(pair.split("=", 1) for pair in environ.split("\0") if "=" in pair)
    peak = dict.fromkeys(roots, 0.0)
    # What it stores must be readable by the site's own user.
    owner = (installation.home / "court").stat()
    with subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "xiezhi.sites.bench.attachments_side", str(SIZE)],
        env=settings | {"XIEZHI_PROCESS": "bench"},
        stdout=subprocess.PIPE,
        text=True,
        user=owner.st_uid,
        group=owner.st_gid,
    ) as side:
        while side.poll() is None:
            for name, used in memory_mb(roots).items():
                peak[name] = max(peak[name], used)
            time.sleep(SAMPLE_EVERY)
        written = side.stdout.read() if side.stdout else ""
    if side.returncode:
        raise RuntimeError(installation.log())
    return float(written), peak
