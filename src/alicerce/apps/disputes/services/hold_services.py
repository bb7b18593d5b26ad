"""Stop what a disputed payment was for, if the company wants that, and let it go on when the dispute is won."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.disputes.models import Dispute, Hold, Policy
from alicerce.apps.disputes.queries.policies import service_policy
from alicerce.apps.disputes.types import DisputeStatus, ServicePolicy
from alicerce.apps.dunning import public as dunning
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.types import RUNNING, Scope, SuspendCause
from alicerce.kernel.db import transaction

CLAIMED = {DisputeStatus.NEEDS_RESPONSE, DisputeStatus.UNDER_REVIEW}
FREED = {DisputeStatus.WON, DisputeStatus.PREVENTED}


@transaction()
def hold_services(*, dispute_id: UUID, at: datetime) -> int:
    """Suspend what runs, while money is claimed; how many. What stands still already is not ours."""
    dispute = Dispute.objects.lock(dispute_id)
    if not dispute.suspends or dispute.status not in CLAIMED or not dispute.invoice_id:
        return 0
    return sum(
        _hold(dispute, card.id, at=at)
        for card in subscriptions.subscriptions_of_invoice(dispute.invoice_id)
        if card.status in RUNNING
    )


@transaction()
def release_services(*, dispute_id: UUID, at: datetime) -> int:
    """Let go on what this dispute alone suspended; how many."""
    dispute = Dispute.objects.lock(dispute_id)
    if dispute.status not in FREED:
        return 0
    held = Hold.objects.held().filter(dispute_id=dispute.id).order_by("subscription_id")
    return sum(_release(hold, at=at) for hold in held)


@transaction()
def choose_policy(*, wanted: ServicePolicy, at: datetime) -> bool:
    """For disputes to come. Whether that was news."""
    before = service_policy()
    if before == wanted:
        return False
    Policy.objects.update_or_create(defaults={"services": wanted})
    audit.record(
        action="disputes.policy_changed",
        entity="company",
        before={"services": before},
        after={"services": wanted},
        at=at,
    )
    return True


def _hold(dispute: Dispute, subscription_id: UUID, *, at: datetime) -> bool:
    if Hold.objects.filter(dispute_id=dispute.id, subscription_id=subscription_id).exists():
        return False
    if not subscriptions.suspend(
        subscription_id=subscription_id, scope=Scope.ALL, cause=SuspendCause.DISPUTE, at=at
    ):
        return False
    Hold.objects.create(dispute=dispute, subscription_id=subscription_id, held_at=at)
    return True


def _release(hold: Hold, *, at: datetime) -> bool:
    """What an unpaid invoice wants suspended as well goes over to that cause."""
    hold.release(at=at)
    others = Hold.objects.held().filter(subscription_id=hold.subscription_id)
    if others.exists() or not subscriptions.resume(
        subscription_id=hold.subscription_id, cause=SuspendCause.DISPUTE, at=at
    ):
        return False
    scope = dunning.held_scope(hold.subscription_id)
    if scope is not None:
        subscriptions.suspend(
            subscription_id=hold.subscription_id,
            scope=scope,
            cause=SuspendCause.UNPAID,
            at=at,
        )
    return True
