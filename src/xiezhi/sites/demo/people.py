"""Invented people of the demonstration city: names nobody bears, numbers nobody was given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
WISHES = "安宁平和信直端方明正清朗"
AREAS = ("990102", "990103", "990121", "990202", "990221")
STREETS = ("明镜路", "衡平路", "公道街", "直道路", "砥柱街", "清源巷", "同心里")
REGIONS = ("东渚区", "西岑区", "石桐县", "南浦区", "柏舟县")
BORN_FROM, BORN_DAYS = date(1955, 1, 1), 17_500
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person."""

    name: str
    id_number: str
    phone: str
    address: str


def resident_id(area: str, born: date, order: int) -> str:
    """Make a number with a right check digit (GB 11643) below an area code never assigned.

    ``area`` begins with 99, which is no province's; ``order`` is 0–999, odd for men.
    """
    if not area.startswith("99"):
        msg = "only unassigned area codes, which begin with 99"
        raise ValueError(msg)
    body = f"{area}{born:%Y%m%d}{order:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + _CHECKS[total % 11]


def people(seed: int) -> Iterator[Person]:
    """Yield 1,440 invented people, each different, always the same for one seed."""
    chance = Random(seed)  # noqa: S311 - invention, not secrecy
    names = [stem + branch + wish for stem in STEMS for branch in BRANCHES for wish in WISHES]
    chance.shuffle(names)
    for index in range(len(names)):
        where = chance.randrange(len(AREAS))
        born = BORN_FROM + timedelta(days=chance.randrange(BORN_DAYS))
        street = chance.choice(STREETS)
        yield Person(
            name=names[index],
            id_number=resident_id(AREAS[where], born, index % 1000),
            phone=f"154{seed % 10}{index:07d}",
            address=f"云汀省{REGIONS[where]}{street}{chance.randrange(1, 200)}号",
        )
