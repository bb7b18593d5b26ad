"""Facts of billing."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime

from alicerce.kernel.events import Event


class InvoiceIssued(Event):
    name: ClassVar[str] = "invoice.issued"
    description: ClassVar = _("Uma fatura foi emitida.")

    invoice_id: UUID
    customer_id: UUID
    order_id: UUID | None
    number: int
    total_cents: int
    currency: str


class InvoicePaid(Event):
    """An invoice was paid in full by a payment in our ledger. The method is empty when it cost nothing."""

    name: ClassVar[str] = "invoice.paid"
    description: ClassVar = _("Uma fatura foi paga por inteiro.")
    unsaid: ClassVar = frozenset({"has_live_charges"})

    invoice_id: UUID
    order_id: UUID | None
    customer_id: UUID
    method: str
    total_cents: int
    currency: str
    has_live_charges: bool = True  # others than the one that was paid


class InvoiceVoided(Event):
    name: ClassVar[str] = "invoice.voided"
    description: ClassVar = _("Uma fatura em aberto foi cancelada.")

    invoice_id: UUID
    order_id: UUID | None
    customer_id: UUID


class ChargeBegun(Event):
    """Somebody wants to pay. A job asks the provider."""

    name: ClassVar[str] = "charge.begun"
    is_internal: ClassVar[bool] = True

    charge_id: UUID


class ChargeFailed(Event):
    name: ClassVar[str] = "charge.failed"
    description: ClassVar = _("Uma cobrança não pôde ser feita no provedor.")

    charge_id: UUID
    invoice_id: UUID
    error: str


class PaymentReceived(Event):
    name: ClassVar[str] = "payment.received"
    description: ClassVar = _("Um pagamento entrou.")

    payment_id: UUID
    invoice_id: UUID | None
    customer_id: UUID | None
    amount_cents: int
    currency: str
    fit: str


class PaymentMisfit(Event):
    """Money came that settles no invoice: it is on record, and a person should look."""

    name: ClassVar[str] = "payment.misfit"
    description: ClassVar = _("Um pagamento entrou e não quita nenhuma fatura.")

    payment_id: UUID
    invoice_id: UUID | None
    reason: str
    amount_cents: int
    currency: str


class GatewayConnected(Event):
    name: ClassVar[str] = "gateway.connected"
    description: ClassVar = _("Uma conta de recebimento foi conectada.")

    account_id: UUID


class GatewayNoticeReceived(Event):
    name: ClassVar[str] = "gateway.notice_received"
    is_internal: ClassVar[bool] = True

    notice_id: UUID


class ReconcileDue(Event):
    """An account at a provider should be read again. `since` is when it last was."""

    name: ClassVar[str] = "gateway.reconcile_due"
    is_internal: ClassVar[bool] = True

    account_id: UUID
    since: AwareDatetime


class ExpiryDue(Event):
    """Charges of the tenant are past their time."""

    name: ClassVar[str] = "charge.expiry_due"
    is_internal: ClassVar[bool] = True
