"""Have an authorisation made at the PSP, and its code to show. Safe to repeat from any point of failure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.collecting.events import MandateChanged, MandateRequested
from alicerce.apps.collecting.models import Mandate
from alicerce.apps.collecting.ports import Authorizer, MandateOrder, Standing
from alicerce.apps.collecting.services.authorizing import open_authorizer, order_of
from alicerce.apps.collecting.services.write_debit_letters import tell_request
from alicerce.apps.collecting.types import MandateStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.http import Refusal, Unknown

SOON = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Prepared:
    authorizer: Authorizer
    order: MandateOrder


def open_mandate(*, mandate_id: UUID, at: datetime) -> None:
    """A name that was never told is looked for before another is made. Raises Unavailable or Unknown."""
    charge_id = _charge_of(mandate_id)
    if charge_id:
        billing.request_charge(charge_id=charge_id, at=at)
    prepared = _prepare(mandate_id)
    if prepared is None:
        return
    try:
        standing = _find_or_make(mandate_id, prepared)
    except Refusal as refusal:
        _fail(mandate_id, str(refusal), at=at)
        return
    if prepared.order.is_in_app:
        _show(mandate_id, prepared, standing, at=at)
        return
    if not standing.code:
        raise Unknown("PSP: an authorisation without a code")
    _open(mandate_id, standing, at=at)


def _show(mandate_id: UUID, prepared: Prepared, standing: Standing, *, at: datetime) -> None:
    """Its bank is asked once: what a lost answer left behind is found at the recurrence."""
    authorizer, order = prepared.authorizer, replace(prepared.order, name=standing.name)
    if not _name(mandate_id, standing.name, at=at):
        return
    if standing.shown is None and standing.status is None:
        try:
            authorizer.show(order)
        except Refusal as refusal:
            if not _is_shown(authorizer, order):
                _fail(mandate_id, str(refusal), at=at)
                return
        standing = authorizer.find(order) or standing
    if standing.shown is None and standing.status is None:
        raise Unknown("PSP: nothing is shown yet")
    _shown(mandate_id, standing, at=at)


def _is_shown(authorizer: Authorizer, order: MandateOrder) -> bool:
    found = authorizer.find(order)
    return found is not None and found.shown is not None


def _find_or_make(mandate_id: UUID, prepared: Prepared) -> Standing:
    authorizer, order = prepared.authorizer, prepared.order
    found = authorizer.find(order) if order.location is not None else None
    if found is not None:
        return found
    if order.location is None:
        order = replace(order, location=authorizer.make_place())
        _put(mandate_id, order.location)
    return authorizer.make(order)


@transaction()
def _charge_of(mandate_id: UUID) -> UUID | None:
    mandate = Mandate.objects.get(pk=mandate_id)
    return mandate.charge_id if mandate.status == MandateStatus.ASKED else None


@transaction()
def _prepare(mandate_id: UUID) -> Prepared | None:
    mandate = Mandate.objects.lock(mandate_id)
    if mandate.status != MandateStatus.ASKED:
        return None
    authorizer = open_authorizer(account_id=mandate.account_id)
    return Prepared(authorizer, order_of(mandate=mandate))


@transaction()
def _put(mandate_id: UUID, location: int | None) -> None:
    assert location is not None
    Mandate.objects.lock(mandate_id).put_at(location)


@transaction()
def _open(mandate_id: UUID, standing: Standing, *, at: datetime) -> None:
    """Who gave it up meanwhile has it ended there, now that it has a name."""
    mandate = Mandate.objects.lock(mandate_id)
    mandate.named(standing.name)
    if mandate.open(standing.code, look_at=at + SOON):
        audit.record(
            action="mandate.opened",
            entity="customer",
            entity_id=mandate.customer_id,
            after={"mandate_id": mandate.id},
            at=at,
        )
    elif mandate.status == MandateStatus.ENDED:
        mandate.want_no_more(look_at=at)


@transaction()
def _name(mandate_id: UUID, name: str, *, at: datetime) -> bool:
    """Who gave it up meanwhile has it ended there, and no bank is asked."""
    mandate = Mandate.objects.lock(mandate_id)
    mandate.named(name)
    if mandate.status == MandateStatus.ASKED:
        return True
    if mandate.status == MandateStatus.ENDED:
        mandate.want_no_more(look_at=at)
    return False


@transaction()
def _shown(mandate_id: UUID, standing: Standing, *, at: datetime) -> None:
    """What its payer said already is taken over when it is looked at, at once."""
    mandate = Mandate.objects.lock(mandate_id)
    name = standing.shown.name if standing.shown else ""
    if mandate.show(name, look_at=at + SOON):
        audit.record(
            action="mandate.shown",
            entity="customer",
            entity_id=mandate.customer_id,
            after={"mandate_id": mandate.id, "bank": mandate.bank},
            at=at,
        )
        tell_request(mandate=mandate, at=at)
        assert mandate.answer_until is not None
        publish(
            MandateRequested(
                at=at,
                mandate_id=mandate.id,
                customer_id=mandate.customer_id,
                answer_until=mandate.answer_until,
            )
        )
    publish(MandateChanged(at=at, mandate_id=mandate.id))


@transaction()
def _fail(mandate_id: UUID, reason: str, *, at: datetime) -> None:
    mandate = Mandate.objects.lock(mandate_id)
    if mandate.end(MandateStatus.FAILED, at=at, reason=reason):
        if mandate.external_id:
            mandate.want_no_more(look_at=at)
        audit.record(
            action="mandate.failed",
            entity="customer",
            entity_id=mandate.customer_id,
            after={"mandate_id": mandate.id, "reason": reason[:200]},
            at=at,
        )
