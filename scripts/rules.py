"""Print which rows of docs/rules.yaml are shown by a test, which fail, and which have no test."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from tests.rules import rules  # noqa: E402  # the root is not a package path of ours

RUNS = (("court", ("src/xiezhi", "tests")), ("service", ("src/xiezhi",)))
_NO_TESTS = 5


def main() -> int:
    """Run every marked test once on the site it belongs to and report by row."""
    outcomes: dict[str, list[bool]] = {}
    broken = False
    for site, paths in RUNS:
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.xml"
            broken |= not _run(site, paths, report)
            if report.exists():
                _collect(report, outcomes)
    rows = rules(ROOT / "docs/rules.yaml")
    shown = [row for row in rows if outcomes.get(row) and all(outcomes[row])]
    failing = [row for row in rows if not all(outcomes.get(row, [True]))]
    missing = [row for row in rows if row not in outcomes]
    for title, names in (("shown", shown), ("failing", failing), ("not yet marked", missing)):
        print(f"\n{title}: {len(names)} of {len(rows)}")
        for name in names:
            print(f"  {name}  ({', '.join(rows[name])})")
    return 1 if failing or broken else 0


def _run(site: str, paths: tuple[str, ...], report: Path) -> bool:
    argv = [sys.executable, "-m", "pytest", "-q", "-m", "rule", f"--junitxml={report}", *paths]
    env = os.environ | {"XIEZHI_SITE": site}
    return subprocess.run(argv, cwd=ROOT, env=env, check=False).returncode in {0, _NO_TESTS}


def _collect(report: Path, outcomes: dict[str, list[bool]]) -> None:
    for case in ET.parse(report).iter("testcase"):  # noqa: S314  # written by our pytest
        bad = any(case.find(tag) is not None for tag in ("failure", "error", "skipped"))
        for found in case.iter("property"):
            if found.get("name") == "rule":
                outcomes.setdefault(found.get("value", ""), []).append(not bad)


if __name__ == "__main__":
    sys.exit(main())
