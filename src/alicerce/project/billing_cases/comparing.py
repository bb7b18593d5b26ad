"""Whether what was expected is what came out, however it is written."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from alicerce.apps.billing.types import Period


def agrees(expected: Any, got: Any) -> bool:
    """A mapping agrees when each of its own keys does; a decimal, to the digits it shows."""
    if isinstance(expected, Mapping):
        return isinstance(got, Mapping) and all(
            str(key) in got and agrees(value, got[str(key)]) for key, value in expected.items()
        )
    if isinstance(got, Period):
        got = [got.starts_on, got.ends_on]
    if isinstance(expected, list) or isinstance(got, list | tuple):
        return (
            isinstance(expected, list)
            and isinstance(got, list | tuple)
            and len(expected) == len(got)
            and all(map(agrees, expected, got))
        )
    if isinstance(got, date):
        return _same_day(expected, got)
    if isinstance(got, bool) or isinstance(expected, bool):
        return expected is got
    if isinstance(got, int | Fraction):
        return _same_number(expected, Fraction(got))
    return str(expected) == str(got)


def shown(value: Any) -> Any:
    """The same in words that JSON and people read."""
    if isinstance(value, Period):
        return [value.starts_on.isoformat(), value.ends_on.isoformat()]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): shown(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [shown(one) for one in value]
    return value


def _same_day(expected: Any, got: date) -> bool:
    """`2024-03-15T12:12 or later` is that moment; a date is the date of whatever came out."""
    written = expected.isoformat() if isinstance(expected, date) else str(expected).split()[0]
    if "T" in written and isinstance(got, datetime):
        return datetime.fromisoformat(written) == got
    return got.isoformat()[:10] == written[:10]


def _same_number(expected: Any, got: Fraction) -> bool:
    text = str(expected).strip()
    if re.fullmatch(r"[+-]?\d{1,18}(/\d{1,18})?", text) and not text.endswith("/0"):
        return Fraction(text) == got
    if not re.fullmatch(r"[+-]?\d{1,18}\.\d{1,18}", text):
        return False
    return Decimal(text) == _rounded(got, len(text.partition(".")[2]))


def _rounded(got: Fraction, digits: int) -> Decimal:
    scaled = Decimal(got.numerator * 10**digits) / Decimal(got.denominator)
    return scaled.quantize(Decimal(1), rounding=ROUND_HALF_UP).scaleb(-digits)
