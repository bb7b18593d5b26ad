"""Stretches of local days."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class DayCount(StrEnum):
    """How days become a fraction of a period."""

    REAL = "real"  # days that are there, over days that are there
    THIRTY = "thirty"  # every month has thirty


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Local days from the first to the one before the last: `[starts_on, ends_on)`, at least one."""

    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        if self.ends_on <= self.starts_on:
            raise ValueError(f"no day from {self.starts_on} to before {self.ends_on}")

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day < self.ends_on

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)

    def overlap(self, other: "Period") -> "Period | None":
        starts_on, ends_on = (
            max(self.starts_on, other.starts_on),
            min(self.ends_on, other.ends_on),
        )
        return Period(starts_on, ends_on) if starts_on < ends_on else None


class Interval(StrEnum):
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Renewal:
    """A charge that the provider repeats by itself, each so many months or years."""

    interval: Interval
    count: int = 1
