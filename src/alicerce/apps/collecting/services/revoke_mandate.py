"""End an authorisation: nothing is debited by it from now on, and its PSP is told until it agrees."""

from datetime import datetime, timedelta
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.collecting.errors import NoSuchMandate
from alicerce.apps.collecting.events import MandateEnded, MandateUnwanted
from alicerce.apps.collecting.models import Debit, Mandate
from alicerce.apps.collecting.ports import Authorizer
from alicerce.apps.collecting.services.authorizing import open_authorizer
from alicerce.apps.collecting.services.end_debit import drop_planned
from alicerce.apps.collecting.services.follow_debit import follow_debits
from alicerce.apps.collecting.services.write_debit_letters import tell_end
from alicerce.apps.collecting.types import DebitStatus, EndedBy, MandateStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

SOON = timedelta(minutes=5)


@transaction()
def revoke_mandate(*, mandate_id: UUID, by: EndedBy, at: datetime) -> bool:
    """False when it was over. Raises NoSuchMandate."""
    mandate = Mandate.objects.filter(pk=mandate_id).select_for_update(of=("self",)).first()
    if mandate is None:
        raise NoSuchMandate
    return let_go(mandate=mandate, by=by, at=at)


@transaction(shared=True)
def let_go(*, mandate: Mandate, by: EndedBy, at: datetime, reason: str = "") -> bool:
    """For who holds it. What the bank itself ended it need not be told of."""
    was_approved = mandate.status == MandateStatus.APPROVED
    if not mandate.end(MandateStatus.ENDED, at=at, by=by, reason=reason):
        return False
    audit.record(
        action="mandate.ended",
        entity="customer",
        entity_id=mandate.customer_id,
        after={"mandate_id": mandate.id, "by": by, "reason": reason},
        at=at,
    )
    if was_approved:
        drop_planned(mandate_id=mandate.id, at=at)
        tell_end(mandate=mandate, at=at)
        publish(
            MandateEnded(
                at=at,
                mandate_id=mandate.id,
                customer_id=mandate.customer_id,
                ended_by=by,
                reason=reason,
            )
        )
    if not reason and mandate.external_id:
        mandate.want_no_more(look_at=at + SOON)
        publish(MandateUnwanted(at=at, mandate_id=mandate.id))
    return True


def end_at_bank(*, mandate_id: UUID, at: datetime) -> None:
    """Withdraw what is scheduled, then the authorisation. Safe to repeat. Raises Unavailable or Unknown."""
    for charge_id, invoice_id in _scheduled(mandate_id):
        billing.withdraw_charge(charge_id=charge_id, at=at)
        follow_debits(invoice_id=invoice_id, at=at)
    name, account_id = _unwanted(mandate_id)
    if account_id and name:
        _authorizer(account_id).end(name)
        _done(mandate_id)


@transaction()
def _scheduled(mandate_id: UUID) -> list[tuple[UUID, UUID]]:
    own = Debit.objects.filter(mandate_id=mandate_id, status=DebitStatus.SCHEDULED)
    return list(own.values_list("charge_id", "invoice_id"))


@transaction()
def _unwanted(mandate_id: UUID) -> tuple[str, UUID | None]:
    mandate = Mandate.objects.get(pk=mandate_id)
    return mandate.external_id, mandate.account_id if mandate.is_unwanted else None


@transaction()
def _authorizer(account_id: UUID) -> Authorizer:
    return open_authorizer(account_id=account_id)


@transaction()
def _done(mandate_id: UUID) -> None:
    Mandate.objects.lock(mandate_id).rest()
