"""When we ask, when we wait and when we stop: probes, the ladder's days, the window of Pix Automático."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

# A payment that nobody can tell the fate of is asked about, and never asked for again meanwhile.
PROBE_AFTER = (timedelta(minutes=5), timedelta(hours=1), *(timedelta(days=1),) * 5)
PENDING_PROBE_AFTER = (timedelta(hours=1), timedelta(days=1))

# Days from the due day. Nothing is destroyed by the clock alone: from `schedule_termination` on, a
# person confirms, and an archive outlives the account.
LADDER: Mapping[str, int] = MappingProxyType(
    {
        "issue": -7,
        "remind_before": -3,
        "remind_due": 0,
        "warn": 3,
        "suspend_web": 5,
        "schedule_termination": 30,
        "purge_archive": 60,
    }
)
RETRY_AFTER_DAYS = (2, 5, 7, 7)  # of a charge without presence, each from the attempt before


class PixRetries(StrEnum):
    """What a mandate of Pix Automático allows, in the Central Bank's words."""

    NONE = "NAO_PERMITE"
    THREE_IN_SEVEN = "PERMITE_3R_7D"


EXTRA_ATTEMPTS = {PixRetries.NONE: 0, PixRetries.THREE_IN_SEVEN: 3}
RETRY_WINDOW = timedelta(days=7)


def probes(began_at: datetime, *, pending: bool = False) -> tuple[datetime, ...]:
    """When to ask, each counted from the one before; after the last a person decides."""
    moments, at = [], began_at
    for wait in PENDING_PROBE_AFTER if pending else PROBE_AFTER:
        at += wait
        moments.append(at)
    return tuple(moments)


def may_charge(*, unknown: int, live: int = 0) -> bool:
    """No charge beside one whose outcome is unknown or still open."""
    return not unknown and not live


def on_days(due_on: date, steps: Mapping[str, int] = LADDER) -> dict[str, date]:
    return {name: due_on + timedelta(days=days) for name, days in steps.items()}


def card_retries(
    failed_on: date, after_days: Sequence[int] = RETRY_AFTER_DAYS
) -> tuple[date, ...]:
    days, on = [], failed_on
    for wait in after_days:
        on += timedelta(days=wait)
        days.append(on)
    return tuple(days)


def may_try_pix_again(
    policy: PixRetries, *, first_on: date, extra_attempts: int, on: date
) -> bool:
    """Only what the mandate allows, from the day after the first attempt to the seventh."""
    within = first_on < on <= first_on + RETRY_WINDOW
    return within and extra_attempts < EXTRA_ATTEMPTS[policy]


def may_begin_pix_charge(charges_of_cycle: int) -> bool:
    """A mandate is charged once for each of its cycles; what fails is tried again, not asked for again."""
    return charges_of_cycle < 1


def may_cancel_pix_charge(*, first_on: date, on: date) -> bool:
    """From the day of the first attempt on, the bank takes no cancellation."""
    return on < first_on
