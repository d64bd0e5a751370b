"""Courts come from a data file and are found by anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from xiezhi.directory.actions.load_courts import load_courts
from xiezhi.directory.models import Court
from xiezhi.directory.queries import (
    CourtNotFound,
    court,
    court_names,
    courts,
    courts_taking_first_instance,
)
from xiezhi.law.case_number import CaseNumber

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent.parent / "data/demonstration.toml"


def test_load_courts_may_be_repeated() -> None:
    assert load_courts(path=DATA) == load_courts(path=DATA) == courts().count()


def test_load_courts_follows_the_file(tmp_path: Path) -> None:
    load_courts(path=DATA)
    changed = tmp_path / "courts.toml"
    changed.write_text(DATA.read_text().replace("明镜路1号", "明镜路3号"))

    load_courts(path=changed)

    assert court("示0102").address == "鹤鸣市东渚区明镜路3号"


def test_first_instance_is_for_basic_courts_in_order_of_region() -> None:
    load_courts(path=DATA)

    assert [found.code for found in courts_taking_first_instance()] == sorted(
        ["示0102", "示0103", "示0121", "示0202", "示0221"],
        key=lambda code: Court.objects.get(code=code).region,
    )


def test_an_unknown_court_is_refused() -> None:
    with pytest.raises(CourtNotFound):
        court("示9999")


def test_court_names_asks_once(django_assert_num_queries: object) -> None:
    load_courts(path=DATA)

    with django_assert_num_queries(1):  # type: ignore[operator]
        names = court_names({"示0102", "示0103", "示9999"})

    assert names == {"示0102": "鹤鸣市东渚区人民法院", "示0103": "鹤鸣市西岑区人民法院"}


def test_every_demonstration_court_can_bear_a_case_number() -> None:
    load_courts(path=DATA)

    for found in courts_taking_first_instance():
        assert str(CaseNumber(2026, found.code, "民初", 1)) == f"（2026）{found.code}民初1号"
