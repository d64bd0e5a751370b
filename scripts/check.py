"""Run the checks of the house: lint, the tests of each site, the tests of the whole."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv/bin"
PYTHON = str(BIN / "python")
SITES = ("court", "service")


@dataclass(frozen=True)
class Step:
    """One command and the site it runs for."""

    name: str
    argv: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)


def lint_steps() -> tuple[Step, ...]:
    """Return every check that reads the code without running the product; slow ones first."""
    types = [
        Step(f"types of {s}", (_bin("mypy"), "--config-file", f"mypy/{s}.ini", *_typed(s)))
        for s in SITES
    ]
    house = ("-m", "pytest", "-q", "-p", "no:randomly", "--no-header", "tests/house")
    sites = [
        Step(f"{word} of {site}", (PYTHON, "-m", *argv), _site(site))
        for site in SITES
        for word, argv in (
            ("system checks", ("django", "check", "--fail-level", "WARNING")),
            ("missing migrations", ("django", "makemigrations", "--check", "--dry-run")),
            ("templates", ("xiezhi.foundation.pages.checks",)),
        )
    ]
    return (
        *types,
        Step("layers", (_bin("lint-imports"), "--no-logo")),
        Step("house rules", (PYTHON, *house), {"XIEZHI_SITE": "court"}),
        *sites,
        Step("ruff", (_bin("ruff"), "check", "--quiet", ".")),
        Step("format", (_bin("ruff"), "format", "--check", "--quiet", ".")),
    )


def test_steps(extra: Sequence[str]) -> tuple[Step, ...]:
    """Return the pytest runs: each site with the packages it installs, then the whole system."""
    pytest = (PYTHON, "-m", "pytest")
    parallel = ("-n", "2", "--dist", "loadscope")
    court = ("src/xiezhi", "tests/plumbing")
    return (
        Step("tests of court", (*pytest, *parallel, *court, *extra), {"XIEZHI_SITE": "court"}),
        Step("tests of service", (*pytest, *parallel, "src/xiezhi", *extra), _named("service")),
        Step("tests of the whole system", (*pytest, "tests/system", *extra), _named("court")),
    )


def _typed(site: str) -> tuple[str, ...]:
    shared = ("src/xiezhi", "conftest.py", "tests", "scripts")
    return shared if site == "court" else ("src/xiezhi",)


def _bin(name: str) -> str:
    return str(BIN / name)


def _named(site: str) -> dict[str, str]:
    return {"XIEZHI_SITE": site}


def _site(site: str) -> dict[str, str]:
    return {"XIEZHI_SITE": site, "DJANGO_SETTINGS_MODULE": f"xiezhi.sites.{site}.settings"}


def quietly(step: Step) -> tuple[Step, int, str, float]:
    """Run a step, keeping what it prints."""
    began = time.monotonic()
    done = subprocess.run(
        step.argv,
        cwd=ROOT,
        env=os.environ | step.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return step, done.returncode, done.stdout, time.monotonic() - began


def lint(names: Sequence[str] = ()) -> list[str]:
    """Run all lint steps, two at a time; print what fails. Return the names of what failed."""
    steps = [step for step in lint_steps() if not names or step.name in names]
    failed = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for step, code, printed, seconds in pool.map(quietly, steps):
            print(f"lint: {step.name}: {'ok' if code == 0 else 'FAILED'} ({seconds:.0f} s)")
            if code != 0:
                print(printed, flush=True)
                failed.append(step.name)
    return failed


def tests(extra: Sequence[str]) -> list[str]:
    """Run the pytest runs one after the other. Return the names of what failed."""
    failed = []
    for step in test_steps(extra):
        print(f"\n==== {step.name}", flush=True)
        code = subprocess.run(
            step.argv, cwd=ROOT, env=os.environ | step.env, check=False
        ).returncode
        if code != 0:
            failed.append(step.name)
    return failed


def main() -> int:
    """Run what was asked for and say in the end what failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("lint", "test", "soak"))
    parser.add_argument("rest", nargs="*", help="for lint: names of steps; else words for pytest")
    given, words = parser.parse_known_args()
    began = time.monotonic()
    rest = [*given.rest, *words]
    failed = [] if given.what == "soak" else lint(rest if given.what == "lint" else ())
    if given.what != "lint":
        failed += tests(rest)
    minutes, seconds = divmod(round(time.monotonic() - began), 60)
    print(f"\n{given.what}: {'FAILED: ' + ', '.join(failed) if failed else 'ok'}", end=" ")
    print(f"({minutes} min {seconds} s)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
