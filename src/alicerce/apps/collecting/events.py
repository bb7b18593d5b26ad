"""Facts of collecting."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime

from alicerce.kernel.events import Event


class PaymentMethodSaved(Event):
    name: ClassVar[str] = "payment_method.saved"
    description: ClassVar = _("Um cliente guardou um cartão para pagamentos automáticos.")

    payment_method_id: UUID
    customer_id: UUID
    brand: str
    last4: str


class PaymentMethodRemoved(Event):
    name: ClassVar[str] = "payment_method.removed"
    description: ClassVar = _("Um cartão guardado foi removido.")

    payment_method_id: UUID
    customer_id: UUID


class CollectionAttempted(Event):
    """A kept card is about to be charged for an invoice."""

    name: ClassVar[str] = "collection.attempted"
    description: ClassVar = _("A cobrança de uma fatura no cartão guardado começou.")

    attempt_id: UUID
    invoice_id: UUID
    customer_id: UUID
    payment_method_id: UUID
    trigger: str


class CollectionFailed(Event):
    """The card was refused. Without a next attempt, it is up to the customer."""

    name: ClassVar[str] = "collection.failed"
    description: ClassVar = _("O cartão guardado foi recusado ao cobrar uma fatura.")

    attempt_id: UUID
    invoice_id: UUID
    customer_id: UUID
    payment_method_id: UUID
    decline: str
    reason: str
    next_attempt_at: AwareDatetime | None


class CollectionsDue(Event):
    """Invoices of the tenant wait for their card to be charged, or cards to be warned of."""

    name: ClassVar[str] = "collection.due"
    is_internal: ClassVar[bool] = True


class CardsChanged(Event):
    """A payer's cards at the provider may be others by now: ask."""

    name: ClassVar[str] = "payment_method.changed"
    is_internal: ClassVar[bool] = True

    payer_id: UUID


class CardReady(Event):
    """A customer's open invoices may be charged again: another card, or automatic payment is on."""

    name: ClassVar[str] = "payment_method.ready"
    is_internal: ClassVar[bool] = True

    customer_id: UUID


class CardUnwanted(Event):
    """A card that was removed here is still kept at the provider."""

    name: ClassVar[str] = "payment_method.unwanted"
    is_internal: ClassVar[bool] = True

    payment_method_id: UUID


class PayerUnwanted(Event):
    """Somebody whose data were erased here is still known to the provider."""

    name: ClassVar[str] = "payment_method.payer_unwanted"
    is_internal: ClassVar[bool] = True

    payer_id: UUID


class VisitAsked(Event):
    """A customer wants to go to a page of the provider. A job opens it."""

    name: ClassVar[str] = "payment_method.visit_asked"
    is_internal: ClassVar[bool] = True

    visit_id: UUID


class MandateRequested(Event):
    name: ClassVar[str] = "mandate.requested"
    description: ClassVar = _("O banco de um cliente mostra o pedido de Pix Automático.")

    mandate_id: UUID
    customer_id: UUID
    answer_until: AwareDatetime


class MandateApproved(Event):
    name: ClassVar[str] = "mandate.approved"
    description: ClassVar = _("Um cliente autorizou o Pix Automático.")

    mandate_id: UUID
    customer_id: UUID


class MandateEnded(Event):
    """By the customer, the company, or a bank."""

    name: ClassVar[str] = "mandate.ended"
    description: ClassVar = _("Uma autorização de Pix Automático foi encerrada.")

    mandate_id: UUID
    customer_id: UUID
    ended_by: str
    reason: str


class DebitScheduled(Event):
    """The payer's bank is asked to debit an invoice on a day to come."""

    name: ClassVar[str] = "debit.scheduled"
    description: ClassVar = _("O débito de uma fatura por Pix Automático foi marcado.")

    debit_id: UUID
    mandate_id: UUID
    invoice_id: UUID
    customer_id: UUID
    debit_on: date
    amount_cents: int
    currency: str


class DebitFailed(Event):
    """No bank will be asked again: it is up to the customer."""

    name: ClassVar[str] = "debit.failed"
    description: ClassVar = _("Uma fatura não foi debitada por Pix Automático.")

    debit_id: UUID
    mandate_id: UUID
    invoice_id: UUID
    customer_id: UUID
    reason: str
    tries: int


class DebitUnanswered(Event):
    """Its last day is over and no bank said whether it paid: somebody has to look at it."""

    name: ClassVar[str] = "debit.unanswered"
    description: ClassVar = _("O banco não disse, no prazo, se debitou uma fatura.")

    debit_id: UUID
    mandate_id: UUID
    invoice_id: UUID
    customer_id: UUID
    charge_id: UUID
    debit_on: date
    amount_cents: int
    currency: str


class DebitAnswered(Event):
    """What nobody knew of a debit is known now: it was paid, or it never will be."""

    name: ClassVar[str] = "debit.answered"
    description: ClassVar = _("O banco disse, com atraso, o que houve com um débito.")

    debit_id: UUID
    mandate_id: UUID
    invoice_id: UUID
    customer_id: UUID
    charge_id: UUID


class MandateAsked(Event):
    """A customer wants to authorise. A job has it made at the PSP."""

    name: ClassVar[str] = "mandate.asked"
    is_internal: ClassVar[bool] = True

    mandate_id: UUID


class MandateChanged(Event):
    """An authorisation may be another at its PSP by now: ask."""

    name: ClassVar[str] = "mandate.changed"
    is_internal: ClassVar[bool] = True

    mandate_id: UUID


class MandateUnwanted(Event):
    """An authorisation that ended here still stands at its PSP, as far as we know."""

    name: ClassVar[str] = "mandate.unwanted"
    is_internal: ClassVar[bool] = True

    mandate_id: UUID


class MandateReady(Event):
    """A customer's open invoices may be debited now."""

    name: ClassVar[str] = "mandate.ready"
    is_internal: ClassVar[bool] = True

    customer_id: UUID


class DebitChanged(Event):
    """A debit may have been tried by now: ask."""

    name: ClassVar[str] = "debit.changed"
    is_internal: ClassVar[bool] = True

    debit_id: UUID


class DebitsDue(Event):
    """Invoices of the tenant wait for their bank to be asked, or for its answer."""

    name: ClassVar[str] = "debit.due"
    is_internal: ClassVar[bool] = True
