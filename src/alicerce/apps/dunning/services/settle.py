"""Take an invoice off the ladder, and let go of what it held."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.dunning.models import Hold, Walk
from alicerce.apps.dunning.queries.walks import services_of
from alicerce.apps.dunning.types import End
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.types import SuspendCause
from alicerce.kernel import locks
from alicerce.kernel.db import transaction


@transaction()
def settle(*, invoice_id: UUID, end: End, at: datetime) -> bool:
    """What was suspended for it goes on again. False when it was not on the ladder, or left it."""
    walk = Walk.objects.filter(invoice_id=invoice_id).first()
    if walk is None:
        return False
    locks.hold(f"dunning:{walk.customer_id}")
    walk.refresh_from_db()
    return leave_ladder(walk=walk, end=end, at=at)


@transaction(shared=True)
def leave_ladder(*, walk: Walk, end: End, at: datetime) -> bool:
    """For who holds the customer's lock."""
    if not walk.finish(end, at=at):
        return False
    audit.record(
        action="dunning.left",
        entity="invoice",
        entity_id=walk.invoice_id,
        after={"end": end},
        at=at,
    )
    for hold in Hold.objects.held().filter(walk=walk):
        _release(hold, at=at)
    _settle_standing(walk, at=at)
    return True


def _release(hold: Hold, *, at: datetime) -> None:
    """Only the last invoice that holds a subscription lets it go, and only what the ladder did."""
    hold.release(at=at)
    others = Hold.objects.held().filter(subscription_id=hold.subscription_id)
    if not others.exists():
        subscriptions.resume(
            subscription_id=hold.subscription_id, cause=SuspendCause.UNPAID, at=at
        )


def _settle_standing(walk: Walk, *, at: datetime) -> None:
    """In order again, unless another invoice of theirs is late as well."""
    late = _late_elsewhere(walk)
    for card in services_of(walk.invoice_id):
        if card.id in late:
            subscriptions.fall_behind(subscription_id=card.id, at=at)
        else:
            subscriptions.catch_up(subscription_id=card.id, at=at)


def _late_elsewhere(walk: Walk) -> set[UUID]:
    others = Walk.objects.overdue().filter(customer_id=walk.customer_id)
    found = others.exclude(pk=walk.pk).values_list("invoice_id", flat=True)
    return {
        card.id
        for invoice_id in found
        for card in subscriptions.subscriptions_of_invoice(invoice_id)
    }
