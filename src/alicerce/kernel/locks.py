"""Locks that belong to no row: held until the transaction ends, and never across tenants."""

from django.db import connection

from alicerce.kernel.context import current


def hold(name: str) -> None:
    """Wait for the lock of this name in the current tenant, and keep it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"{current().tenant_id}|{name}"],
        )


def share(name: str) -> None:
    """Wait for whoever holds the lock of this name alone, and keep it, with others, until the end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock_shared(hashtextextended(%s, 0))",
            [f"{current().tenant_id}|{name}"],
        )


def try_hold(name: str) -> bool:
    """Take the lock of this name in the current tenant, or learn at once that somebody has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_try_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"{current().tenant_id}|{name}"],
        )
        (held,) = cursor.fetchone()
    return bool(held)
