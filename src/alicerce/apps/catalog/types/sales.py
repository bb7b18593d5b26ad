"""What a sale is made of."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from alicerce.apps.catalog.types.plans import Limits, PricedPlan
from alicerce.kernel.money import Money


class ItemKind(StrEnum):
    """What a part of a sale is for. Only set-up is charged once."""

    PLAN = "plan"
    OPTION = "option"
    SETUP = "setup"


@dataclass(frozen=True, slots=True)
class Item:
    """One part of a sale, at the price of ours that it is sold for."""

    kind: ItemKind
    price_id: UUID
    name: str
    quantity: int
    unit: Money
    option_id: UUID | None = None
    choice_id: UUID | None = None

    @property
    def total(self) -> Money:
        return self.unit * self.quantity


class CouponKind(StrEnum):
    PERCENT = "percent"
    FIXED = "fixed"


class CouponStatus(StrEnum):
    """Whether somebody may redeem it right now, and why not."""

    GOOD = "good"
    SCHEDULED = "scheduled"
    USED_UP = "used_up"
    ENDED = "ended"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class CouponForm:
    """A coupon as it is written down. Without plans it is good for all, without cycles for ever."""

    code: str
    kind: CouponKind
    percent_bp: int | None = None
    amount_cents: int | None = None
    currency: str = "BRL"
    cycles: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    most: int | None = None
    once_per_customer: bool = False
    plan_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class CouponCopy:
    """A coupon of another company, and what it is to be here; its plans are the other company's."""

    origin_id: UUID
    coupon: CouponForm


@dataclass(frozen=True, slots=True)
class CouponCard:
    """A coupon as the company's people see it, and how often it was redeemed."""

    id: UUID
    form: CouponForm
    status: CouponStatus
    redeemed: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Discount:
    """What is taken off a sale: in all, and of each item in their order. Without a coupon, staff did it.

    The rest is what it promised, for whoever renews: for so many cycles, or for ever.
    """

    coupon_id: UUID | None
    code: str
    amount: Money
    shares: tuple[int, ...]
    kind: CouponKind
    percent_bp: int | None
    amount_cents: int | None
    cycles: int | None
    once_per_customer: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """What a sale would cost right now, part by part, and what its buyer could do with it."""

    plan: PricedPlan
    items: tuple[Item, ...]
    limits: Limits
    discount: Discount | None = None
    trial_days: int = 0
    trial_card: bool = False

    @property
    def units(self) -> int:
        """How many of the plan."""
        return sum(item.quantity for item in self.items if item.kind == ItemKind.PLAN)

    @property
    def due_now(self) -> Money:
        """What the buyer is asked for at once: nothing, where days for nothing come first."""
        return self.total * 0 if self.trial_days else self.total

    @property
    def subtotal(self) -> Money:
        cents = sum(item.total.cents for item in self.items)
        return Money(cents, self.plan.amount.currency)

    @property
    def total(self) -> Money:
        return self.subtotal - self.discount.amount if self.discount else self.subtotal


@dataclass(frozen=True, slots=True)
class TermsVersion:
    """The company's terms of sale, in one of their versions."""

    version: int
    body: str
    published_at: datetime
