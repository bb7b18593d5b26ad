"""The words of the catalog. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from alicerce.kernel.money import Money


class Cycle(StrEnum):
    """How often a price is charged."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    SEMIANNUAL = "semiannual"
    ANNUAL = "annual"
    BIENNIAL = "biennial"
    TRIENNIAL = "triennial"
    ONE_OFF = "one_off"


MONTHS = {
    Cycle.MONTHLY: 1,
    Cycle.QUARTERLY: 3,
    Cycle.SEMIANNUAL: 6,
    Cycle.ANNUAL: 12,
    Cycle.BIENNIAL: 24,
    Cycle.TRIENNIAL: 36,
}


@dataclass(frozen=True, slots=True)
class PricedPlan:
    """A plan at one of its prices: all that an order needs to know."""

    price_id: UUID
    plan_id: UUID
    product_kind: str
    product_name: str
    plan_name: str
    cycle: Cycle
    amount: Money
    spec: dict[str, str]


@dataclass(frozen=True, slots=True)
class CyclePrice:
    price_id: UUID
    cycle: Cycle
    amount: Money


@dataclass(frozen=True, slots=True)
class StorefrontPlan:
    """A plan as the visitor sees it, with its prices from the shortest cycle to the longest."""

    plan_id: UUID
    product_name: str
    name: str
    summary: str
    features: tuple[str, ...]
    prices: tuple[CyclePrice, ...]
