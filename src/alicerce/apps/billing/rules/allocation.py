"""Cents spread over lines: the parts sum to the whole, and none is a cent off its share."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from alicerce.apps.billing.rules.rounding import half_up


class NothingToShare(ValueError):
    """Cents to spread, and nothing to spread them over."""


def apportion(exact: Sequence[Fraction]) -> list[int]:
    """Whole cents for exact shares, by largest remainder; of equals the last one absorbs the cent.

    They sum to the exact sum, itself rounded once.
    """
    cents = [floor(one) for one in exact]
    missing = half_up(sum(exact, Fraction(0))) - sum(cents)
    by_remainder = sorted(range(len(exact)), key=lambda i: (exact[i] - cents[i], i))
    for index in by_remainder[len(exact) - missing :]:
        cents[index] += 1
    return cents


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """The total by weight. Raises NothingToShare."""
    whole = sum(weights)
    if any(weight < 0 for weight in weights) or (total and not whole):
        raise NothingToShare
    return apportion([Fraction(total * weight, whole or 1) for weight in weights])


def fixed_discount(cents: int, items: Sequence[int]) -> list[int]:
    """What a coupon of so many cents takes off each item: in proportion, never below zero.

    What would be left of the coupon is lost; a line that is itself a credit gets none of it.
    """
    eligible = [max(item, 0) for item in items]
    return spread(min(max(cents, 0), sum(eligible)), eligible)


def percentage_discount(rate: Fraction, items: Sequence[int]) -> list[int]:
    """The percentage of the sum, rounded once, then spread: not the percentage of each item."""
    return fixed_discount(half_up(rate * sum(max(item, 0) for item in items)), items)
