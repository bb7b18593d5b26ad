"""When a dead child is started again: soon at first, then less and less often."""

from dataclasses import dataclass
from typing import Protocol

LONGEST_DELAY = 30.0
HEALTHY_AFTER = 5.0


class Watched(Protocol):
    """What can be kept running: a program, or the database."""

    @property
    def name(self) -> str: ...

    @property
    def once(self) -> bool: ...

    def launch(self) -> None: ...

    def is_running(self) -> bool: ...

    def how_it_ended(self) -> str: ...

    def sweep(self) -> None: ...


@dataclass
class Watch:
    """One child and its history; times are monotonic seconds."""

    child: Watched
    started_at: float = 0.0
    failures: int = 0
    due_at: float | None = None

    def started(self, *, at: float) -> None:
        self.started_at, self.due_at = at, None

    def died(self, *, at: float) -> float:
        """Plan the next start; the seconds until then."""
        if at - self.started_at >= HEALTHY_AFTER:
            self.failures = 0
        delay = min(2.0**self.failures, LONGEST_DELAY)
        self.failures += 1
        self.due_at = at + delay
        return delay

    def is_due(self, *, at: float) -> bool:
        return self.due_at is not None and at >= self.due_at
