"""Words of a file as values: days, periods, cents, rates, intervals, tiers."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from alicerce.apps.billing.rules.periods import Step
from alicerce.apps.billing.rules.tiers import Tier
from alicerce.apps.billing.types import Period

LONGEST = 40  # characters of a number
INTERVALS: Mapping[str, Step] = {
    "day": Step(days=1),
    "daily": Step(days=1),
    "week": Step(days=7),
    "weekly": Step(days=7),
    "month": Step(months=1),
    "monthly": Step(months=1),
    "quarter": Step(months=3),
    "quarterly": Step(months=3),
    "half_year": Step(months=6),
    "semester": Step(months=6),
    "semiannual": Step(months=6),
    "semiannually": Step(months=6),
    "year": Step(months=12),
    "yearly": Step(months=12),
    "annual": Step(months=12),
    "annually": Step(months=12),
    "biennial": Step(months=24),
    "biennially": Step(months=24),
    "triennial": Step(months=36),
    "triennially": Step(months=36),
    "thirty_days": Step(days=30),
    "calendar_month": Step(months=1),
}
UNITS = {
    "d": "day",
    "w": "week",
    "m": "month",
    "q": "quarter",
    "y": "year",
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
}


def cents(value: Any) -> int:
    """Whole cents. Raises ValueError for anything else, so that no figure is guessed."""
    if isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,18}", value.strip()):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return value
    raise ValueError(f"{value!r} is not a number of cents")


def cents_list(value: Any) -> list[int]:
    return [cents(one) for one in (value if isinstance(value, list) else [value])]


def fraction(value: Any) -> Fraction:
    """`14/92`, `0.5`, `1` or a number."""
    text = str(value).strip()
    if isinstance(value, bool) or len(text) > LONGEST or "e" in text.lower():
        raise ValueError(f"{value!r} is not a fraction")
    return Fraction(text)


def rate(value: Any) -> Fraction:
    """A percentage, with or without its sign."""
    return fraction(str(value).replace("%", "")) / 100


def rates(value: Any) -> list[Fraction]:
    return [rate(one) for one in (value if isinstance(value, list) else [value])]


def day(value: Any) -> date:
    """A date, or the date of a moment as it is written."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value).strip()[:10])


def moment(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    return datetime.fromisoformat(str(value).strip())


def period(value: Any) -> Period:
    """Two dates, the second of which is no longer in it."""
    if not isinstance(value, list) or len(value) != len(("starts_on", "ends_on")):
        raise ValueError(f"{value!r} is not a period of two dates")
    return Period(day(value[0]), day(value[1]))


def step(value: Any) -> Step:
    """`month`, `3 months`, `1Y`, `thirty_days`."""
    text = re.sub(r"[\s-]+", "_", str(value).strip().lower())
    if text in INTERVALS:
        return INTERVALS[text]
    counted = re.fullmatch(r"(\d{1,4})_?([a-z]+?)s?", text)
    if not counted or counted[2] not in UNITS:
        raise ValueError(f"{value!r} is not an interval")
    one = INTERVALS[UNITS[counted[2]]]
    return Step(one.months * int(counted[1]), one.days * int(counted[1]))


def tier(value: Any) -> Tier:
    """`51-100: 2000`, `101+: 1750`, or a mapping with `up_to`, `unit` and `flat`."""
    if isinstance(value, Mapping):
        value = {str(key): one for key, one in value.items()}
        if len(value) == 1 and not value.keys() & {"unit", "price"}:
            ((bounds, price),) = value.items()
            return tier(f"{bounds}: {price}")
        up_to = value.get("up_to", value.get("to", value.get("last_unit")))
        unit = value.get("unit", value.get("price", value.get("unit_price", 0)))
        flat = cents(value.get("flat", value.get("flat_fee", 0)))
        return Tier(None if up_to in (None, "inf") else cents(up_to), fraction(unit), flat)
    bounds, _, price = str(value).partition(":")
    last = re.fullmatch(r"\s*\d+\s*(?:\+|-\s*(\d*|inf))\s*", bounds)
    if not last:
        raise ValueError(f"{value!r} is not a tier")
    return Tier(int(last[1]) if (last[1] or "").isdigit() else None, fraction(price))
