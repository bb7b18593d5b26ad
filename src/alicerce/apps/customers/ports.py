"""What customers needs of the apps above it: a carrier of letters, and who still has something."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID


class Post(Protocol):
    def __call__(
        self,
        *,
        template: str,
        to: str,
        key: str,
        values: Mapping[str, str],
        at: datetime,
        locale: str = "pt-br",
    ) -> None:
        """Queue a letter in the transaction that is open; the same key queues nothing more."""


CountLive = Callable[[UUID], int]
FindUnpaid = Callable[[UUID], Sequence[int]]
"""Numbers of what a customer asked for and may still pay."""
NextHour = Callable[[datetime], datetime]
"""This instant, or the next at which customers may be written to."""

posts: dict[str, Post] = {}
live_things: dict[str, CountLive] = {}
unpaid_things: dict[str, FindUnpaid] = {}
letter_hours: dict[str, NextHour] = {}
