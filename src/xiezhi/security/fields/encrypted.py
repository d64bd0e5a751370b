"""Fields encrypted in the database, decrypted when somebody reads the attribute."""

import json
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute
from typing_extensions import override

from xiezhi.security.fields.cells import Cell, open_cell, seal_cell


class Decryption(DeferredAttribute):
    """The attribute of an encrypted field: it decrypts on the first reading.

    A list page that does not read the attribute pays nothing for it.
    """

    field: "EncryptedField"

    @override
    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if instance is not None and isinstance(value, Cell):
            value = self.field.open(value, instance)
            instance.__dict__[self.field.attname] = value
        return value

    # A data descriptor: without it the instance's dictionary would answer first.
    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedField(models.Field):  # type: ignore[type-arg]  # the subclasses say what they hold
    """What encrypted fields share; stored as ``bytea``.

    Bound to table, column and primary key, so the key must be known before saving (a UUIDv7 is),
    and values are written by ``save`` and ``bulk_create`` only. ``bound_as`` keeps the binding
    ("table.column") when a table or column is renamed. Cannot be filtered or sorted by.
    """

    descriptor_class = Decryption
    empty_strings_allowed = False

    def __init__(self, *args: Any, bound_as: str = "", **kwargs: Any) -> None:
        """Keep the binding."""
        self.bound_as = bound_as
        super().__init__(*args, **kwargs)

    @override
    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.bound_as:
            kwargs["bound_as"] = self.bound_as
        return name, path.replace(".fields.encrypted.", ".fields."), args, kwargs

    @override
    def get_internal_type(self) -> str:
        return "BinaryField"

    def to_bytes(self, value: Any) -> bytes:
        """Return the plaintext that is encrypted."""
        raise NotImplementedError

    def from_bytes(self, plaintext: bytes) -> Any:
        """Return the value that was encrypted."""
        raise NotImplementedError

    def place(self, instance: models.Model) -> str:
        """Name table, column and row."""
        bound_as = self.bound_as or f"{self.model._meta.db_table}.{self.column}"
        return f"{bound_as}|{instance.pk}"

    def open(self, cell: Cell, instance: models.Model) -> Any:
        """Decrypt the value of one row."""
        return self.from_bytes(open_cell(cell, self.place(instance)))

    @override
    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Cell):
            return value  # never read, so unchanged: written back as it came
        if model_instance.pk is None:
            raise FieldError(f"{self.name} can be encrypted only once the row has its key")
        return seal_cell(self.to_bytes(value), self.place(model_instance))

    def from_db_value(self, value: Any, *_: object) -> Cell | None:
        """Keep the value encrypted until somebody reads the attribute."""
        return None if value is None else Cell(bytes(value))

    @override
    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        if value is None:
            return None
        if not isinstance(value, Cell):
            raise FieldError(f"{self.name} is encrypted: write it by save(), not by update()")
        return connection.Database.Binary(value.stored)  # type: ignore[attr-defined]

    @override
    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: look it up by a blind index")
        return super().get_lookup(lookup_name)


class EncryptedTextField(EncryptedField):
    """A text encrypted in the database."""

    if TYPE_CHECKING:
        _pyi_private_set_type: str
        _pyi_private_get_type: str

    @override
    def to_bytes(self, value: Any) -> bytes:
        return str(value).encode()

    @override
    def from_bytes(self, plaintext: bytes) -> str:
        return plaintext.decode()


class EncryptedJSONField(EncryptedField):
    """A JSON document encrypted in the database; changed in place, it is saved changed."""

    if TYPE_CHECKING:
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    separators: ClassVar = (",", ":")

    @override
    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=self.separators).encode()

    @override
    def from_bytes(self, plaintext: bytes) -> Any:
        return json.loads(plaintext)
