"""Blind indexes: find an encrypted identifier by equality without decrypting anything."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import models
from django.db.models import Q
from django.db.models.signals import pre_save
from typing_extensions import override

from xiezhi.security.fields.cells import Cell
from xiezhi.security.fields.normal_forms import plain
from xiezhi.security.keys import ring

_LENGTH: Final = 80


class BlindIndexField(models.CharField):  # type: ignore[type-arg]
    """Key version and keyed digest (HMAC-SM3) of the normal form of the field ``source``.

    Shape: ``"<version>.<64 hexadecimal digits>"``. Follows its source on every save. Equality is
    all it gives: the digest differs per column, so two tables cannot be joined by it. Look up
    with ``Model.<name>.field.lookup(value)``, a ``Q`` over all key versions. An empty source has
    no index.
    """

    def __init__(
        self,
        *args: Any,
        source: str,
        normalise: Callable[[str], str] = plain,
        bound_as: str = "",
        **kwargs: Any,
    ) -> None:
        """Keep the name of the source and its normal form."""
        if not callable(normalise):
            # In a class body "normalise=id_number" names the field above, not the function.
            raise TypeError("normalise must be a function, for instance normal_forms.id_number")
        self.source = source
        self.normalise = normalise
        self.bound_as = bound_as
        kwargs.setdefault("null", True)
        kwargs.setdefault("max_length", _LENGTH)
        self.indexed: bool = kwargs.setdefault("db_index", not kwargs.get("unique", False))
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    @override
    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs |= {"source": self.source, "normalise": self.normalise}
        kwargs |= {"null": self.null, "db_index": self.indexed}
        if self.bound_as:
            kwargs["bound_as"] = self.bound_as
        return name, path.replace(".fields.blind_index.", ".fields."), args, kwargs

    @override
    def contribute_to_class(
        self, cls: type[models.Model], name: str, *args: Any, **kwargs: Any
    ) -> None:
        super().contribute_to_class(cls, name, *args, **kwargs)
        if not cls._meta.abstract:
            pre_save.connect(self._saved_with_its_source, sender=cls, weak=False)

    def _saved_with_its_source(self, update_fields: Iterable[str] | None, **_: Any) -> None:
        """Refuse a save that would let the index fall behind its source."""
        if update_fields is None:
            return
        names = set(update_fields)
        if self.source in names and self.name not in names:
            raise FieldError(f"save {self.source} together with its index {self.name}")

    def digest(self, value: str, version: int) -> str:
        """Return the index of a value under one key version."""
        bound_as = self.bound_as or f"{self.model._meta.db_table}.{self.column}"
        content = f"xiezhi index|{bound_as}|{self.normalise(value)}".encode()
        return f"{version}.{ring().index_digest(version, content).hex()}"

    def lookup(self, value: str) -> Q:
        """Return the filter for rows whose source has this value, under any key version."""
        if not self.normalise(value):
            return Q(pk__in=())
        versions = ring().index.newest_first
        return Q(**{f"{self.name}__in": [self.digest(value, each.version) for each in versions]})

    @override
    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        held = model_instance.__dict__.get(self.source)
        if isinstance(held, Cell):
            return getattr(model_instance, self.attname)  # the source was never read: unchanged
        value = getattr(model_instance, self.source)
        version = ring().index.current.version
        index = self.digest(str(value), version) if value and self.normalise(str(value)) else None
        setattr(model_instance, self.attname, index)
        return index


def blind_index(model: type[models.Model], source: str, value: str) -> str:
    """Return the index of ``value`` under the current key, as a row saved now would bear it.

    To find rows use ``lookup`` instead: it also finds those saved before a rotation.
    """
    for each in model._meta.concrete_fields:
        if isinstance(each, BlindIndexField) and each.source == source:
            return each.digest(value, ring().index.current.version)
    raise FieldDoesNotExist(f"{model.__name__} has no blind index of {source}")
