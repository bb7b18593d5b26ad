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


class InvoicePartlyPaid(Event):
    """Money or a credit note took something off an invoice, and something is left to pay."""

    name: ClassVar[str] = "invoice.partly_paid"
    description: ClassVar = _("Parte de uma fatura foi paga ou creditada.")

    invoice_id: UUID
    order_id: UUID | None
    customer_id: UUID
    paid_cents: int
    remaining_cents: int
    currency: str


class InvoiceCredited(Event):
    name: ClassVar[str] = "invoice.credited"
    description: ClassVar = _("Uma nota de crédito corrigiu uma fatura.")

    invoice_id: UUID
    customer_id: UUID
    credit_note_id: UUID
    amount_cents: int
    currency: str


class InvoiceWrittenOff(Event):
    name: ClassVar[str] = "invoice.written_off"
    description: ClassVar = _("Uma fatura foi dada por perdida.")

    invoice_id: UUID
    customer_id: UUID
    amount_cents: int
    currency: str


class WalletMoved(Event):
    """A customer's credit with the company changed; below zero it was used, taken or given back."""

    name: ClassVar[str] = "wallet.moved"
    description: ClassVar = _("O saldo de um cliente mudou.")

    customer_id: UUID
    amount_cents: int
    currency: str
    kind: str


class PaymentAttributed(Event):
    """What was nobody's of a payment was given to a customer, or is nobody's again."""

    name: ClassVar[str] = "payment.attributed"
    is_internal: ClassVar[bool] = True

    payment_id: UUID


class RefundBegun(Event):
    """Somebody wants money to go back. A job asks the provider."""

    name: ClassVar[str] = "refund.begun"
    is_internal: ClassVar[bool] = True

    refund_id: UUID


class PaymentRefunded(Event):
    name: ClassVar[str] = "payment.refunded"
    description: ClassVar = _("Um pagamento foi devolvido, no todo ou em parte.")
    unsaid: ClassVar = frozenset({"through_platform"})

    payment_id: UUID
    refund_id: UUID
    invoice_id: UUID | None
    customer_id: UUID | None
    amount_cents: int
    currency: str
    through_platform: bool = False  # of a payment by an account under the platform's


class RefundFailed(Event):
    name: ClassVar[str] = "refund.failed"
    description: ClassVar = _("Uma devolução não foi feita.")

    payment_id: UUID
    refund_id: UUID
    invoice_id: UUID | None
    customer_id: UUID | None
    amount_cents: int
    currency: str


class PaymentTakenBack(Event):
    """A provider gave a payment back by its own rules: nobody here had asked it to."""

    name: ClassVar[str] = "payment.taken_back"
    is_internal: ClassVar[bool] = True

    payment_id: UUID
    reference: str
    amount_cents: int
    currency: str


class ChargeOutdated(Event):
    """An invoice asks for less than this charge does: nobody should pay it any more."""

    name: ClassVar[str] = "charge.outdated"
    is_internal: ClassVar[bool] = True

    charge_id: UUID


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
    unsaid: ClassVar = frozenset({"through_platform"})

    payment_id: UUID
    invoice_id: UUID | None
    customer_id: UUID | None
    amount_cents: int
    currency: str
    fit: str
    through_platform: bool = False  # by an account under the platform's


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


class ConnectOffered(Event):
    """The platform opened an account of its own to companies, and hears nothing of theirs yet."""

    name: ClassVar[str] = "gateway.connect_offered"
    is_internal: ClassVar[bool] = True

    account_id: UUID


class MerchantAsked(Event):
    """Somebody waits for the provider's page."""

    name: ClassVar[str] = "merchant.asked"
    is_internal: ClassVar[bool] = True

    merchant_id: UUID


class MerchantLookDue(Event):
    """What became of an account under the platform's should be asked."""

    name: ClassVar[str] = "merchant.look_due"
    is_internal: ClassVar[bool] = True

    merchant_id: UUID


class MerchantChanged(Event):
    """The provider says something new of a company's account: what it may do, or what is due."""

    name: ClassVar[str] = "merchant.changed"
    description: ClassVar = _(
        "A conta da empresa na Stripe mudou: o que ela pode, ou o que falta."
    )
    unsaid: ClassVar = frozenset({"is_worse", "resumed"})

    merchant_id: UUID
    account_id: UUID | None
    state: str
    can_charge: bool = False
    can_pay_out: bool = False
    is_worse: bool = False  # it charges no more, or what it received is not paid out
    resumed: bool = False  # it charges, and did not before


class GatewayNoticeReceived(Event):
    name: ClassVar[str] = "gateway.notice_received"
    is_internal: ClassVar[bool] = True

    notice_id: UUID
    topic: str = ""


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


class RecognitionDue(Event):
    """A day of the tenant is over: what it earned is not in the books yet."""

    name: ClassVar[str] = "revenue.recognition_due"
    is_internal: ClassVar[bool] = True
