"""The words of payers. Plain Python: safe to import anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.collecting.types import CardView
from alicerce.apps.subscriptions.types import SubscriptionCard
from alicerce.apps.tenancy.types import RestrictionCause
from alicerce.kernel.money import Money
from alicerce.kernel.restrictions import Restriction

KIND = "platform_product"
"""What a plan of the platform's catalog is when it is one of the products that companies have."""
CLOSES_AFTER = timedelta(days=7)
"""So long after an account was suspended by the platform its companies close; read-only before."""


BEFORE_COMPANY = " · "
LONGEST = 160


def named(plan: str, company: str) -> str:
    """What a line of an invoice says: which plan, and whose."""
    return f"{plan}{BEFORE_COMPANY}{company}"[:LONGEST]


def plan_of(description: str) -> str:
    return description.partition(BEFORE_COMPANY)[0]


class SaleEnd(StrEnum):
    """Why a company's product is no longer asked for from this account."""

    MOVED = "moved"
    DROPPED = "dropped"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Offer:
    """A price at which a product may be sold to a company."""

    price_id: UUID
    product: str
    plan: str
    cycle: Cycle
    amount: Money
    limits: Mapping[str, int]
    setup: Money | None = None
    trial_days: int = 0
    trial_card: bool = False


@dataclass(frozen=True, slots=True)
class SaleView:
    """A product of a company that an account pays for."""

    company_id: UUID
    company: str
    product: str
    subscription: SubscriptionCard


@dataclass(frozen=True, slots=True)
class NextLine:
    description: str
    starts_on: date
    ends_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class NextInvoice:
    """What an account will be asked for next, taxes and all; nothing is written yet."""

    on: date
    lines: tuple[NextLine, ...]
    taxes: Money
    total: Money


@dataclass(frozen=True, slots=True)
class Awaiting:
    """A product that was ordered and is not paid yet, and where it is paid."""

    order_id: UUID
    token: str
    description: str
    total: Money


@dataclass(frozen=True, slots=True)
class Ware:
    """A product of the platform, as a company may buy it: what it costs, or why not."""

    product: str
    offers: tuple[Offer, ...]
    is_had: bool
    sale: SaleView | None = None
    awaiting: Awaiting | None = None


@dataclass(frozen=True, slots=True)
class Part:
    words: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Basket:
    """What a purchase costs now, taxes and all, and afterwards; nothing is written yet."""

    offer: Offer
    parts: tuple[Part, ...]
    total: Money
    trial_days: int
    trial_card: bool
    cards: tuple[CardView, ...]
    paid_until: date | None = None
    """Days of it that this account was asked for already: the first one that it was not."""


@dataclass(frozen=True, slots=True)
class Bought:
    """The page of the order, where it is paid; none for what is had at once."""

    token: str = ""
    is_charged: bool = False
    is_trial: bool = False


@dataclass(frozen=True, slots=True)
class Extent:
    """How far the companies of an account are restricted, and why."""

    restriction: Restriction = Restriction.NONE
    cause: RestrictionCause | None = None


@dataclass(frozen=True, slots=True)
class Bill:
    """An account's side of the platform's books."""

    account_id: UUID
    customer_id: UUID | None
    sales: tuple[SaleView, ...] = ()
    invoices: tuple[InvoiceSummary, ...] = ()
    upcoming: tuple[NextInvoice, ...] = ()
    owed_since: date | None = None
    closes_at: datetime | None = None
