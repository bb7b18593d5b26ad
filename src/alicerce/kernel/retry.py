"""How often and how patiently a failed job is tried again."""

import random
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Retry:
    """How long to wait after each failed attempt. When the delays end, so does the job."""

    delays: tuple[timedelta, ...]
    jitter: float = 0.25

    def after(self, attempt: int) -> timedelta | None:
        """Wait this long after the n-th attempt failed, counting from 1."""
        if attempt > len(self.delays):
            return None
        spread = random.uniform(1 - self.jitter, 1 + self.jitter)  # noqa: S311
        return self.delays[attempt - 1] * spread * settings.RETRY_PACE

    def within(self, period: timedelta) -> "Retry":
        """Only the attempts that end before the period does."""
        kept = [
            delay
            for i, delay in enumerate(self.delays)
            if sum(self.delays[: i + 1], timedelta()) < period
        ]
        return Retry(delays=tuple(kept), jitter=self.jitter)


FAST_LANE = tuple(timedelta(seconds=4 * 2**i) for i in range(4))
SLOW_LANE = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
)
PATIENT = Retry(delays=FAST_LANE + SLOW_LANE)
NEVER = Retry(delays=())
