"""Encrypted fields: the newest rows of each table can be read with the keys at hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.apps import apps
from django.db.models import Model

from xiezhi.operations.continuity.checks.step import Step
from xiezhi.security.algorithms import CryptoError
from xiezhi.security.fields.encrypted import EncryptedField
from xiezhi.security.fields.renewal import protected_fields

SAMPLE: Final = 50


def fields(step: Step) -> Iterator[str]:
    """Decrypt a sample of every encrypted column."""
    looked = 0
    for model in apps.get_models():
        columns = [f.name for f in protected_fields(model) if isinstance(f, EncryptedField)]
        rows = model._default_manager.order_by("-pk")[:SAMPLE] if columns else ()
        for row in rows:
            looked += len(columns)
            yield from _unreadable(row, columns)
    step.note = f"加密字段{looked:,}个"


def _unreadable(row: Model, columns: list[str]) -> Iterator[str]:
    for column in columns:
        try:
            getattr(row, column)
        except CryptoError:
            yield f"{row._meta.db_table}.{column} 的一行（{row.pk}）不能解密"
