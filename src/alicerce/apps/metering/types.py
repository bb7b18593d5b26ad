"""The words of metering. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from alicerce.apps.billing.types.prices import Scheme
from alicerce.kernel.money import Money


class Aggregation(StrEnum):
    """What the records of a stretch come to: all of them, the largest, or the latest."""

    SUM = "sum"
    MAX = "max"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class TierForm:
    """Units up to and with `up_to`, for `unit` cents each, in up to six places; `flat` cents when it is reached."""

    up_to: int | None
    unit: str
    flat: int = 0


@dataclass(frozen=True, slots=True)
class MeterForm:
    """A meter as it is written down. `unit` is what one of it is called."""

    key: str
    name: str
    unit: str
    aggregation: Aggregation
    scheme: Scheme
    tiers: tuple[TierForm, ...]


@dataclass(frozen=True, slots=True)
class MeterCard:
    id: UUID
    plan_id: UUID
    form: MeterForm
    currency: str
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class Metered:
    """What may use something: which plan it has, and since when; it uses nothing any more once it ended."""

    subscription_id: UUID
    plan_id: UUID
    since: datetime | None
    is_live: bool
    currency: str = "BRL"


@dataclass(frozen=True, slots=True)
class NewRecord:
    """So much was used. `identifier` is the sender's own name for it: said again, it is the same."""

    identifier: str
    subscription_id: UUID
    meter: str
    quantity: int
    happened_at: datetime


class Fate(StrEnum):
    """What became of a record that was sent: kept now, kept before, or refused."""

    ACCEPTED = "accepted"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Receipt:
    identifier: str
    fate: Fate
    code: str = ""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one meter of a subscription counted and nobody was asked for yet, and what that costs."""

    subscription_id: UUID
    meter_id: UUID
    key: str
    name: str
    unit: str
    quantity: int
    amount: Money
    starts_on: date
    ends_on: date
    usual_cents: int = 0
