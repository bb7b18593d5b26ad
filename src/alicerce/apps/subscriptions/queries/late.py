"""Lines that renew and have no subscription: sold before there were any, or never written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import InvoiceStatus, InvoiceSummary
from alicerce.apps.catalog.types import MONTHS, Cycle, ItemKind
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.types import SoldLine
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.ports import deliverers
from alicerce.apps.subscriptions.queries.addons import ADDON
from alicerce.apps.subscriptions.queries.terms import local_date
from alicerce.apps.subscriptions.rules.calendar import first_period, running_period
from alicerce.apps.subscriptions.types.backfill import First, Late, LateLine, LatePage, Standing
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money

RECURRING = tuple(cycle.value for cycle in MONTHS)
HELD_BACK = {Standing.STOPPED: Late.STOPPED, Standing.OVER: Late.OVER}


@dataclass(frozen=True, slots=True)
class Found:
    """A line without its subscription, and what is known of it."""

    sold: SoldLine
    outcome: Late
    paid_on: date | None = None
    first: First | None = None

    def said(self) -> LateLine:
        line = self.sold.line
        items = [item for item in line.items if item.kind != ItemKind.SETUP]
        return LateLine(
            line_id=line.id,
            order_number=self.sold.number,
            description=line.description,
            outcome=self.outcome,
            amount=Money(sum(item.cents for item in items), line.amount.currency),
            paid_on=self.paid_on,
            renews_on=self.first.running.ends_on if self.first else None,
        )


@transaction()
def late_lines(*, after: UUID | None, limit: int, at: datetime) -> tuple[list[Found], LatePage]:
    """Among the next lines that were sold, those without a subscription."""
    sold = orders.sold_lines(cycles=RECURRING, after=after, limit=limit)
    found = _without(sold, local_date(at))
    more = sold[-1].line.id if len(sold) == limit else None
    return found, LatePage(len(sold), tuple(one.said() for one in found), more)


def _without(sold: Sequence[SoldLine], today: date) -> list[Found]:
    ids = [one.line.id for one in sold]
    known = set(Subscription.objects.filter(line_id__in=ids).values_list("line_id", flat=True))
    late = [one for one in sold if one.line.id not in known]
    if not late:
        return []
    invoices = billing.invoices_of_orders({one.line.order_id for one in late})
    stand = _standings([one.line.id for one in late])
    return [
        _judged(one, invoices.get(one.line.order_id), stand.get(one.line.id), today)
        for one in late
    ]


def _standings(line_ids: Sequence[UUID]) -> Mapping[UUID, Standing]:
    return {
        line_id: standing
        for look in deliverers.values()
        for line_id, standing in look(line_ids).items()
    }


def _judged(
    sold: SoldLine, invoice: InvoiceSummary | None, standing: Standing | None, today: date
) -> Found:
    """The first thing that keeps it from beginning, or the day on which it renews."""
    if invoice is None or invoice.paid_at is None:
        return Found(sold, Late.NOT_PAID)
    paid_on, cycle = local_date(invoice.paid_at), Cycle(sold.line.cycle)
    if sold.line.kind == ADDON.key:
        return Found(sold, Late.ADDON, paid_on)
    if invoice.status != InvoiceStatus.PAID or _is_given_back(invoice):
        return Found(sold, Late.MONEY_BACK, paid_on)
    if standing:
        return Found(sold, HELD_BACK[standing], paid_on)
    paid = first_period(starts_on=paid_on, cycle=cycle)
    running = running_period(since=paid_on, on=max(today, paid_on), cycle=cycle)
    return Found(sold, Late.BEGINS, paid_on, First(invoice.id, paid, running))


def _is_given_back(invoice: InvoiceSummary) -> bool:
    """All of it; what cost nothing had nothing to give back."""
    return invoice.total.cents > 0 and invoice.creditable.cents <= 0
