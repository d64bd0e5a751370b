"""Migration operations of the protection floor: partitions, row security, append-only tables."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState
from typing_extensions import override

APP_ROLE = "xiezhi_app"
MONTHS_AHEAD = 3

_SYSTEM = "(select current_setting('xiezhi.actor_kind', true)) = 'system'"
_PERSON = "{column} = (select nullif(current_setting('xiezhi.actor_id', true), '')::uuid)"
_UNIT = "{column} = (select nullif(current_setting('xiezhi.unit_id', true), ''))"


class CreatePartitioned(migrations.CreateModel):
    """Create a table range-partitioned by month on its UUIDv7 key ``id``.

    Partitions are made by ``xiezhi_ensure_partitions``; a default partition catches the rest.
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the parent, then its first partitions."""
        plain = schema_editor.sql_create_table
        schema_editor.sql_create_table = f"{plain} PARTITION BY RANGE (id)"
        try:
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        finally:
            schema_editor.sql_create_table = plain
        model = to_state.apps.get_model(app_label, self.name)
        table = model._meta.db_table
        schema_editor.execute(f"SELECT xiezhi_ensure_partitions('{table}', {MONTHS_AHEAD})")


class _Statement(migrations.RunSQL):
    """An operation that is SQL alone and leaves Django's state as it is."""

    def __init__(self, forwards: list[str], backwards: list[str], *, label: str) -> None:
        """Keep the statements; ``label`` describes them in a migration's plan."""
        super().__init__([*forwards], [*backwards])
        self.label = label

    @override
    def describe(self) -> str:
        return self.label


class EnableRowSecurity(_Statement):
    """Let the app role see only rows of its actor, its unit, or as the system.

    ``person`` names the column holding an account id, ``unit`` the one holding a unit id;
    ``extra`` is one more SQL condition under which a row is visible and writable.
    """

    def __init__(
        self, table: str, person: str | None = None, unit: str | None = None, extra: str = ""
    ) -> None:
        """Write the one policy of the table."""
        rules = [_SYSTEM]
        if person:
            rules.append(_PERSON.format(column=person))
        if unit:
            rules.append(_UNIT.format(column=unit))
        if extra:
            rules.append(f"({extra})")
        super().__init__(
            [
                f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
                f"CREATE POLICY {table}_actor ON {table} USING ({' OR '.join(rules)})",
            ],
            [
                f"DROP POLICY {table}_actor ON {table}",
                f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
            ],
            label=f"Row security on {table}",
        )


class AppendOnly(_Statement):
    """Take from the app role the right to change or remove rows of a table."""

    def __init__(self, table: str) -> None:
        """Write the statement."""
        super().__init__(
            [f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {APP_ROLE}"],
            [f"GRANT UPDATE, DELETE ON {table} TO {APP_ROLE}"],
            label=f"Append-only {table}",
        )
