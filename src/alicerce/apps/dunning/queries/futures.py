"""What a ladder would do, before anybody saves it: the plan of the run, and the letters of the run."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.customers import public as customers
from alicerce.apps.customers.types import CustomerCard
from alicerce.apps.dunning.models import Walk
from alicerce.apps.dunning.queries.ladders import override_of
from alicerce.apps.dunning.queries.letters import Owed, owed_of, sample_letter
from alicerce.apps.dunning.queries.walks import Atlas, course_now, services_of
from alicerce.apps.dunning.rules.calendar import instant
from alicerce.apps.dunning.rules.ladders import FIRST_DAY
from alicerce.apps.dunning.rules.plan import plan
from alicerce.apps.dunning.types import Course, LadderSpec, Planned
from alicerce.apps.notify.types import Sample
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money

FEW = 5
EXAMPLE, AHEAD = Money(4990), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Future:
    """What would become of one invoice if nobody paid it."""

    customer: CustomerCard
    owed: Owed
    days: Sequence[tuple[Planned, Sample | None]]


@dataclass(frozen=True, slots=True)
class _Case:
    customer: CustomerCard
    owed: Owed
    course: Course
    begins_at: datetime


def futures(spec: LadderSpec, *, who: str, due_on: date | None, at: datetime) -> list[Future]:
    """Of the invoice or customer that the words find; of an example when there are no words."""
    cases = _found(who, due_on, at) if who.strip() else [_example(due_on, at)]
    return [_future(spec, case) for case in cases]


def future_of(invoice_id: UUID, spec: LadderSpec, *, at: datetime) -> Future:
    """Raises NotOnLadder, NoSuchInvoice."""
    return _future(spec, _case_of(billing.invoice(invoice_id), at))


def _future(spec: LadderSpec, case: _Case) -> Future:
    steps = plan(spec, case.course, at=case.begins_at)
    letters = [
        sample_letter(step, owed=case.owed, customer=case.customer, zone=case.course.zone)
        for step in steps
    ]
    return Future(case.customer, case.owed, list(zip(steps, letters, strict=True)))


def _found(who: str, due_on: date | None, at: datetime) -> list[_Case]:
    if invoices := billing.find_invoices(who, limit=FEW):
        return [_case_of(each, at) for each in invoices if each.is_open]
    cases: list[_Case] = []
    for row in customers.find_customers(who, limit=FEW):
        card = customers.customer(row.id)
        cases += _cases_of_customer(card, at) or [_imagined(card, due_on, at)]
    return cases[:FEW]


def _cases_of_customer(card: CustomerCard, at: datetime) -> list[_Case]:
    rows = Walk.objects.on_the_way().filter(customer_id=card.id).order_by("due_on", "id")
    ids = list(rows.values_list("invoice_id", flat=True)[:FEW])
    found = billing.summaries_by_id(ids)
    return [_case_of(found[each], at) for each in ids if each in found]


def _case_of(invoice: InvoiceSummary, at: datetime) -> _Case:
    services = services_of(invoice.id)
    walk = Walk.objects.filter(invoice_id=invoice.id).first() or Walk(
        invoice_id=invoice.id,
        customer_id=invoice.customer_id,
        due_on=invoice.due_on,
        opened_at=invoice.opened_at,
    )
    course = course_now(walk, Atlas(), has_services=bool(services))
    owed = owed_of(invoice, [card.description for card in services], at=at)
    return _Case(customers.customer(invoice.customer_id), owed, course, at)


def _imagined(card: CustomerCard, due_on: date | None, at: datetime) -> _Case:
    """The next invoice of somebody who owes nothing today."""
    found, case = override_of(card.id), _example(due_on, at)
    course = case.course
    if found:
        course = replace(course, extra_days=found.extra_days, exempt_until=found.exempt_until)
    return replace(case, customer=card, course=course)


def _example(due_on: date | None, at: datetime) -> _Case:
    """A whole life, from before the first step that a ladder may have."""
    zone = Atlas().zone
    day = due_on or at.astimezone(zone).date() + AHEAD
    begins_at = instant(day + timedelta(days=FIRST_DAY), 0, zone)
    card = CustomerCard(uuid7(), _("Cliente de exemplo"), "", "", "", get_language() or "pt-br")
    owed = Owed(
        "A1", EXAMPLE, day, f"{tenancy.tenant_card().base_url}/fatura/…/", [_("Hospedagem")]
    )
    return _Case(card, owed, Course(day, begins_at, zone), begins_at)
