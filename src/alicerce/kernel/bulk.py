"""Many rows in one statement: values go as arrays, one a column, and no instance is made."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models
from psycopg import RawCursor, sql

from alicerce.kernel.arrays import array_of

Rows = Sequence[Sequence[Any]]
PLACE = re.compile(r"\$\d+")

INSERT = """
    insert into {table} ({columns}, created_at) select {casts}, statement_timestamp()
    from unnest({arrays}) as new ({columns})
"""
UPDATE = """
    update {table} as old set {changes} from unnest({arrays}) as new ({columns})
    where old.id = new.id and old.tenant_id = current_setting('app.tenant_id', true)::uuid
"""


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Rows) -> int:
    """Insert tuples of these columns. Tenant and time come from the transaction, as for every row."""
    return _say(_insertion(model, tuple(columns)), rows)


def insert_rows_aloud(model: type[models.Model], columns: Sequence[str], rows: Rows) -> None:
    """The same on Django's own cursor: whoever counts statements counts it."""
    if not rows:
        return
    statement = PLACE.sub("%s", _insertion(model, tuple(columns)).decode())
    with connection.cursor() as cursor:
        cursor.execute(statement, [array_of(column) for column in zip(*rows, strict=True)])


def update_rows(model: type[models.Model], columns: Sequence[str], rows: Rows) -> int:
    """Give rows new values; the first column is their id. How many there were."""
    return _say(_change(model, tuple(columns)), rows)


def _say(statement: bytes, rows: Rows) -> int:
    if not rows:
        return 0
    connection.ensure_connection()
    with connection.wrap_database_errors, RawCursor(connection.connection) as cursor:
        cursor.execute(statement, [array_of(column) for column in zip(*rows, strict=True)])
        return cursor.rowcount


@lru_cache(maxsize=128)
def _insertion(model: type[models.Model], columns: tuple[str, ...]) -> bytes:
    casts = [_cast(model, column) for column in columns]
    return _written(INSERT, model, columns, casts=sql.SQL(", ").join(casts))


@lru_cache(maxsize=128)
def _change(model: type[models.Model], columns: tuple[str, ...]) -> bytes:
    changes = [
        sql.SQL("{} = {}").format(sql.Identifier(column), _cast(model, column))
        for column in columns[1:]
    ]
    return _written(UPDATE, model, columns, changes=sql.SQL(", ").join(changes))


def _written(
    text: str, model: type[models.Model], columns: tuple[str, ...], **parts: sql.Composable
) -> bytes:
    arrays = [
        sql.SQL(f"${place}::{_sent_as(model, column)}[]")
        for place, column in enumerate(columns, start=1)
    ]
    statement = sql.SQL(text).format(
        table=sql.Identifier(model._meta.db_table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        arrays=sql.SQL(", ").join(arrays),
        **parts,
    )
    return statement.as_bytes()


def _cast(model: type[models.Model], column: str) -> sql.Composable:
    """JSON travels as its text."""
    new = sql.SQL("new.{}").format(sql.Identifier(column))
    return sql.SQL("{}::jsonb").format(new) if _type(model, column) == "jsonb" else new


def _sent_as(model: type[models.Model], column: str) -> str:
    known = _type(model, column)
    return "text" if known == "jsonb" else known


def _type(model: type[models.Model], column: str) -> str:
    field = next(f for f in model._meta.concrete_fields if f.column == column)
    made = field.rel_db_type(connection) if field.remote_field else field.db_type(connection)
    assert made, f"{model._meta.label} has no column {column}"
    return made
