"""A blind index finds rows by equality, across spellings and key versions, and says no more."""

from pathlib import Path

import pytest
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from xiezhi.security.fields import BlindIndexField, blind_index, id_number, phone, renew
from xiezhi.security.fields.renewal import outdated
from xiezhi.security.fields.tests.conftest import AT, Person
from xiezhi.security.keys.rotation import rotate_secret

NUMBER = "99010119900307001X"


def index() -> BlindIndexField:
    field = Person._meta.get_field("id_number_index")
    assert isinstance(field, BlindIndexField)
    return field


def found(value: str) -> list[str]:
    return [each.name for each in Person.objects.filter(index().lookup(value)).order_by("id")]


@pytest.mark.usefixtures("person_table")
def test_lookup_finds_every_spelling() -> None:
    Person.objects.create(name="甲", id_number="990101 19900307 001x")
    Person.objects.create(name="乙", id_number="990101199003070021")
    assert found(NUMBER) == ["甲"]
    assert found("９９０１０１１９９００３０７００１ｘ") == ["甲"]
    assert found("990101199003070099") == []
    assert found("") == found("  ") == []


@pytest.mark.usefixtures("person_table")
def test_index_follows_its_source() -> None:
    person = Person.objects.create(name="甲", id_number=NUMBER)
    person.id_number = "990101199003070021"
    person.save()
    assert found(NUMBER) == []
    assert found("990101199003070021") == ["甲"]
    person.id_number = None
    person.save()
    assert Person.objects.get().id_number_index is None


@pytest.mark.usefixtures("person_table")
def test_index_stays_when_its_source_was_not_read() -> None:
    Person.objects.create(name="甲", id_number=NUMBER)
    person = Person.objects.get()
    person.name = "乙"
    person.save()
    assert found(NUMBER) == ["乙"]


@pytest.mark.usefixtures("person_table")
def test_save_of_the_source_without_its_index_is_refused() -> None:
    person = Person.objects.create(name="甲", id_number=NUMBER)
    person.id_number = "990101199003070021"
    with pytest.raises(FieldError):
        person.save(update_fields=["id_number"])
    person.save(update_fields=["id_number", "id_number_index"])
    assert found("990101199003070021") == ["甲"]


@pytest.mark.usefixtures("person_table")
def test_unique_index_refuses_the_same_number_twice() -> None:
    Person.objects.create(name="甲", id_number=NUMBER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(name="乙", id_number=NUMBER.lower())
    Person.objects.create(name="丙")
    Person.objects.create(name="丁")


def test_rotation_finds_rows_of_both_versions(keys: Path, person_table: type[Person]) -> None:
    person_table.objects.create(name="甲", id_number=NUMBER)
    rotate_secret(keys, "index", AT)
    person_table.objects.create(name="乙", id_number="990101199003070021")
    assert found(NUMBER) == ["甲"]
    assert found("990101199003070021") == ["乙"]


def test_renew_brings_rows_to_the_current_versions(keys: Path, person_table: type[Person]) -> None:
    for number in range(3):
        person_table.objects.create(name=str(number), id_number=f"99010119900307{number:04}")
    person_table.objects.create(name="none", id_number=None, details=None)
    assert outdated(person_table).count() == 0
    rotate_secret(keys, "index", AT)
    rotate_secret(keys, "field", AT)
    assert [renew(person_table, limit=2) for _ in range(3)] == [2, 1, 0]
    assert found("990101199003070001") == ["1"]
    assert {
        each.id_number_index[:2] for each in person_table.objects.exclude(id_number_index=None)
    } == {"2."}


@pytest.mark.usefixtures("person_table")
def test_blind_index_is_what_a_row_bears() -> None:
    person = Person.objects.create(name="甲", id_number=NUMBER)
    assert blind_index(Person, "id_number", NUMBER.lower()) == person.id_number_index
    assert NUMBER not in str(person.id_number_index)
    with pytest.raises(FieldDoesNotExist):
        blind_index(Person, "name", NUMBER)


@pytest.mark.usefixtures("keys")
def test_two_columns_have_two_indexes_of_one_value() -> None:
    digests = {
        BlindIndexField(source="x", bound_as=place).digest("value", 1) for place in ("a.b", "a.c")
    }
    assert len(digests) == 2


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("139 0000 0000", "13900000000"),
        ("+86-139-0000-0000", "13900000000"),
        ("８６13900000000", "13900000000"),
        ("010-8600 0000", "01086000000"),
    ],
)
def test_phone_has_one_normal_form(typed: str, normal: str) -> None:
    assert phone(typed) == normal


@given(value=st.text(max_size=40))
def test_normal_forms_are_stable(value: str) -> None:
    assert id_number(id_number(value)) == id_number(value)
    assert phone(phone(value)) == phone(value)
