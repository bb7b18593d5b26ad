"""Facts of reconciliation."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class DifferenceFound(Event):
    name: ClassVar[str] = "reconciliation.difference_found"
    description: ClassVar = _(
        "O provedor, os pagamentos, o razão ou o banco não dizem o mesmo."
    )

    difference_id: UUID
    kind: str
    reference: str
    currency: str
    there_cents: int | None
    here_cents: int | None


class DifferenceResolved(Event):
    name: ClassVar[str] = "reconciliation.difference_resolved"
    description: ClassVar = _("Uma diferença da conciliação deixou de existir.")

    difference_id: UUID
    kind: str
    reference: str


class PayoutPaid(Event):
    name: ClassVar[str] = "payout.paid"
    description: ClassVar = _("Um provedor pagou um repasse à conta da empresa.")

    payout_id: UUID
    amount_cents: int
    currency: str
    arrives_on: date


class RunBegun(Event):
    """A comparison is to be taken further, by whoever hears first."""

    name: ClassVar[str] = "reconciliation.run_begun"
    is_internal: ClassVar[bool] = True

    run_id: UUID


class BookingAsked(Event):
    """A person wants what the provider says of a difference in the books."""

    name: ClassVar[str] = "reconciliation.booking_asked"
    is_internal: ClassVar[bool] = True

    difference_id: UUID


class OldDifferencesDue(Event):
    """Differences of the tenant have been open for a day, and nobody was told."""

    name: ClassVar[str] = "reconciliation.old_differences_due"
    is_internal: ClassVar[bool] = True


class BankChanged(Event):
    """Lines of a bank came, or were matched, or were let go."""

    name: ClassVar[str] = "reconciliation.bank_changed"
    is_internal: ClassVar[bool] = True
