"""Facts of subscriptions."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class SubscriptionStarted(Event):
    """Its first period was paid for, or will be asked for with the customer's next invoice."""

    name: ClassVar[str] = "subscription.started"
    description: ClassVar = _("Uma assinatura começou.")

    subscription_id: UUID
    customer_id: UUID
    line_id: UUID


class TrialStarted(Event):
    name: ClassVar[str] = "subscription.trial_started"
    description: ClassVar = _("O teste de uma assinatura começou.")

    subscription_id: UUID
    customer_id: UUID
    line_id: UUID
    ends_on: date


class TrialEnding(Event):
    """Its first period begins on this day, and is invoiced then."""

    name: ClassVar[str] = "subscription.trial_ending"
    description: ClassVar = _("O teste de uma assinatura está para terminar.")

    subscription_id: UUID
    customer_id: UUID
    ends_on: date


class SubscriptionRenewed(Event):
    """A period was invoiced. It says nothing of its payment."""

    name: ClassVar[str] = "subscription.renewed"
    description: ClassVar = _("O próximo período de uma assinatura foi faturado.")

    subscription_id: UUID
    customer_id: UUID
    invoice_id: UUID
    starts_on: date
    ends_on: date


class SubscriptionChanged(Event):
    """Another plan is in force; `spec` is what its deliverer needs to know."""

    name: ClassVar[str] = "subscription.changed"
    description: ClassVar = _("Uma assinatura passou a outro plano.")
    unsaid: ClassVar = frozenset({"spec"})

    subscription_id: UUID
    customer_id: UUID
    line_id: UUID
    price_id: UUID
    spec: dict[str, str]


class SubscriptionItemsChanged(Event):
    """Other options are in force; `limits` is what plan and options allow together, null without a limit."""

    name: ClassVar[str] = "subscription.items_changed"
    description: ClassVar = _("As opções de uma assinatura mudaram.")

    subscription_id: UUID
    customer_id: UUID
    line_id: UUID
    limits: dict[str, int | None]


class LimitNear(Event):
    """Four fifths of what plan, options and add-ons allow are used."""

    name: ClassVar[str] = "subscription.limit_near"
    description: ClassVar = _("Uma assinatura usa quatro quintos de um limite.")

    subscription_id: UUID
    customer_id: UUID
    limit: str
    used: int
    most: int


class LimitReached(Event):
    """The next one is refused."""

    name: ClassVar[str] = "subscription.limit_reached"
    description: ClassVar = _("Uma assinatura chegou a um limite.")

    subscription_id: UUID
    customer_id: UUID
    limit: str
    used: int
    most: int


class AddonAdded(Event):
    """Something was sold onto a subscription: it runs from today on as one of its own."""

    name: ClassVar[str] = "subscription.addon_added"
    description: ClassVar = _("Um adicional entrou numa assinatura.")

    subscription_id: UUID
    addon_id: UUID
    customer_id: UUID
    price_id: UUID
    starts_on: date
    quantity: int = 1


class SubscriptionPriceChanged(Event):
    """It costs something else from today on: it is delivered as before."""

    name: ClassVar[str] = "subscription.price_changed"
    description: ClassVar = _("O preço de uma assinatura mudou, como foi avisado.")

    subscription_id: UUID
    customer_id: UUID
    price_id: UUID
    before_cents: int
    after_cents: int
    currency: str


class PriceChangeAnnounced(Event):
    """Its customer was written to: from this day on it costs something else."""

    name: ClassVar[str] = "subscription.price_change_announced"
    description: ClassVar = _("Um cliente foi avisado de um novo preço da assinatura.")

    subscription_id: UUID
    customer_id: UUID
    price_move_id: UUID
    effective_on: date
    before_cents: int
    after_cents: int
    currency: str


class PriceMoveScheduled(Event):
    name: ClassVar[str] = "price_move.scheduled"
    description: ClassVar = _("Um reajuste de quem já contratou foi agendado.")

    price_move_id: UUID
    price_id: UUID
    plan_id: UUID
    first_on: date
    subscriptions: int


class PriceMoveCanceled(Event):
    """Who did not pay the new price yet does not pay it."""

    name: ClassVar[str] = "price_move.canceled"
    description: ClassVar = _("Um reajuste agendado foi cancelado.")

    price_move_id: UUID
    price_id: UUID


class SubscriptionSuspended(Event):
    name: ClassVar[str] = "subscription.suspended"
    description: ClassVar = _("Uma assinatura foi suspensa.")

    subscription_id: UUID
    customer_id: UUID
    line_id: UUID
    scope: str
    cause: str


class SubscriptionResumed(Event):
    name: ClassVar[str] = "subscription.resumed"
    description: ClassVar = _("Uma assinatura suspensa voltou.")

    subscription_id: UUID
    customer_id: UUID
    line_id: UUID


class SubscriptionEnded(Event):
    name: ClassVar[str] = "subscription.ended"
    description: ClassVar = _("Uma assinatura terminou.")

    subscription_id: UUID
    customer_id: UUID
    line_id: UUID
    cause: str


class BillingDue(Event):
    """Renewals of the tenant wait to be invoiced, or subscriptions to end, on this local day."""

    name: ClassVar[str] = "billing_run.due"
    is_internal: ClassVar[bool] = True

    on: date


class MovementsDue(Event):
    """A day is over: what subscriptions bring each month may have changed without a fact that says so."""

    name: ClassVar[str] = "subscriptions.movements_due"
    is_internal: ClassVar[bool] = True


class MoveLettersDue(Event):
    """More letters of prices that change wait to be written."""

    name: ClassVar[str] = "price_move.letters_due"
    is_internal: ClassVar[bool] = True

    on: date


class BillingRunStepDue(Event):
    name: ClassVar[str] = "billing_run.step_due"
    is_internal: ClassVar[bool] = True

    run_id: UUID
    on: date


class BillingRunFinished(Event):
    name: ClassVar[str] = "billing_run.finished"
    description: ClassVar = _("O faturamento das renovações de um dia terminou.")

    run_id: UUID
    on: date


class CustomerReleased(Event):
    """Somebody has looked at it: the customer is billed again."""

    name: ClassVar[str] = "customer.billing_released"
    description: ClassVar = _("A cobrança de um cliente, que estava parada, voltou a andar.")

    customer_id: UUID


class CustomerParked(Event):
    """The billing of a customer waits until a person has looked at it."""

    name: ClassVar[str] = "customer.billing_parked"
    description: ClassVar = _("A cobrança de um cliente parou até que alguém a veja.")

    customer_id: UUID
    reason: str
