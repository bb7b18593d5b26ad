"""What is compared: a door to post to, and the processes behind it."""

from dataclasses import dataclass

CONCURRENCY = "8"
"""Jobs at a time, the same for everybody."""


@dataclass(frozen=True)
class Candidate:
    name: str
    port: int
    path: str
    pids: tuple[int, ...]
