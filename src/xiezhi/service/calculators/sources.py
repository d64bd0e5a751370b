"""规则来源与待核事项: what the calculators rest on, and what nobody has fully checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xiezhi.law import parameters
from xiezhi.law.parameters import FOREVER, Parameter, Status
from xiezhi.service.calculators.answers import STANDING, Json

FILES = {
    "case_numbers": "案号",
    "causes": "案由",
    "divisions": "审判业务",
    "fee_rules": "诉讼费用的其他规则",
    "fees": "诉讼费用标准",
    "holidays": "节假日安排",
    "identity": "证件号码",
    "jurisdiction": "管辖",
    "periods": "期间",
    "procedure": "审判程序的选择",
    "provinces": "各省标准",
    "statutes": "法律引用",
    "trial_limits": "审理期限",
}
ORDER = (Status.MEMORY, Status.CONVENTION, Status.LOCAL, Status.SECONDARY)


@dataclass(frozen=True, slots=True)
class Source:
    """One recorded rule: what it is about, from which source, how far it was checked."""

    file: str
    name: str
    scope: str
    label: str
    since: date
    until: date
    source: str
    status: Status
    note: str

    @property
    def subject(self) -> str:
        """Return which part of the law the rule belongs to, in words."""
        return FILES.get(self.file, self.file)

    @property
    def standing(self) -> str:
        """Return how far the rule was checked, in words."""
        return STANDING.get(self.status, self.status.label)


def unverified() -> tuple[Source, ...]:
    """Return every rule that nobody has checked against the official text, doubtful ones first."""
    rank = {status: place for place, status in enumerate(ORDER)}
    return tuple(sorted(map(_source, parameters.sources()), key=lambda one: rank[one.status]))


def counts() -> dict[Status, int]:
    """Return how many recorded rules there are of each standing."""
    found = dict.fromkeys(Status, 0)
    for entry in parameters.sources(every=True):
        found[entry.status] += 1
    return found


def document() -> dict[str, Json]:
    """Return the one JSON form of the list."""
    return {
        "counts": {status.value: number for status, number in counts().items()},
        "rules": [_row(one) for one in unverified()],
    }


def lines() -> Iterator[str]:
    """Return the list as a command prints it."""
    recorded = counts()
    yield f"规则共{sum(recorded.values())}项，其中已与条文核对{recorded[Status.VERIFIED]}项。"
    for status in ORDER:
        rows = [one for one in unverified() if one.status is status]
        if rows:
            yield f"\n{STANDING[status]}（{len(rows)}项）"
        for one in rows:
            note = f"（{one.note}）" if one.note else ""
            yield f"  {one.subject}　{one.label}：{one.source}{note}"


def _source(entry: Parameter) -> Source:
    return Source(
        file=entry.file,
        name=entry.name,
        scope=entry.scope,
        label=_label(entry),
        since=entry.since,
        until=entry.until,
        source=entry.source,
        status=entry.status,
        note=entry.note,
    )


def _label(entry: Parameter) -> str:
    named = entry.value.get("label", "") if isinstance(entry.value, dict) else ""
    return str(named) or "·".join(part for part in (entry.name, entry.scope) if part)


def _row(one: Source) -> Json:
    return {
        "file": one.file,
        "name": one.name,
        "scope": one.scope,
        "subject": one.subject,
        "label": one.label,
        "from": one.since.isoformat(),
        "to": None if one.until == FOREVER else one.until.isoformat(),
        "source": one.source,
        "status": one.status.value,
        "standing": one.standing,
        "note": one.note,
    }
