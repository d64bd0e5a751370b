"""``xiezhi demo``: make the demonstration city through the real acts of both sites."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from xiezhi.exchange import ferry
from xiezhi.sites.demo.channel import Side, SideFailed
from xiezhi.sites.demo.plan import PASSWORD, SHANGHAI, Fate, Filing, plan

SEED = 20260101
FILINGS = 40
ROUNDS_AT_MOST = 100
DECIDE_AFTER = timedelta(hours=5)
A_MOMENT = timedelta(seconds=6)


def main(words: Sequence[str]) -> int:
    """Make the city once; what stands already is left as it is, so a broken run is completed."""
    parser = argparse.ArgumentParser(prog="xiezhi demo", description="建立演示城市")
    parser.add_argument("--seed", type=int, default=SEED, help="同一种子得到同样的城市")
    count = int(os.environ.get("XIEZHI_DEMO_FILINGS", str(FILINGS)))
    parser.add_argument("--filings", type=int, default=count, help="申请的件数")
    given = parser.parse_args(words)
    home = Path(os.environ["XIEZHI_HOME"])
    filings = plan(seed=given.seed, count=given.filings, today=datetime.now(SHANGHAI).date())
    try:
        with Side("service") as service, Side("court") as court:
            City(service, court, home / "spool").make(filings)
            names, operator = court("accounts"), service("operator")
    except SideFailed as failed:
        sys.stderr.write(f"演示城市没有建成：{failed}\n")
        return 1
    _write_accounts(home / "demo-accounts.txt", filings, names, operator)
    return 0


class City:
    """Both sites and the road between them."""

    def __init__(self, service: Side, court: Side, spool: Path) -> None:
        """Keep the two sides and the spool the ferry serves."""
        self.service, self.court, self.spool = service, court, spool

    def make(self, filings: list[Filing]) -> None:
        """Prepare both sides, then let every act happen in order of its time."""
        before = (filings[0].at - timedelta(days=30)).isoformat()
        self.service("prepare", at=before)
        self.court("prepare", at=before)
        acts: list[tuple[datetime, int, str, Filing]] = []
        for filing in filings:
            acts.append((filing.at, filing.number, "file", filing))
            acts.extend(_court_acts(filing))
        for at, number, act, filing in sorted(acts, key=lambda each: each[:2]):
            if act == "file":
                self._file(filing)
            else:
                self.court(act, number=number, at=at.isoformat(), **_about(filing))
            self.carry(at)

    def _file(self, filing: Filing) -> None:
        self.service("file", filing=_plain(filing), at=filing.at.isoformat())

    def carry(self, at: datetime) -> None:
        """Pump both sides and the ferry until everything sent is acknowledged.

        What waits for its own next try is given the time for it.
        """
        moment = at
        for _ in range(ROUNDS_AT_MOST):
            sides = [side("pump", at=moment.isoformat()) for side in (self.service, self.court)]
            moved = ferry.carry(self.spool).carried + sum(each["moved"] for each in sides)
            if not moved and not any(each["open"] for each in sides):
                return
            if not moved:
                moment += A_MOMENT
        raise SideFailed("exchange does not come to rest")


def _court_acts(filing: Filing) -> list[tuple[datetime, int, str, Filing]]:
    if filing.fate in {Fate.DRAFT, Fate.RECEIVED}:
        return []
    acts = [(filing.at + timedelta(hours=2), filing.number, "take_up", filing)]
    if filing.fate in {Fate.ACCEPTED, Fate.REJECTED}:
        verb = "accept" if filing.fate is Fate.ACCEPTED else "reject"
        acts.append((filing.at + DECIDE_AFTER, filing.number, verb, filing))
    return acts


def _about(filing: Filing) -> dict[str, object]:
    return {"court_id": filing.court_id, "plaintiff": filing.plaintiff.name}


def _plain(filing: Filing) -> dict[str, Any]:
    values = asdict(filing)
    for name in ("lent_on", "due_on", "at"):
        values[name] = values[name].isoformat()
    return values


def _write_accounts(
    path: Path, filings: list[Filing], names: list[list[str]], operator: list[str]
) -> None:
    shown = {fate: next(f for f in filings if f.fate is fate) for fate in {f.fate for f in filings}}
    labels = {
        Fate.ACCEPTED: "已立案",
        Fate.REJECTED: "不予受理",
        Fate.UNDER_REVIEW: "审查中",
        Fate.RECEIVED: "法院已收到",
        Fate.DRAFT: "草稿",
    }
    lines = [f"演示账号（口令均为 {PASSWORD}，人物均为虚构）："]
    lines += [
        f"  门户  手机 {shown[fate].plaintiff.phone}  {shown[fate].plaintiff.name}（{label}）"
        for fate, label in labels.items()
        if fate in shown
    ]
    lines += [f"  法院  {login}  {what}" for login, what in names]
    login, role, secret = operator
    lines += [
        f"  运维  {login}  门户站点 {role}，从 /operations/ 登录，动态口令密钥 {secret}",
        f"        当前动态口令：XIEZHI_SITE=service xiezhi manage operators code {login}",
    ]
    fresh = path.with_suffix(".new")
    fresh.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fresh.rename(path)
