"""PgQueuer's line to the database: one connection speaks, one listens, and both come back."""

import asyncio
import json
import logging
from typing import Any, Self

from django.db import connection as django_connection
from pgqueuer.core.tm import TaskManager, cancel_and_wait
from pgqueuer.ports.driver import Driver, NotifyCallback
from psycopg import AsyncConnection, AsyncRawCursor, InterfaceError, OperationalError, sql
from psycopg.rows import DictRow, dict_row

SHORTEST_PAUSE, LONGEST_PAUSE = 0.05, 2.0
# A peer that vanished without a word is noticed in 30 s, not in two hours.
VIGILANT = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
PYTHON_ONLY = ("context", "cursor_factory", "prepare_threshold")

logger = logging.getLogger("alicerce.worker")


def parameters() -> dict[str, Any]:
    """Where Django's default database is, for a connection of our own."""
    own = django_connection.get_connection_params()
    return VIGILANT | {key: own[key] for key in own if key not in PYTHON_ONLY}


class Line(Driver):
    def __init__(self, where: dict[str, Any]) -> None:
        self._where = where
        self._shutdown = asyncio.Event()
        self._tasks = TaskManager()
        self._dialing = asyncio.Lock()
        self._speaker: AsyncConnection[Any] | None = None
        self._listening = asyncio.Event()
        self._listener: asyncio.Task[None] | None = None
        self.hears_of_ends = True
        self._has_news = False

    @property
    def shutdown(self) -> asyncio.Event:
        return self._shutdown

    @property
    def tm(self) -> TaskManager:
        return self._tasks

    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        return await (await self._say(query, args)).fetchall()

    async def execute(self, query: str, *args: object) -> str:
        return (await self._say(query, args)).statusmessage or ""

    async def notify(self, channel: str, payload: str) -> None:
        await self.execute("select pg_notify($1, $2)", channel, payload)

    async def add_listener(self, channel: str, callback: NotifyCallback) -> None:
        """Return once the database knows that we listen."""
        self._listener = asyncio.create_task(self._listen(channel, callback))
        await self._listening.wait()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._shutdown.set()
        if self._listener:
            await cancel_and_wait(self._listener)

    async def close(self) -> None:
        if self._speaker:
            await self._speaker.close()

    async def _say(self, query: str, args: tuple[object, ...]) -> AsyncRawCursor[DictRow]:
        """Say it until it is heard: every statement of the queue may be repeated."""
        while True:
            speaker = await self._connected()
            cursor = AsyncRawCursor(speaker, row_factory=dict_row)
            try:
                return await cursor.execute(query.encode(), args or None)
            except (OperationalError, InterfaceError):
                if not speaker.closed:
                    raise

    async def _connected(self) -> AsyncConnection[Any]:
        async with self._dialing:
            if self._speaker is None or self._speaker.closed:
                self._speaker = await self._dial()
            return self._speaker

    async def _dial(self) -> AsyncConnection[Any]:
        pause = SHORTEST_PAUSE
        while True:
            try:
                return await AsyncConnection.connect(**self._where, autocommit=True)
            except OperationalError as error:
                logger.warning("no database yet: %s", error)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _listen(self, channel: str, callback: NotifyCallback) -> None:
        while True:
            try:
                await self._hear(channel, callback)
            except (OperationalError, InterfaceError) as error:
                logger.warning("stopped listening: %s", error)
            await asyncio.sleep(SHORTEST_PAUSE)

    async def _hear(self, channel: str, callback: NotifyCallback) -> None:
        async with await self._dial() as listener:
            await listener.execute(sql.SQL("listen {}").format(sql.Identifier(channel)))
            self._listening.set()
            async for note in listener.notifies():
                if self._is_news(note.payload):
                    callback(note.payload)

    def look(self) -> None:
        """Whoever looks at the queue now sees all that was announced before."""
        self._has_news = False

    def _is_news(self, payload: str) -> bool:
        """Wake the worker once, however many jobs came since it looked the last time."""
        said = json.loads(payload)
        if said.get("type") != "table_changed_event":
            return True
        if self._has_news or (said["operation"] == "delete" and not self.hears_of_ends):
            return False
        self._has_news = True
        return True
