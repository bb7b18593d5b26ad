"""When a delivery is tried again, and when an endpoint is left alone."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from alicerce.apps.endpoints.types import Verdict
from alicerce.kernel.retry import Retry

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# Ten attempts in 75 hours and a half: at once, and after each of these.
AGAIN = Retry(
    delays=(
        timedelta(seconds=5),
        5 * MINUTE,
        30 * MINUTE,
        2 * HOUR,
        5 * HOUR,
        10 * HOUR,
        14 * HOUR,
        20 * HOUR,
        24 * HOUR,
    ),
    jitter=0.1,
)
TRIED_WITHOUT_REST = 5
SHORTEST_REST, LONGEST_REST = MINUTE, HOUR
LONGEST_WAIT_ASKED = DAY
GIVES_UP_AFTER = timedelta(days=5)

GONE, TOO_MANY, UNAVAILABLE = 410, 429, 503


@dataclass(frozen=True, slots=True)
class NextTry:
    """How long until this delivery is tried again, and until anything is sent there at all."""

    delay: timedelta | None
    rest: timedelta


def verdict(status: int | None) -> Verdict:
    """Only 2xx is delivered: a redirect is a failure, and silence is one too."""
    if status is not None and 200 <= status < 300:  # noqa: PLR2004
        return Verdict.DELIVERED
    return Verdict.GONE if status == GONE else Verdict.FAILED


def next_try(
    *, tries: int, failures: int, status: int | None, retry_after: str, at: datetime
) -> NextTry:
    """After the n-th try of a delivery failed, and so many attempts in a row at its endpoint."""
    delay, rest = AGAIN.after(tries), rest_after(failures)
    asked = asked_wait(retry_after, at=at) if status in (TOO_MANY, UNAVAILABLE) else timedelta()
    return NextTry(
        None if delay is None else max(delay, asked), max(rest, min(asked, LONGEST_REST))
    )


def rest_after(failures: int) -> timedelta:
    """An endpoint that only fails is asked less and less, by one delivery at a time."""
    if failures < TRIED_WITHOUT_REST:
        return timedelta()
    doubled = min(failures - TRIED_WITHOUT_REST, 10)
    return min(SHORTEST_REST * (1 << doubled), LONGEST_REST)


def asked_wait(retry_after: str, *, at: datetime) -> timedelta:
    """What `Retry-After` asks for, in seconds or as a date, and no more than a day of it."""
    wait = _seconds(retry_after) or _until(retry_after, at)
    return min(max(wait, timedelta()), LONGEST_WAIT_ASKED)


def _seconds(text: str) -> timedelta:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()):
        return timedelta()
    return timedelta(seconds=min(int(digits[:9]), LONGEST_WAIT_ASKED.total_seconds()))


def _until(text: str, at: datetime) -> timedelta:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return timedelta()
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - at
