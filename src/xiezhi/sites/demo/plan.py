"""The plan of the demonstration city: who files what when, and what the court does with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from xiezhi.law.calendar import is_working_day
from xiezhi.law.errors import LawError
from xiezhi.sites.demo.people import Person, people

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
PASSWORD: Final = "xiezhi-demo-2026"  # noqa: S105 - printed at the start, for invented people only
SPAN_DAYS: Final = 12
SATURDAY: Final = 5
COURTS: Final = ("示0102", "示0102", "示0102", "示0103", "示0121", "示0202", "示0221")
DIVISION: Final = "立案庭"
REASONS: Final = ("周转", "装修房屋", "购车", "支付货款", "子女上学")


class Fate(StrEnum):
    """Where a filing stands once the city is made."""

    DRAFT = "draft"
    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


SHARES: Final = (
    (Fate.DRAFT, 4),
    (Fate.RECEIVED, 14),
    (Fate.UNDER_REVIEW, 6),
    (Fate.ACCEPTED, 12),
    (Fate.REJECTED, 4),
)


@dataclass(frozen=True, slots=True)
class Filing:
    """One filing: its people, its loan, its hour, its fate."""

    number: int
    plaintiff: Person
    defendant: Person
    court_id: str
    principal: int
    lent_on: date
    due_on: date
    reason: str
    at: datetime
    fate: Fate

    def typed(self) -> dict[str, object]:
        """Return what the plaintiff types, section by section."""
        money = f"{self.principal:,}"
        return {
            "plaintiff": {
                "name": self.plaintiff.name,
                "id_number": self.plaintiff.id_number,
                "phone": self.plaintiff.phone,
                "address": self.plaintiff.address,
            },
            "defendants": [
                {
                    "name": self.defendant.name,
                    "id_number": self.defendant.id_number,
                    "phone": self.defendant.phone,
                    "address": self.defendant.address,
                }
            ],
            "loan": {
                "principal": str(self.principal),
                "lent_on": self.lent_on.isoformat(),
                "due_on": self.due_on.isoformat(),
                "form": "bank",
                "interest": "",
            },
            "claims": [
                {"text": f"判令被告归还借款本金{money}元", "amount": str(self.principal)},
                {"text": "判令被告负担本案诉讼费用", "amount": ""},
            ],
            "facts": {"text": self._story(money)},
        }

    def _story(self, money: str) -> str:
        return (
            f"{_day(self.lent_on)}，被告因{self.reason}向原告借款{money}元，出具借条一份，"
            f"约定{_day(self.due_on)}前归还。原告当日通过银行转账交付全部借款。"
            "借款到期后，原告多次催要，被告至今没有归还。为维护合法权益，特向贵院提起诉讼。"
        )


def plan(*, seed: int, count: int, today: date) -> list[Filing]:
    """Plan ``count`` filings over the last working days before ``today``, in order of time.

    The same seed, count and day give the same plan; the shares of the fates are fixed. Drafts and
    what waits are the youngest, as at a court that decides in order.
    """
    chance = Random(seed)  # noqa: S311 - invention, not secrecy
    crowd = people(seed)
    days = _working_days(today)
    moments = sorted(
        datetime.combine(chance.choice(days), time(8 + chance.randrange(10), chance.randrange(60)))
        for _ in range(count)
    )
    fates = _fates(count, chance)
    return [
        _filing(index, moment.replace(tzinfo=SHANGHAI), fate, crowd, chance)
        for index, (moment, fate) in enumerate(zip(moments, fates, strict=True))
    ]


def _filing(
    index: int, at: datetime, fate: Fate, crowd: Iterator[Person], chance: Random
) -> Filing:
    lent_on = at.date() - timedelta(days=chance.randrange(400, 900))
    return Filing(
        number=index + 1,
        plaintiff=next(crowd),
        defendant=next(crowd),
        court_id=chance.choice(COURTS),
        principal=chance.randrange(6, 300) * 1000,
        lent_on=lent_on,
        due_on=lent_on + timedelta(days=chance.randrange(90, 360)),
        reason=chance.choice(REASONS),
        at=at,
        fate=fate,
    )


def _fates(count: int, chance: Random) -> list[Fate]:
    total = sum(share for _, share in SHARES)
    pool = [fate for fate, share in SHARES for _ in range(max(1, share * count // total))][:count]
    pool += [Fate.RECEIVED] * (count - len(pool))
    decided = [fate for fate in pool if fate in {Fate.ACCEPTED, Fate.REJECTED}]
    waiting = [fate for fate in pool if fate in {Fate.RECEIVED, Fate.UNDER_REVIEW}]
    chance.shuffle(decided)
    chance.shuffle(waiting)
    return decided + waiting + [fate for fate in pool if fate is Fate.DRAFT]


def _working_days(today: date) -> list[date]:
    days: list[date] = []
    day = today
    while len(days) < SPAN_DAYS:
        day -= timedelta(days=1)
        if _works(day):
            days.append(day)
    return days


def _works(day: date) -> bool:
    """Tell whether courts work; of a year without a published calendar, weekends are known."""
    try:
        return is_working_day(day)
    except LawError:
        return day.weekday() < SATURDAY


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
