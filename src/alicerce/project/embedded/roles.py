"""The roles of the database and what each may do; run again, nothing changes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from psycopg import sql

NO_TENANT = "00000000-0000-0000-0000-000000000000"
ONE_AT_A_TIME = 7_202_611  # advisory lock: roles are shared by every database of the server
GRANT_OPTIONS_SINCE = 160_000

PLAIN = "nosuperuser nocreatedb nocreaterole noreplication"
ROLES: Mapping[str, str] = {
    "alicerce_owner": f"login inherit nobypassrls {PLAIN}",
    "alicerce_app": f"login noinherit nobypassrls {PLAIN}",
    "alicerce_operator": f"nologin noinherit nobypassrls {PLAIN}",
    "alicerce_auth": f"nologin noinherit nobypassrls {PLAIN}",
    "alicerce_backup": f"login noinherit bypassrls {PLAIN}",
}
SETTINGS: Mapping[str, Mapping[str, str]] = {
    "alicerce_app": {
        "app.tenant_id": NO_TENANT,
        "statement_timeout": "15s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "15s",
        "timezone": "UTC",
    },
    "alicerce_owner": {"timezone": "UTC"},
    "alicerce_backup": {"timezone": "UTC", "default_transaction_read_only": "on"},
}
MEMBERSHIPS = (
    # who becomes whom: only by SET ROLE, never by what it inherits
    ("alicerce_app", "alicerce_operator"),
    ("alicerce_owner", "alicerce_auth"),
)
DATABASE_RULES = """
revoke all on database {database} from public;
grant connect on database {database} to alicerce_app, alicerce_backup;
grant connect, create on database {database} to alicerce_owner;
"""
SCHEMA_RULES = """
alter schema public owner to alicerce_owner;
revoke all on schema public from public;
grant usage on schema public to alicerce_app, alicerce_operator, alicerce_auth, alicerce_backup;
grant select on all tables in schema public to alicerce_backup;
grant select on all sequences in schema public to alicerce_backup;
alter default privileges for role alicerce_owner in schema public
    grant select on tables to alicerce_backup;
alter default privileges for role alicerce_owner in schema public
    grant select on sequences to alicerce_backup;
"""


def ensure_roles(admin_dsn: str, passwords: Mapping[str, str]) -> None:
    """Every role as it must be. Passwords by role name; the server only ever sees their digest."""
    with _alone(admin_dsn) as connection:
        for role, attributes in ROLES.items():
            _ensure_role(connection, role, attributes)
            for name, value in SETTINGS.get(role, {}).items():
                _set(connection, role, name, value)
        for role, password in passwords.items():
            _set_password(connection, role, password)
        for member, role in MEMBERSHIPS:
            _grant(connection, member, role)


def ensure_database(admin_dsn: str, name: str) -> None:
    """The database, with nothing left to PUBLIC and its schema in the owner's hands."""
    with _alone(admin_dsn) as connection:
        exists = connection.execute("select 1 from pg_database where datname = %s", [name])
        if exists.fetchone() is None:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        connection.execute(sql.SQL(DATABASE_RULES).format(database=sql.Identifier(name)))
    with psycopg.connect(admin_dsn, dbname=name, autocommit=True) as connection:
        connection.execute(SCHEMA_RULES)


@contextmanager
def _alone(admin_dsn: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(admin_dsn, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        yield connection


def _ensure_role(connection: psycopg.Connection, role: str, attributes: str) -> None:
    found = connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone()
    verb = "alter" if found else "create"
    statement = sql.SQL("{} role {} with {}").format(
        sql.SQL(verb), sql.Identifier(role), sql.SQL(attributes)
    )
    connection.execute(statement)


def _set(connection: psycopg.Connection, role: str, name: str, value: str) -> None:
    connection.execute(
        sql.SQL("alter role {} set {} = {}").format(
            sql.Identifier(role), sql.Identifier(*name.split(".")), sql.Literal(value)
        )
    )


def _set_password(connection: psycopg.Connection, role: str, password: str) -> None:
    digest = connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    )
    connection.execute(
        sql.SQL("alter role {} password {}").format(
            sql.Identifier(role), sql.Literal(digest.decode())
        )
    )


def _grant(connection: psycopg.Connection, member: str, role: str) -> None:
    with_options = connection.info.server_version >= GRANT_OPTIONS_SINCE
    options = " with inherit false, set true" if with_options else ""
    connection.execute(
        sql.SQL("grant {} to {}{}").format(
            sql.Identifier(role), sql.Identifier(member), sql.SQL(options)
        )
    )
