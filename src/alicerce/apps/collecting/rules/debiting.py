"""When banks debit by themselves (Pix Automático), and when again. Plain Python: safe to import anywhere.

The rules are the Central Bank's: IN BCB 513/2024, as changed by IN BCB 614/2025. An instruction is sent ten to two
days before its day; the bank tries from midnight to eight and again from 18 to 21; then on three more days of the
seven that follow, each asked for before it begins. Its API (`cobr`) allows one in each cycle of an authorisation.
"""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alicerce.kernel.business_days import business_day_from
from alicerce.kernel.money import Money

BRASILIA = ZoneInfo("America/Sao_Paulo")
EARLIEST, LATEST = timedelta(days=10), timedelta(days=2)
ASKED_BEFORE = timedelta(days=5)
"""In the middle of what is allowed: a breakdown of three days is made up for, and who pays before may."""
RETRY_AFTER_DAYS = (2, 4, 7)
"""Days after the first: salaries come, and none of the three is wasted on the day after."""
LOOK_HOUR, EVENING_HOUR = 9, 22
"""After the bank's first try of a day, and after its last."""
FATAL = frozenset({"AC05", "AM09", "DENC", "DS27", "DTED", "MIDI", "MSUC", "NITX", "RC09"})
"""What ends a debit at once, as the specification says of `CobRTentativas`."""


def debit_day(due_on: date) -> date:
    """A bank that is closed that day debits on the next on which it is open (`ajusteDiaUtil`)."""
    return business_day_from(due_on)


def ask_at(on: date, *, at: datetime) -> datetime | None:
    """When to send the instruction; None when it is too late for that day."""
    if is_too_late(on, today=at.astimezone(BRASILIA).date()):
        return None
    return max(at, _hour(on - ASKED_BEFORE, LOOK_HOUR))


def is_too_late(on: date, *, today: date) -> bool:
    return today > on - LATEST


def next_day(first: date, tried: Collection[date], *, today: date) -> date | None:
    """The next day to ask for, tomorrow at the earliest; None when it was tried often enough."""
    if len(tried) > len(RETRY_AFTER_DAYS):
        return None
    days = (first + timedelta(days=n) for n in RETRY_AFTER_DAYS)
    later = [day for day in days if day > today and day > max(tried)]
    return later[0] if later else None


def answered_by(debit_on: date) -> datetime:
    """By when its bank has said the last word: the evening of the last day a try may be on, and a day for the news."""
    last = business_day_from(debit_on + timedelta(days=RETRY_AFTER_DAYS[-1]))
    return _hour(last + timedelta(days=1), EVENING_HOUR)


def look_at(on: date, *, at: datetime) -> datetime:
    """When the bank has had its next chance: in the morning, and in the evening of a day without success."""
    morning, evening = _hour(on, LOOK_HOUR), _hour(on, EVENING_HOUR)
    if at < morning:
        return morning
    return evening if at < evening else at + timedelta(hours=3)


def cycle_of(starts_on: date, day: date) -> date:
    """The first day of the monthly cycle that a day is in, counted from the first of the authorisation."""
    months = (day.year - starts_on.year) * 12 + day.month - starts_on.month
    begins = _months_after(starts_on, months)
    return begins if begins <= day else _months_after(starts_on, months - 1)


def fits(amount: Money, *, fixed: Money | None, most: Money | None) -> bool:
    """Whether what was authorised covers it: exactly so much, or no more than so much."""
    if fixed is not None:
        return amount == fixed
    return most is None or (amount.currency == most.currency and amount.cents <= most.cents)


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _hour(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), BRASILIA).astimezone(ZoneInfo("UTC"))
