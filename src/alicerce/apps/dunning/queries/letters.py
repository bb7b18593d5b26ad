"""What the letters of the ladder say: what is owed, where to pay it, what happens next and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import translation

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.collecting import public as collecting
from alicerce.apps.customers.types import CustomerCard
from alicerce.apps.dunning.types import Planned, StepKind
from alicerce.apps.notify import public as notify
from alicerce.apps.notify.types import Sample
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.brazil import display_domains
from alicerce.kernel.money import Money
from alicerce.ui.formats import day

TEMPLATES: Mapping[StepKind, str] = {
    StepKind.INVOICE: "dunning_invoice",
    StepKind.REMINDER: "dunning_reminder",
    StepKind.NOTICE: "dunning_reminder",
    StepKind.SUSPEND_WEB: "dunning_suspended",
    StepKind.SUSPEND_ALL: "dunning_suspended",
    StepKind.END: "dunning_ended",
}


@dataclass(frozen=True, slots=True)
class Owed:
    """What a letter is about. The link is the invoice's own page: its open charge is shown there."""

    code: str
    total: Money
    due_on: date
    link: str
    services: Sequence[str]
    invoice: InvoiceSummary | None = None
    pix_code: str = ""


def owed_of(invoice: InvoiceSummary, services: Sequence[str], *, at: datetime) -> Owed:
    """With the code of the charge that is still good: a reminder makes no other."""
    link = f"{tenancy.tenant_card().base_url}/fatura/{invoice.token}/"
    return Owed(
        code=invoice.code,
        total=invoice.remaining,
        due_on=invoice.due_on,
        link=link,
        services=services,
        invoice=invoice,
        pix_code=billing.pix_code_of(invoice.id, at=at),
    )


def sample_letter(
    step: Planned, *, owed: Owed, customer: CustomerCard, zone: ZoneInfo
) -> Sample | None:
    """The letter of a step to come, as the customer would read it; None when it has none."""
    if step.kind not in TEMPLATES:
        return None
    return notify.preview(
        template=TEMPLATES[step.kind],
        values=letter_values(step, owed, customer, zone),
        locale=customer.locale,
    )


def letter_values(
    step: Planned, owed: Owed, customer: CustomerCard, zone: ZoneInfo
) -> dict[str, str]:
    with translation.override(customer.locale):
        next_on = step.announced_at.astimezone(zone).date() if step.announced_at else None
        return {
            "name": customer.name,
            "number": owed.code,
            "total": str(owed.total),
            "due": day(owed.due_on),
            "when": _when(step, owed.due_on, zone),
            "done": step.kind,
            "next": step.announces,
            "next_day": day(next_on) if next_on else "",
            "services": display_domains(", ".join(owed.services)),
            "note": step.note,
            "link_invoice": owed.link,
            "pix_code": owed.pix_code,
            "terms": _terms(owed, step.at.astimezone(zone).date()),
            "pays_itself": collecting.pays_itself(owed.invoice, at=step.at)
            if owed.invoice
            else "",
        }


def _terms(owed: Owed, on: date) -> str:
    return billing.due_sentence(owed.invoice, on=on) if owed.invoice else ""


def _when(step: Planned, due_on: date, zone: ZoneInfo) -> str:
    today = step.at.astimezone(zone).date()
    if today == due_on:
        return "today"
    return "late" if today > due_on else "before"
