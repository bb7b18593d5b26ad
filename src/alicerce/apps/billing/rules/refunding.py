"""What may be given back, out of what, and for how long."""

from datetime import datetime, timedelta
from uuid import UUID

from alicerce.apps.billing.types import InvoiceKind, InvoiceStatus, PaymentFit, PaymentMethod
from alicerce.apps.billing.types.corrections import RefundSource
from alicerce.kernel.money import Money

LATEST = {PaymentMethod.PIX: timedelta(days=90)}
"""The Central Bank's rules let a Pix go back for so long."""


def is_too_late(*, method: PaymentMethod, received_at: datetime, at: datetime) -> bool:
    limit = LATEST.get(method)
    return limit is not None and at - received_at > limit


def source_of(
    *, fit: PaymentFit, kind: InvoiceKind | None, status: InvoiceStatus | None
) -> RefundSource:
    """A payment that settled a sale goes back with a credit note; what became credit leaves the wallet."""
    if fit == PaymentFit.FLAGGED:
        return RefundSource.SUSPENSE
    if fit == PaymentFit.CREDITED or kind == InvoiceKind.FUNDS or status == InvoiceStatus.VOID:
        return RefundSource.WALLET
    return RefundSource.INVOICE


def refund_key(*, tenant_id: UUID, refund_id: UUID, amount: Money) -> str:
    """The same refund has the same name at its provider, in whichever process it is asked for."""
    return f"{tenant_id}:refund:{refund_id}:{amount.cents}{amount.currency}"
