"""Facts of disputes."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime

from alicerce.kernel.events import Event


class DisputeFact(Event):
    dispute_id: UUID
    kind: str
    status: str
    payment_id: UUID | None
    invoice_id: UUID | None
    customer_id: UUID | None
    amount_cents: int
    currency: str
    respond_by: AwareDatetime | None


class DisputeOpened(DisputeFact):
    name: ClassVar[str] = "dispute.opened"
    description: ClassVar = _("Alguém contestou um pagamento.")


class DisputeUpdated(DisputeFact):
    name: ClassVar[str] = "dispute.updated"
    description: ClassVar = _("Uma disputa andou, ou se soube de que pagamento ela é.")


class DisputeWon(DisputeFact):
    """Also one that came to nothing before anything was claimed."""

    name: ClassVar[str] = "dispute.won"
    description: ClassVar = _("Uma disputa foi ganha, ou deu em nada.")


class DisputeLost(DisputeFact):
    name: ClassVar[str] = "dispute.lost"
    description: ClassVar = _("Uma disputa foi perdida ou aceita.")


class AnswerBegun(Event):
    """Somebody answers a dispute. A job tells the provider."""

    name: ClassVar[str] = "dispute.answer_begun"
    is_internal: ClassVar[bool] = True

    answer_id: UUID


class RemindersDue(Event):
    """Disputes of the tenant come near their last day."""

    name: ClassVar[str] = "dispute.reminders_due"
    is_internal: ClassVar[bool] = True
