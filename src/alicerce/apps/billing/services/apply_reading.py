"""Take over what a provider said of one of its objects: payments first, then the charge's state."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.events import ChargeFailed
from alicerce.apps.billing.models import Charge
from alicerce.apps.billing.ports import ChargeRequested, Reading
from alicerce.apps.billing.services.book_payment import book_payment, hold_counters
from alicerce.apps.billing.services.follow_refund import follow_refund
from alicerce.apps.billing.services.providers import ahead_of_the_world
from alicerce.apps.billing.types import ChargeStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.errors import Refused
from alicerce.kernel.events import publish
from alicerce.kernel.http import Refusal

NOT_PAID = "the provider says it was not paid"


def apply_reading(*, account_id: UUID, reading: Reading, at: datetime) -> int:
    """How many payments and refunds of it were news. All that one object says is taken over in one commit.

    Raises Refusal, after that commit, when a refund that somebody made at the provider gives back what
    the books do not hold any more: a person has to look at it.
    """
    news, refused = _take_over(account_id, reading, at=at)
    if refused:
        raise Refusal(" · ".join(refused))
    return news


@transaction()
def _take_over(account_id: UUID, reading: Reading, *, at: datetime) -> tuple[int, list[str]]:
    news, refused = 0, []
    hold_counters(account_id=account_id, payments=reading.payments)
    for paid in reading.payments:
        news += book_payment(account_id=account_id, paid=paid, at=at)
    for told in reading.refunds:
        try:
            with transaction():  # what is refused undoes nothing of the others
                news += follow_refund(account_id=account_id, told=told, at=at)
        except Refused as refusal:
            refused.append(f"refund {told.external_id}: {refusal.code}")
    if reading.charge:
        _follow(account_id, reading, reading.charge, at=at)
    return news, refused


def _follow(
    account_id: UUID, reading: Reading, found: ChargeRequested, *, at: datetime
) -> None:
    charge = _lock(account_id, reading, found)
    if charge is None:
        return
    charge.checked(at=at)
    if charge.status != ChargeStatus.AWAITING:
        await_payment(charge=charge, made=found, at=at)
    charge.live_until(found.expires_at + ahead_of_the_world(charge=charge))
    if reading.status == ChargeStatus.EXPIRED:
        charge.expire()
    elif reading.status == ChargeStatus.FAILED:
        fail_charge(charge=charge, error=reading.error or NOT_PAID, at=at)


def _lock(account_id: UUID, reading: Reading, found: ChargeRequested) -> Charge | None:
    own = Charge.objects.filter(account_id=account_id).select_for_update(
        of=("self",), no_key=True
    )
    charge: Charge | None = own.filter(external_id=found.external_id).first()
    if charge is None and reading.charge_id:
        charge = own.filter(pk=reading.charge_id).first()
    return charge


def await_payment(*, charge: Charge, made: ChargeRequested, at: datetime) -> None:
    """Give a locked charge what the customer pays with; it may have ended in the meantime."""
    if charge.await_payment(
        external_id=made.external_id,
        expires_at=made.expires_at + ahead_of_the_world(charge=charge),
        pix_code=made.pix_code,
        redirect_url=made.redirect_url,
    ):
        audit.record(
            action="charge.requested",
            entity="charge",
            entity_id=charge.id,
            after={"external_id": made.external_id},
            at=at,
        )


def fail_charge(*, charge: Charge, error: str, at: datetime) -> None:
    """End a locked charge that will not be paid; failing twice changes nothing."""
    if not charge.fail(error):
        return
    audit.record(
        action="charge.failed",
        entity="charge",
        entity_id=charge.id,
        after={"error": charge.error},
        at=at,
    )
    publish(
        ChargeFailed(
            at=at, charge_id=charge.id, invoice_id=charge.invoice_id, error=charge.error
        )
    )
