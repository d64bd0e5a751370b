"""The two database roles of a site and what each may do."""

import secrets

import psycopg
from psycopg import sql

from xiezhi.sites.run.postgres import Cluster

OWNER = "xiezhi_owner"
APP = "xiezhi_app"
DATABASE = "xiezhi"

_GRANTS = """
    ALTER SCHEMA public OWNER TO {owner};
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO {app};
    ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};
    ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
        GRANT USAGE, SELECT ON SEQUENCES TO {app};
    ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public
        GRANT EXECUTE ON FUNCTIONS TO {app};
"""


def new_password() -> str:
    """Return a password that needs no quoting in an address."""
    return secrets.token_urlsafe(24)


def create_roles(connection: psycopg.Connection, *, owner: str, app: str) -> None:
    """Make both roles, or give them these passwords when they stand already.

    The owner makes tables and runs migrations; the app role reads and writes rows, is subject to
    row-level security, and can neither make, empty nor drop a table.
    """
    for name, password in ((OWNER, owner), (APP, app)):
        row = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
        verb = sql.SQL("ALTER" if row else "CREATE")
        connection.execute(
            sql.SQL(
                "{verb} ROLE {name} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"
                " PASSWORD {password}"
            ).format(verb=verb, name=sql.Identifier(name), password=sql.Literal(password))
        )


def create_database(cluster: Cluster, superuser: str, name: str = DATABASE) -> None:
    """Make the site's database, owned by the owner role, with the app role's rights in it."""
    with cluster.connect(superuser) as connection:
        row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if row is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(name), sql.Identifier(OWNER)
                )
            )
        limit_to_roles(connection, name)
    with cluster.connect(superuser, database=name) as connection:
        connection.execute(
            sql.SQL(_GRANTS).format(owner=sql.Identifier(OWNER), app=sql.Identifier(APP))
        )


def copy_database(connection: psycopg.Connection, *, template: str, name: str) -> None:
    """Make ``name`` anew as a copy of ``template``, throwing out whoever is connected to it."""
    drop_database(connection, name)
    connection.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY file_copy").format(
            sql.Identifier(name), sql.Identifier(template), sql.Identifier(OWNER)
        )
    )
    limit_to_roles(connection, name)


def drop_database(connection: psycopg.Connection, name: str) -> None:
    """Drop ``name`` if it is there, throwing out whoever is connected to it."""
    connection.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def limit_to_roles(connection: psycopg.Connection, name: str) -> None:
    """Let only the two roles connect to the database ``name``."""
    database = sql.Identifier(name)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    for role in (OWNER, APP):
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(role))
        )
