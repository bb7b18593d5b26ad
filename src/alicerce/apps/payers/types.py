"""The words of payers. Plain Python: safe to import anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.subscriptions.types import SubscriptionCard
from alicerce.apps.tenancy.types import RestrictionCause
from alicerce.kernel.money import Money
from alicerce.kernel.restrictions import Restriction

KIND = "platform_product"
"""What a plan of the platform's catalog is when it is one of the products that companies have."""
CLOSES_AFTER = timedelta(days=7)
"""So long after an account was suspended by the platform its companies close; read-only before."""


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
