"""After a rotation: bring the rows of a table to the current key versions, batch by batch."""

from django.db import connection, models, transaction

from xiezhi.security.fields.blind_index import BlindIndexField
from xiezhi.security.fields.cells import VERSION_SIZE
from xiezhi.security.fields.encrypted import EncryptedField
from xiezhi.security.keys import ring


def protected_fields(model: type[models.Model]) -> list[EncryptedField | BlindIndexField]:
    """List the encrypted fields and blind indexes of a model."""
    return [
        each
        for each in model._meta.concrete_fields
        if isinstance(each, EncryptedField | BlindIndexField)
    ]


def outdated(model: type[models.Model]) -> "models.QuerySet[models.Model]":
    """Filter the rows that hold anything under an old key version."""
    keys = ring()
    condition = models.Q(pk__in=())
    versions = {}
    for each in protected_fields(model):
        filled = models.Q(**{f"{each.name}__isnull": False})
        if isinstance(each, BlindIndexField):
            current = f"{keys.index.current.version}."
            condition |= filled & ~models.Q(**{f"{each.name}__startswith": current})
            continue
        name = f"version_of_{each.name}"
        versions[name] = models.Func(
            models.F(each.name),
            1,
            VERSION_SIZE,
            function="substr",
            output_field=models.BinaryField(),
        )
        prefix = keys.fields.current.version.to_bytes(VERSION_SIZE, "big")
        condition |= filled & ~models.Q(**{name: prefix})
    rows: models.QuerySet[models.Model] = model._default_manager.alias(**versions)
    return rows.filter(condition)


def changeable(model: type[models.Model]) -> bool:
    """Tell whether rows of the table may be changed; append-only ones keep their old versions."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'UPDATE')", [model._meta.db_table])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def renew(model: type[models.Model], *, limit: int) -> int:
    """Encrypt and index up to ``limit`` rows anew; return how many were done, 0 when finished.

    Runs under an actor that sees all rows. Idempotence and locks: rows are locked, those that
    somebody else holds are left for the next batch.
    """
    fields = protected_fields(model)
    names = [each.name for each in fields]
    rows = outdated(model).select_for_update(skip_locked=True, no_key=True).order_by("pk")
    done = 0
    for row in rows[:limit]:
        for each in fields:
            getattr(row, each.name)  # reading decrypts, so that saving encrypts anew
        row.save(update_fields=names)
        done += 1
    return done
