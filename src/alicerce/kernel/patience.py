"""How long whoever answers somebody waits for a database that says nothing.

A slow statement is the database's own to end. A database that stands still ends nothing: a frozen
server, or a network that swallows what is sent, looks like a slow statement for ever. So when a
session has been silent for a moment, its server is asked at its door, which takes no password, whether
it is there; if not, the session is given up and the one who waits is told so.
"""

import socket  # lint: allow way-out because it knocks at the door of our own database
import struct
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any, TypeVar

from psycopg import Connection, OperationalError
from psycopg.pq.abc import PGconn

R = TypeVar("R")
Gen = Generator[Any, Any, R]

SILENCE, KNOCK, LONGEST = 2.0, 1.0, 20.0
"""Seconds of silence before one knocks, for the door to be opened, and of silence that nobody waits out.

The last is longer than any statement may take: a server that opens its door and never answers."""
FRESH = 1.0
ASK_FOR_TLS = struct.pack("!ii", 8, 80877103)
"""The one message that every PostgreSQL, and every pooler, answers to a stranger."""

_answering = threading.local()


class DatabaseSilent(OperationalError):
    """It does not answer: whether it did what it was told is not known."""


@contextmanager
def answering() -> Iterator[None]:
    """In here, this thread has somebody waiting for it."""
    before = getattr(_answering, "is_so", False)
    _answering.is_so = True
    try:
        yield
    finally:
        _answering.is_so = before


class PatientConnection(Connection[Any]):
    """A session that is given up when its server is not there. Who answers nobody waits on."""

    def wait(self, gen: "Gen[R]", *options: Any, **named: Any) -> R:
        if getattr(_answering, "is_so", False):
            gen = _listening(gen, self.pgconn)
        return super().wait(gen, *options, **named)


def _listening(gen: "Gen[R]", session: PGconn) -> "Gen[R]":
    """The driver says several times a second that nothing came."""
    began = since = monotonic()
    try:
        wanted = next(gen)
        while True:
            came = yield wanted
            if came:
                began = since = monotonic()
            elif monotonic() - since >= (0 if DOOR.was_shut else SILENCE):
                if monotonic() - began > LONGEST or not DOOR.opens(session):
                    session.finish()
                    raise DatabaseSilent("the database does not answer")
                since = monotonic()
            wanted = gen.send(came)
    except StopIteration as ended:
        answer: R = ended.value
        return answer


class Door:
    """Whether a server is there; many who wait ask once."""

    def __init__(self) -> None:
        self._asking = threading.Lock()
        self._asked_at, self._opened = float("-inf"), True

    @property
    def was_shut(self) -> bool:
        return not self._opened

    def opens(self, session: PGconn) -> bool:
        with self._asking:
            if monotonic() - self._asked_at > FRESH:
                self._opened = _knock(session)
                self._asked_at = monotonic()
            return self._opened


DOOR = Door()


def _knock(session: PGconn) -> bool:
    host, port = session.host.decode(), int(session.port.decode() or 5432)
    try:
        with _reach(session.hostaddr.decode() or host, port) as door:
            door.sendall(ASK_FOR_TLS)
            return bool(door.recv(1))
    except OSError:
        return False


def _reach(host: str, port: int) -> socket.socket:
    if not host.startswith("/"):
        return socket.create_connection((host, port), timeout=KNOCK)
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    door.settimeout(KNOCK)
    door.connect(f"{host}/.s.PGSQL.{port}")
    return door
