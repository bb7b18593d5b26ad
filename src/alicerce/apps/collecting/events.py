"""Facts of collecting."""

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
