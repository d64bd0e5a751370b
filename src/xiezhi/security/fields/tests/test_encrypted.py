"""An encrypted field reads as it was written, and nowhere else."""

from pathlib import Path

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from django.db.models import F

from xiezhi.security.algorithms import BadSeal
from xiezhi.security.fields import EncryptedTextField
from xiezhi.security.fields.cells import Cell
from xiezhi.security.fields.tests.conftest import AT, Person
from xiezhi.security.keys import UnknownKey
from xiezhi.security.keys.rotation import rotate_secret

pytestmark = pytest.mark.usefixtures("person_table")
NUMBER = "990101199003070013"


def stored(column: str = "id_number") -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM fields_person ORDER BY id")  # noqa: S608 - own column
        return [bytes(row[0]) for row in cursor.fetchall()]


def kept(person: Person) -> type[object]:
    return type(person.__dict__["id_number"])


def test_save_keeps_only_ciphertext() -> None:
    person = Person.objects.create(name="甲", id_number=NUMBER, details={"电话": "一"})
    assert Person.objects.get(pk=person.pk).id_number == NUMBER
    assert Person.objects.get(pk=person.pk).details == {"电话": "一"}
    assert NUMBER.encode() not in stored()[0]
    assert len(stored()[0]) == 2 + 12 + len(NUMBER) + 16
    assert "电话".encode() not in stored("details")[0]


def test_save_uses_a_fresh_nonce_each_time() -> None:
    Person.objects.create(name="甲", id_number="一")
    Person.objects.create(name="乙", id_number="二")
    Person.objects.bulk_create([Person(name="丙", id_number="三")])
    assert len({cell[2:14] for cell in stored()}) == 3
    assert [each.id_number for each in Person.objects.order_by("id")] == ["一", "二", "三"]


def test_reading_a_list_decrypts_nothing_until_the_attribute_is_read() -> None:
    Person.objects.create(name="甲", id_number=NUMBER)
    (person,) = Person.objects.all()
    assert kept(person) is Cell
    assert person.id_number == NUMBER
    assert kept(person) is str


def test_save_of_a_row_that_was_not_read_leaves_the_ciphertext_alone() -> None:
    Person.objects.create(name="甲", id_number=NUMBER)
    before = stored()
    person = Person.objects.get()
    person.name = "乙"
    person.save()
    assert stored() == before
    assert Person.objects.get().id_number == NUMBER


def test_json_changed_in_place_is_saved_changed() -> None:
    Person.objects.create(name="甲", details={"a": 1})
    person = Person.objects.get()
    person.details["b"] = [2]
    person.save()
    assert Person.objects.get().details == {"a": 1, "b": [2]}


def test_null_and_empty_are_kept_apart() -> None:
    Person.objects.create(name="甲", id_number=None, details=None)
    Person.objects.create(name="乙", id_number="")
    assert [each.id_number for each in Person.objects.order_by("id")] == [None, ""]
    assert Person.objects.filter(id_number__isnull=True).count() == 1


def test_deferred_and_refreshed_attributes_are_decrypted() -> None:
    person = Person.objects.create(name="甲", id_number=NUMBER)
    assert Person.objects.defer("id_number").get().id_number == NUMBER
    person.id_number = "other"
    person.refresh_from_db()
    assert person.id_number == NUMBER


def test_ciphertext_moved_to_another_row_or_column_does_not_open() -> None:
    first = Person.objects.create(name="甲", id_number="一")
    second = Person.objects.create(name="乙", id_number="二")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE fields_person SET id_number ="
            " (SELECT id_number FROM fields_person WHERE id = %s)",
            [first.pk],
        )
        cursor.execute("UPDATE fields_person SET details = id_number")
    assert Person.objects.get(pk=first.pk).id_number == "一"
    with pytest.raises(BadSeal):
        _ = Person.objects.get(pk=second.pk).id_number
    with pytest.raises(BadSeal):
        _ = Person.objects.get(pk=first.pk).details


@pytest.mark.parametrize("change", ["set_byte(id_number, 20, 0)", "substr(id_number, 1, 20)", "''"])
def test_changed_ciphertext_does_not_open(change: str) -> None:
    Person.objects.create(name="甲", id_number=NUMBER)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE fields_person SET id_number = set_byte(id_number, 20, 255)")
        cursor.execute(f"UPDATE fields_person SET id_number = {change}")  # noqa: S608 - parametrised
    with pytest.raises(BadSeal):
        _ = Person.objects.get().id_number


def test_update_of_an_encrypted_field_is_refused() -> None:
    person = Person.objects.create(name="甲", id_number=NUMBER)
    with pytest.raises(FieldError):
        Person.objects.update(id_number="x")
    person.id_number = "y"
    with pytest.raises(FieldError):
        Person.objects.bulk_update([person], ["id_number"])


def test_filter_by_an_encrypted_field_is_refused() -> None:
    with pytest.raises(FieldError):
        Person.objects.filter(id_number=NUMBER)
    with pytest.raises(FieldError):
        Person.objects.filter(id_number__contains="9")


def test_rotation_keeps_old_values_readable_and_writes_new_ones(keys: Path) -> None:
    Person.objects.create(name="甲", id_number=NUMBER)
    rotate_secret(keys, "field", AT)
    Person.objects.create(name="乙", id_number="new")
    assert [cell[:2] for cell in stored()] == [b"\0\1", b"\0\2"]
    assert [each.id_number for each in Person.objects.order_by("id")] == [NUMBER, "new"]


def test_unknown_key_version_is_refused() -> None:
    Person.objects.create(name="甲", id_number=NUMBER)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE fields_person SET id_number = set_byte(id_number, 1, 9)")
    with pytest.raises(UnknownKey):
        _ = Person.objects.get().id_number


def test_bound_as_keeps_values_readable_after_a_rename() -> None:
    field = EncryptedTextField(bound_as="old_table.old_column")
    assert field.place(Person(pk=None)) == "old_table.old_column|None"
    assert field.deconstruct()[3] == {"bound_as": "old_table.old_column"}
    assert field.deconstruct()[1] == "xiezhi.security.fields.EncryptedTextField"


def test_values_lists_give_cells_never_plaintext() -> None:
    Person.objects.create(name="甲", id_number=NUMBER)
    ((cell,),) = Person.objects.annotate(copied=F("id_number")).values_list("id_number")
    assert isinstance(cell, Cell)
    assert NUMBER not in repr(cell)
