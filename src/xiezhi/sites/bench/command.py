"""Run the measures and write their table to the documentation."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from xiezhi.sites.bench.attachments import attachments
from xiezhi.sites.bench.exchange import exchange
from xiezhi.sites.bench.law import law
from xiezhi.sites.bench.measures import pages_and_road, starting
from xiezhi.sites.bench.restore import restoring
from xiezhi.sites.bench.table import Measure
from xiezhi.sites.demo.plan import SHANGHAI
from xiezhi.sites.environment import REPOSITORY

HEAD = """# Measurements

Written by `make bench`: whole processes seen from outside, on {cores} cores ({machine}),
Python {python}, {day}. Times of one run on a shared machine; compare runs, do not quote them alone.

| measure | value | goal |
|---|---|---|
"""


def main(words: Sequence[str]) -> int:
    """Measure everything; print each line as it comes and write the table at the end."""
    parser = argparse.ArgumentParser(prog="xiezhi bench", description="测量并写出结果表")
    parser.add_argument("--output", type=Path, default=REPOSITORY / "docs/bench.md")
    given = parser.parse_args(words)
    lines = [_line(measure) for measure in _all()]
    given.output.write_text(_head() + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


def _all() -> Iterator[Measure]:
    for measures in (law, starting, pages_and_road, exchange, attachments, restoring):
        for measure in measures():
            sys.stdout.write(f"{measure.name}: {measure.value} {measure.goal}\n")
            sys.stdout.flush()
            yield measure


def _line(measure: Measure) -> str:
    return f"| {measure.name} | {measure.value} | {measure.goal} |"


def _head() -> str:
    return HEAD.format(
        cores=os.cpu_count(),
        machine=platform.machine(),
        python=platform.python_version(),
        day=datetime.now(SHANGHAI).date().isoformat(),
    )
