"""Accounts of companies under the platform's account at a provider, as others see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from alicerce.kernel.money import Money


class MerchantState(StrEnum):
    PENDING = "pending"
    """Its owner has not told the provider everything yet."""
    RESTRICTED = "restricted"
    """The provider does not let it charge, and says what is due."""
    ENABLED = "enabled"
    DISCONNECTED = "disconnected"


class EndedBy(StrEnum):
    """Who took an account away from the platform."""

    NONE = ""
    COMPANY = "company"
    """Here."""
    OWNER = "owner"
    """At the provider, or the provider itself: it lets the platform see the account no more."""


class LinkStatus(StrEnum):
    """Of the provider's page where an owner tells who they are."""

    NONE = ""
    ASKED = "asked"
    OPEN = "open"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ConnectTerms:
    """What the platform takes of each payment, and whether refunds give it back."""

    fee_basis_points: int = 0
    gives_fee_back: bool = True
    is_open: bool = False
    fee_fixed_cents: int = 0
    """Of each payment in reais, besides the part."""


@dataclass(frozen=True, slots=True)
class OfferView:
    """What the platform offers companies: to be paid through its account."""

    id: UUID
    account_id: UUID
    livemode: bool
    terms: ConnectTerms
    strays: int
    hook_registered_at: datetime | None


@dataclass(frozen=True, slots=True)
class MerchantView:
    id: UUID
    account_id: UUID | None
    livemode: bool
    state: MerchantState
    external_id: str
    due: tuple[str, ...]
    due_by: datetime | None
    disabled_reason: str
    can_pay_out: bool
    """Whether what was received reaches the company's bank."""
    ended_by: EndedBy
    changed_at: datetime | None
    terms: ConnectTerms
    link: LinkStatus
    link_url: str
    checked_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlatformShare:
    """What of a provider's fee is the platform's, and of which payment; below zero it came back by a refund."""

    account_id: UUID
    payment_id: UUID
    cents: int
    happened_at: datetime
    refund_reference: str = ""


@dataclass(frozen=True, slots=True)
class PlatformFeeView:
    """One fee that the platform kept, or gave back."""

    id: UUID
    payment_id: UUID
    invoice_id: UUID | None
    external_id: str
    refund_reference: str
    amount: Money
    of: Money
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class EarnedOfCompany:
    """What the payments to one company left the platform in some time."""

    tenant_id: UUID
    livemode: bool
    amount: Money


@dataclass(frozen=True, slots=True)
class MerchantTold:
    """What the provider said of an account when it was asked."""

    external_id: str
    can_charge: bool
    has_told_all: bool
    due: tuple[str, ...] = ()
    disabled_reason: str = ""
    can_pay_out: bool = False
    due_by: datetime | None = None
