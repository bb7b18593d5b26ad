"""Money that is nobody's: which payments it came with, how much of each is left, and to whom it was given."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from alicerce.apps.billing.errors import NoSuchAttribution
from alicerce.apps.billing.models import Attribution, Contest, Invoice, Payment, Refund
from alicerce.apps.billing.types import InvoiceKind, InvoiceStatus, InvoiceSummary, PaymentFit
from alicerce.apps.billing.types.corrections import RefundSource
from alicerce.apps.billing.types.suspense import AttributionView, Unclaimed, UnclaimedPage
from alicerce.kernel.money import Money

PAGE, RECENT, MOST_ASKING = 50, 20, 200


def unclaimed(*, before: UUID | None = None, limit: int = PAGE) -> UnclaimedPage:
    """The newest first."""
    rows = _left().filter(left__gt=0).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: limit + 1])
    shown = [Unclaimed(row.view(), Money(row.left, row.currency)) for row in found[:limit]]
    return UnclaimedPage(shown, found[limit - 1].id if len(found) > limit else None)


def asked_by_invoices(found: Sequence[Unclaimed]) -> dict[Money, list[InvoiceSummary]]:
    """Open invoices that ask for one of these very amounts, the longest due first."""
    asking: dict[Money, list[InvoiceSummary]] = {}
    left = F("total_cents") - F("paid_cents") - F("relieved_cents")
    rows = Invoice.objects.filter(status=InvoiceStatus.OPEN, kind=InvoiceKind.SALE)
    rows = rows.annotate(left=left).filter(left__in={one.left.cents for one in found})
    for row in rows.order_by("due_on", "id")[:MOST_ASKING]:
        asking.setdefault(row.remaining, []).append(row.summary())
    return asking


def unclaimed_of(payment_ids: Collection[UUID]) -> dict[UUID, int]:
    """Of each of them that is or was nobody's, how much still is."""
    return dict(_left().filter(pk__in=payment_ids).values_list("id", "left"))


def attributions(*, limit: int = RECENT) -> list[AttributionView]:
    """The newest first, those that were undone among them."""
    rows = Attribution.objects.select_related("payment").order_by("-id")
    return [row.view() for row in rows[:limit]]


def attribution(attribution_id: UUID) -> AttributionView:
    """Raises NoSuchAttribution."""
    found = Attribution.objects.select_related("payment").filter(pk=attribution_id).first()
    if found is None:
        raise NoSuchAttribution
    view: AttributionView = found.view()
    return view


def given_to(payment: Payment) -> UUID | None:
    """The customer who has what was nobody's of it."""
    standing = Attribution.objects.standing().filter(payment_id=payment.id)
    found: UUID | None = standing.values_list("customer_id", flat=True).first()
    return found


def given_left(payment: Payment) -> int:
    """What is left in its customer's wallet, at most, of what was given to them; cents."""
    taken = {"payment_id": payment.id, "source": RefundSource.WALLET}
    sums = (
        (Attribution.objects.standing().filter(payment_id=payment.id), "amount_cents"),
        (Refund.objects.standing().filter(**taken), "amount_cents"),
        (Contest.objects.standing().filter(**taken), "frozen_cents"),
    )
    given, *gone = (rows.aggregate(sum=Sum(cents))["sum"] or 0 for rows, cents in sums)
    return int(given - sum(gone))


def _left() -> Any:
    """Less what went back out of suspense, what a payer's bank claims of it, and what was given away."""
    from_it = {"source": RefundSource.SUSPENSE}
    gone = (
        _sum(Refund.objects.standing().filter(**from_it), "amount_cents")
        + _sum(Contest.objects.standing().filter(**from_it), "frozen_cents")
        + _sum(Attribution.objects.standing(), "amount_cents")
    )
    rows = Payment.objects.filter(fit=PaymentFit.FLAGGED)
    return rows.annotate(left=F("amount_cents") - gone)


def _sum(rows: Any, cents: str) -> Coalesce:
    of_payment = rows.filter(payment=OuterRef("pk")).order_by().values("payment")
    return Coalesce(Subquery(of_payment.annotate(all=Sum(cents)).values("all")), 0)
