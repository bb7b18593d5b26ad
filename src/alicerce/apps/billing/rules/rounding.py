"""The one place where a fraction of a cent becomes a cent or nothing."""

from fractions import Fraction
from math import floor

HALF = Fraction(1, 2)


def half_up(exact: Fraction | int) -> int:
    """The nearest cent. Half a cent goes away from zero, so that a credit mirrors its charge."""
    return floor(exact + HALF) if exact >= 0 else -floor(HALF - exact)


def down(exact: Fraction | int) -> int:
    """The cents that are whole, as banks count interest."""
    return floor(exact) if exact >= 0 else -floor(-exact)


def percent(written: str | int) -> Fraction:
    """`percent("23.33")` is exactly 2333/10000."""
    return Fraction(written) / 100


def basis_points(points: int) -> Fraction:
    """Hundredths of a percent, as rates are kept."""
    return Fraction(points, 10_000)
