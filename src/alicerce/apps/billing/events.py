"""Facts of billing."""

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from alicerce.kernel.events import Event


class InvoiceIssued(Event):
    name: ClassVar[str] = "invoice.issued"

    invoice_id: UUID
    customer_id: UUID
    order_id: UUID | None
    number: int
    total_cents: int
    currency: str


class InvoicePaid(Event):
    """An invoice was paid in full by a payment in our ledger. The method is empty when it cost nothing."""

    name: ClassVar[str] = "invoice.paid"

    invoice_id: UUID
    order_id: UUID | None
    customer_id: UUID
    method: str
    total_cents: int
    currency: str
    has_live_charges: bool = True  # others than the one that was paid


class InvoiceVoided(Event):
    name: ClassVar[str] = "invoice.voided"

    invoice_id: UUID
    order_id: UUID | None
    customer_id: UUID


class ChargeBegun(Event):
    """Somebody wants to pay. A job asks the provider."""

    name: ClassVar[str] = "charge.begun"

    charge_id: UUID


class ChargeFailed(Event):
    name: ClassVar[str] = "charge.failed"

    charge_id: UUID
    invoice_id: UUID
    error: str


class PaymentReceived(Event):
    name: ClassVar[str] = "payment.received"

    payment_id: UUID
    invoice_id: UUID | None
    customer_id: UUID | None
    amount_cents: int
    currency: str
    fit: str


class PaymentMisfit(Event):
    """Money came that settles no invoice: it is on record, and a person should look."""

    name: ClassVar[str] = "payment.misfit"

    payment_id: UUID
    invoice_id: UUID | None
    reason: str
    amount_cents: int
    currency: str


class GatewayConnected(Event):
    name: ClassVar[str] = "gateway.connected"

    account_id: UUID


class GatewayNoticeReceived(Event):
    name: ClassVar[str] = "gateway.notice_received"

    notice_id: UUID


class ReconcileDue(Event):
    """An account at a provider should be read again. `since` is when it last was."""

    name: ClassVar[str] = "gateway.reconcile_due"

    account_id: UUID
    since: AwareDatetime


class ExpiryDue(Event):
    """Charges of the tenant are past their time."""

    name: ClassVar[str] = "charge.expiry_due"
