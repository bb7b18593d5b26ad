"""How charges are named, how long they live, and which stretch of time is read again."""

from datetime import datetime, timedelta
from uuid import UUID

from alicerce.apps.billing.types import GatewayKind, PaymentMethod
from alicerce.kernel.money import Money

KIND_OF = {
    PaymentMethod.PIX: GatewayKind.PIX,
    PaymentMethod.CARD: GatewayKind.STRIPE,
    PaymentMethod.BOLETO: GatewayKind.STRIPE,
}

LIFE = {GatewayKind.PIX: timedelta(hours=1), GatewayKind.STRIPE: timedelta(hours=23)}
GRACE = timedelta(minutes=10)  # a payment made in the last second takes a while to be told
OVERLAP = timedelta(hours=48)
LONGEST_READ = timedelta(days=1)


def idempotency_key(*, tenant_id: UUID, invoice_id: UUID, attempt: int, amount: Money) -> str:
    """The same attempt at the same amount has the same name, in whichever process it is made."""
    return f"{tenant_id}:{invoice_id}:{attempt}:{amount.cents}{amount.currency}"


def expiry(*, kind: GatewayKind, at: datetime, seconds: int | None) -> datetime:
    return at + (timedelta(seconds=seconds) if seconds else LIFE[kind])


def window(*, cursor: datetime, opened_at: datetime, at: datetime) -> tuple[datetime, datetime]:
    """What to read: two days twice, and after an outage no more than one new day at a time.

    What came before the account was ours to read is none of our business.
    """
    until = min(at, cursor + LONGEST_READ)
    return max(opened_at, cursor - OVERLAP), until
