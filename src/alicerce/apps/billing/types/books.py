"""What the books say of money at a provider, as who compares them needs it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.billing.types.corrections import RefundStatus
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class BookedPayment:
    """A payment on record. `posted` is what its own movement put on the account of its provider.

    `unclaimed` is what of it is nobody's yet: for no invoice, of no customer, and not given back.
    """

    id: UUID
    account_id: UUID | None
    provider: str
    reference: str
    amount: Money
    received_at: datetime
    invoice_id: UUID | None
    posted_cents: int
    unclaimed_cents: int = 0


@dataclass(frozen=True, slots=True)
class BookedRefund:
    """A refund on record. `posted` is what its movements took off the account of its provider."""

    id: UUID
    account_id: UUID | None
    payment_id: UUID
    provider: str
    reference: str
    payment_reference: str
    amount: Money
    status: RefundStatus
    begun_at: datetime
    posted_cents: int


@dataclass(frozen=True, slots=True)
class BankMove:
    """Money that came into the bank, or left it. The key makes a repeated move impossible.

    `against` is the account it came from: what a provider held for us, or a fee. A move of what the
    books had in the bank already, such as a payment by hand, posts nothing and is not one of these.
    """

    key: str
    against: str
    amount: Money
