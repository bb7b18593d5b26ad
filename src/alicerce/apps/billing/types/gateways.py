"""Accounts at providers, as others see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class GatewayKind(StrEnum):
    PIX = "pix"
    STRIPE = "stripe"


class NoticeOutcome(StrEnum):
    BOOKED = "booked"
    NOTHING_NEW = "nothing_new"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class GatewayView:
    """What a person sees of an account at a provider, and its health. No secrets."""

    id: UUID
    kind: GatewayKind
    name: str
    enabled: bool
    livemode: bool
    reconciled_at: datetime
    trouble: str
    hook_registered_at: datetime | None


@dataclass(frozen=True, slots=True)
class HookAccount:
    """What a knock on the door needs: whose account it is and how the knocker proves itself."""

    tenant_id: UUID
    account_id: UUID
    kind: GatewayKind


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What a provider posted about one of its accounts, as it came."""

    account_id: UUID
    kind: GatewayKind
    raw: bytes
