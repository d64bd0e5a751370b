"""Demo people are invented, plainly so, and always the same."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest

from xiezhi.law.identity import check_phone, check_resident_id
from xiezhi.sites.demo.people import people, resident_id


def test_people_are_the_same_for_the_same_seed() -> None:
    assert list(islice(people(7), 50)) == list(islice(people(7), 50))
    assert list(islice(people(7), 50)) != list(islice(people(8), 50))


def test_people_are_all_different() -> None:
    everybody = list(people(7))

    assert len(everybody) == 1440
    for field in ("name", "id_number", "phone"):
        assert len({getattr(person, field) for person in everybody}) == len(everybody)


def test_numbers_are_valid_but_of_no_assigned_area() -> None:
    for person in islice(people(7), 100):
        checked = check_resident_id(person.id_number)
        check_phone(person.phone)
        assert person.id_number.startswith("99")
        assert checked.warnings, "an unassigned area code is said to be unknown"


def test_an_assigned_area_is_refused() -> None:
    with pytest.raises(ValueError, match="unassigned"):
        resident_id("110105", date(1980, 1, 1), 1)
