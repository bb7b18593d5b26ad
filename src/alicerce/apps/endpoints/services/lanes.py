"""How many senders of one worker may wait for strangers at the same time: never all of its threads."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID


class Lanes:
    """So many for everybody, and half of them for any one company."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._each = max(1, count // 2)
        self._taken: Counter[UUID] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def lane(self, tenant_id: UUID) -> Iterator[bool]:
        """Whether there is one; it is given back at the end of the block."""
        took = self._take(tenant_id)
        try:
            yield took
        finally:
            if took:
                self._give_back(tenant_id)

    def _take(self, tenant_id: UUID) -> bool:
        with self._lock:
            full = self._taken.total() >= self._count or self._taken[tenant_id] >= self._each
            self._taken[tenant_id] += not full
            return not full

    def _give_back(self, tenant_id: UUID) -> None:
        with self._lock:
            self._taken[tenant_id] -= 1
            self._taken += Counter()  # forget those who have none
