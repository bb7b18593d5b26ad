"""Facts of the catalog."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class PlanPublished(Event):
    name: ClassVar[str] = "plan.published"
    description: ClassVar = _("Um plano novo entrou no catálogo.")

    plan_id: UUID


class PlanChanged(Event):
    """Which fields changed; what they say now is asked of us."""

    name: ClassVar[str] = "plan.changed"
    description: ClassVar = _("Um plano do catálogo mudou.")

    plan_id: UUID
    fields: tuple[str, ...] = ()


class PlanRetired(Event):
    name: ClassVar[str] = "plan.retired"
    description: ClassVar = _("Um plano saiu de venda de vez; quem o tem continua com ele.")

    plan_id: UUID


class PriceChanged(Event):
    """A new version is in force. What was sold at the one before stays as it was sold."""

    name: ClassVar[str] = "price.changed"
    description: ClassVar = _("Um preço passou a valer para as vendas novas de um plano.")

    price_id: UUID
    plan_id: UUID
    previous_price_id: UUID | None
    cycle: str
    amount_cents: int
    setup_cents: int
    trial_days: int = 0
    trial_card: bool = False
    currency: str


class PriceRetired(Event):
    """The plan is not sold for this cycle any more."""

    name: ClassVar[str] = "price.retired"
    description: ClassVar = _("Um plano deixou de ser vendido nesta periodicidade.")

    price_id: UUID
    plan_id: UUID
    cycle: str
