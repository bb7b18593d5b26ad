"""Accounts of companies under the platform's account at a provider, as others see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class MerchantState(StrEnum):
    PENDING = "pending"
    """Its owner has not told the provider everything yet."""
    RESTRICTED = "restricted"
    """The provider does not let it charge, and says what is due."""
    ENABLED = "enabled"
    DISCONNECTED = "disconnected"


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
    disabled_reason: str
    terms: ConnectTerms
    link: LinkStatus
    link_url: str
    checked_at: datetime | None


@dataclass(frozen=True, slots=True)
class MerchantTold:
    """What the provider said of an account when it was asked."""

    external_id: str
    can_charge: bool
    has_told_all: bool
    due: tuple[str, ...] = ()
    disabled_reason: str = ""
