"""What a simulator remembers: JSON under (kind, key), in a file that outlives a killed process."""

import json
import sqlite3
import threading
import weakref
from pathlib import Path
from typing import Any

TABLE = """
    create table if not exists item (
        place integer primary key,
        kind text not null,
        key text not null,
        value text not null,
        unique (kind, key)
    )
"""
PUT = """
    insert into item (kind, key, value) values (?, ?, ?)
    on conflict (kind, key) do update set value = excluded.value
"""


class Store:
    """Every method may be called from any thread. Without a path, it forgets when it closes."""

    def __init__(self, path: Path | None = None) -> None:
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._database = sqlite3.connect(
            path or ":memory:", check_same_thread=False, isolation_level=None
        )
        self.close = weakref.finalize(self, self._database.close)
        self._database.execute("pragma journal_mode = wal")
        self._database.execute("pragma synchronous = normal")
        self._database.execute(TABLE)

    def put(self, kind: str, key: str, value: Any) -> None:
        self.run(PUT, kind, key, json.dumps(value))

    def get(self, kind: str, key: str) -> Any | None:
        rows = self.run("select value from item where kind = ? and key = ?", kind, key)
        return json.loads(rows[0][0]) if rows else None

    def all(self, kind: str) -> dict[str, Any]:
        """In the order in which the keys were first put."""
        rows = self.run("select key, value from item where kind = ? order by place", kind)
        return {key: json.loads(value) for key, value in rows}

    def latest(self, kind: str, *, limit: int) -> dict[str, Any]:
        """The keys that were first put last, newest first."""
        rows = self.run(
            "select key, value from item where kind = ? order by place desc limit ?",
            kind,
            limit,
        )
        return {key: json.loads(value) for key, value in rows}

    def count(self, kind: str) -> int:
        return int(self.run("select count(*) from item where kind = ?", kind)[0][0])

    def delete(self, kind: str, key: str) -> None:
        self.run("delete from item where kind = ? and key = ?", kind, key)

    def room(self, name: str) -> "Store":
        """A part of this one, of which nobody outside it sees anything."""
        return _Room(self, name)

    def run(self, query: str, *values: str | int) -> list[Any]:
        """Ask the database; the first value is a kind."""
        with self._lock:
            return self._database.execute(query, values).fetchall()


class _Room(Store):
    """Keeps in another store, under kinds of its own."""

    def __init__(self, whole: Store, name: str) -> None:
        self._whole, self._name = whole, name

    def run(self, query: str, *values: str | int) -> list[Any]:
        kind, *others = values
        return self._whole.run(query, f"{self._name}/{kind}", *others)
