"""What a quantity costs: per unit, by graduated tiers, by the tier it reaches, or by the package."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from alicerce.apps.billing.rules.rounding import half_up
from alicerce.apps.billing.types.prices import Scheme


class TiersDoNotFit(ValueError):
    """Tiers must ascend and only the last may be without end."""


@dataclass(frozen=True, slots=True)
class Tier:
    """Units up to and with `up_to` (None: without end). `flat` is added once a tier is reached."""

    up_to: int | None
    unit: Fraction | int
    flat: int = 0


def graduated(quantity: int, tiers: Sequence[Tier]) -> int:
    """Cents, rounded once. Raises TiersDoNotFit, also for a quantity beyond the last tier."""
    _check(quantity, tiers)
    total, below = Fraction(0), 0
    for tier in tiers:
        reached = quantity if tier.up_to is None else min(quantity, tier.up_to)
        if reached > below:
            total += (reached - below) * tier.unit + tier.flat
            below = reached
    return half_up(total)


def volume(quantity: int, tiers: Sequence[Tier]) -> int:
    """Cents, rounded once. Raises TiersDoNotFit, also for a quantity beyond the last tier."""
    _check(quantity, tiers)
    if not quantity:
        return 0
    tier = next(tier for tier in tiers if tier.up_to is None or quantity <= tier.up_to)
    return half_up(quantity * Fraction(tier.unit) + tier.flat)


def per_unit(quantity: int, unit: Fraction | int) -> int:
    return half_up(quantity * Fraction(unit))


def package(quantity: int, *, size: int, price: int, free: int = 0) -> int:
    """So many whole packages as it takes to hold what is not free."""
    return price * -(-max(quantity - free, 0) // size)


def price_of(quantity: int, scheme: Scheme, tiers: Sequence[Tier]) -> int:
    """The same, by the name of the scheme. A package is a tier whose `up_to` is its size."""
    if scheme == Scheme.GRADUATED:
        return graduated(quantity, tiers)
    if scheme == Scheme.VOLUME:
        return volume(quantity, tiers)
    (tier,) = tiers
    if scheme == Scheme.PACKAGE:
        return package(quantity, size=tier.up_to or 1, price=half_up(tier.unit))
    return per_unit(quantity, tier.unit)


def _check(quantity: int, tiers: Sequence[Tier]) -> None:
    bounds = [tier.up_to for tier in tiers]
    ascending = all(a is not None and (b is None or a < b) for a, b in pairwise(bounds))
    within = bounds and (bounds[-1] is None or quantity <= bounds[-1])
    if quantity < 0 or not (ascending and within):
        raise TiersDoNotFit
