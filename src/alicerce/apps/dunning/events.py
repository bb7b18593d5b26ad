"""Facts of dunning."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class InvoiceOverdue(Event):
    """Once for each invoice: its last day in time is over, weekends and holidays considered."""

    name: ClassVar[str] = "invoice.overdue"
    description: ClassVar = _("Uma fatura passou do vencimento sem ser paga.")

    invoice_id: UUID
    customer_id: UUID
    due_on: date
    total_cents: int
    currency: str


class LadderStepTaken(Event):
    """A step of the ladder was taken for an invoice: a letter went, or services were touched."""

    name: ClassVar[str] = "dunning.step_taken"
    description: ClassVar = _("Um passo da régua de cobrança foi dado para uma fatura.")

    invoice_id: UUID
    customer_id: UUID
    step: str
    kind: str
    offset_days: int
    outcome: str


class StepsDue(Event):
    """Invoices of the tenant have a step to take."""

    name: ClassVar[str] = "dunning.steps_due"
    is_internal: ClassVar[bool] = True


class StrayInvoicesDue(Event):
    """Look for open invoices that are on no ladder: those from before there was one."""

    name: ClassVar[str] = "dunning.stray_invoices_due"
    is_internal: ClassVar[bool] = True
