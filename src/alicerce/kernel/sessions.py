"""Database sessions that serve one after another: what one leaves behind, the next never finds."""

from threading import local
from time import monotonic
from typing import Any

from django.db import connection
from psycopg import Connection, Error

SURELY_ALIVE = 1.0  # seconds

_thread = local()


def forget(session: "Connection[Any]") -> None:
    """As new: no role, setting, cursor or temporary table survives."""
    before = session.autocommit
    session.autocommit = True
    session.execute("discard all")
    session.autocommit = before


def take_up_session() -> None:
    """Go on with this thread's session, unless it rested for long: the pool knows who is alive."""
    if monotonic() - getattr(_thread, "rests_since", 0.0) > SURELY_ALIVE:
        connection.close()


def lay_down_session() -> None:
    """Forget at once whom the session served, and keep it for what this thread does next."""
    session = connection.connection
    if session is None:
        return None
    if connection.errors_occurred or connection.in_atomic_block:
        return connection.close()
    try:
        forget(session)
    except Error:
        return connection.close()
    _thread.rests_since = monotonic()
    return None
