"""What became of a charge becomes of its attempt, and of what comes next. Any number of times."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import ChargeStatus, InvoiceStatus, InvoiceSummary
from alicerce.apps.collecting.events import CollectionFailed
from alicerce.apps.collecting.models import Attempt, Card, Collection
from alicerce.apps.collecting.queries.cards import zone
from alicerce.apps.collecting.rules.declines import read_reason
from alicerce.apps.collecting.rules.retrying import next_try
from alicerce.apps.collecting.services.write_letters import tell_failure, tell_recovery
from alicerce.apps.collecting.types import BY_CLIENT, BY_ITSELF, AttemptStatus, Decline
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def follow_invoice(*, invoice_id: UUID, at: datetime) -> None:
    """Bring the attempts of an invoice up to what billing knows. Nothing is done for other invoices."""
    if not Collection.objects.filter(invoice_id=invoice_id).exists():
        return
    invoice = billing.hold_invoice(invoice_id=invoice_id)
    collection = Collection.objects.lock(Collection.objects.get(invoice_id=invoice_id).id)
    for attempt in Attempt.objects.filter(invoice_id=invoice_id).order_by("id"):
        _follow(attempt, collection, invoice, at=at)
    if not invoice.is_payable and collection.finish(at=at):
        _close(invoice, at=at)


def _follow(
    attempt: Attempt, collection: Collection, invoice: InvoiceSummary, *, at: datetime
) -> None:
    charge = billing.charge(attempt.charge_id) if attempt.charge_id else None
    if charge and charge.status == ChargeStatus.PAID:
        attempt.succeed(at=at)
    elif not attempt.is_under_way:
        return
    elif not invoice.is_payable:
        attempt.end(AttemptStatus.DROPPED, at=at, reason=invoice.status)
    elif charge and charge.status == ChargeStatus.FAILED:
        _fail(attempt, collection, invoice, charge.detail, at=at)
    elif charge and charge.status == ChargeStatus.EXPIRED:
        _withdrawn(attempt, collection, invoice, at=at)


def _withdrawn(
    attempt: Attempt, collection: Collection, invoice: InvoiceSummary, *, at: datetime
) -> None:
    """Part of the invoice was paid meanwhile: the rest is charged anew."""
    attempt.end(AttemptStatus.DROPPED, at=at, reason="withdrawn")
    if invoice.is_open and attempt.trigger in BY_ITSELF:
        collection.expect(at)


def _fail(
    attempt: Attempt,
    collection: Collection,
    invoice: InvoiceSummary,
    error: str,
    *,
    at: datetime,
) -> None:
    reason, decline = read_reason(error)
    attempt.end(AttemptStatus.FAILED, at=at, reason=reason, decline=decline)
    card = Card.objects.get(pk=attempt.card_id)
    if decline == Decline.HARD:
        card.refuse(reason)
    collection.expect(_next(attempt, collection, decline, at=at))
    _tell(attempt, collection, at=at)
    if attempt.trigger not in BY_CLIENT:  # who pressed the button reads it on the page
        tell_failure(attempt=attempt, card=card, invoice=invoice, at=at)


def _next(
    attempt: Attempt, collection: Collection, decline: Decline, *, at: datetime
) -> datetime | None:
    """A new card that is due soon stays due; an owner who has to confirm is not asked twice."""
    if collection.next_at or attempt.trigger not in BY_ITSELF:
        return collection.next_at
    if decline != Decline.SOFT:
        return None
    failed = Attempt.objects.failed().filter(
        invoice_id=attempt.invoice_id, card_id=attempt.card_id, trigger__in=BY_ITSELF
    )
    return next_try(at, failures=failed.count(), zone=zone())


def _tell(attempt: Attempt, collection: Collection, *, at: datetime) -> None:
    audit.record(
        action="collection.failed",
        entity="invoice",
        entity_id=attempt.invoice_id,
        after={
            "attempt_id": attempt.id,
            "reason": attempt.reason,
            "decline": attempt.decline,
            "next_at": collection.next_at.isoformat() if collection.next_at else None,
        },
        at=at,
    )
    publish(
        CollectionFailed(
            at=at,
            attempt_id=attempt.id,
            invoice_id=attempt.invoice_id,
            customer_id=collection.customer_id,
            payment_method_id=attempt.card_id,
            decline=attempt.decline,
            reason=attempt.reason,
            next_attempt_at=collection.next_at,
        )
    )


def _close(invoice: InvoiceSummary, *, at: datetime) -> None:
    """Who read that their card was refused reads that it is settled now."""
    failed = (
        Attempt.objects.failed().filter(invoice_id=invoice.id).exclude(trigger__in=BY_CLIENT)
    )
    if invoice.status == InvoiceStatus.PAID and failed.exists():
        tell_recovery(invoice=invoice, at=at)
