"""What a customer chooses: which card is charged, and whether by itself."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.collecting.errors import NoSuchCard
from alicerce.apps.collecting.events import CardReady, MandateReady
from alicerce.apps.collecting.models import Autopay, Card, Debit
from alicerce.apps.collecting.queries.cards import customers_charged_at
from alicerce.apps.collecting.types import DebitReason, DebitStatus, Way
from alicerce.kernel import locks
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish, publish_all


@transaction()
def choose_default(*, card_id: UUID, customer_id: UUID, at: datetime) -> None:
    """Charge this one from now on; what failed with another waits for it. Raises NoSuchCard."""
    locks.hold(f"cards:{customer_id}")
    card = Card.objects.kept().filter(pk=card_id, customer_id=customer_id).first()
    if card is None:
        raise NoSuchCard
    if card.is_default:
        return
    card.become_default()
    audit.record(
        action="card.made_default",
        entity="customer",
        entity_id=customer_id,
        after={"card_id": card.id},
        at=at,
    )
    publish(CardReady(at=at, customer_id=customer_id))


@transaction()
def ready_again(*, account_id: UUID, at: datetime) -> None:
    """An account charges again: what waits for a card that it keeps is taken up."""
    customers = customers_charged_at(account_id)
    publish_all([CardReady(at=at, customer_id=customer_id) for customer_id in customers])


@transaction()
def choose_way(*, customer_id: UUID, way: Way, at: datetime) -> None:
    """Have this pay first from now on. What a bank was asked for already, it may still pay."""
    Autopay.objects.update_or_create(
        customer_id=customer_id, defaults={"way": way, "set_at": at}
    )
    audit.record(
        action="autopay.way_chosen",
        entity="customer",
        entity_id=customer_id,
        after={"way": way},
        at=at,
    )
    if way == Way.CARD:
        _call_off(customer_id, at=at)
    publish(MandateReady(at=at, customer_id=customer_id))
    publish(CardReady(at=at, customer_id=customer_id))


def _call_off(customer_id: UUID, *, at: datetime) -> None:
    """No bank knows of these yet; their invoices are held first, as everybody does."""
    planned = Debit.objects.filter(customer_id=customer_id, status=DebitStatus.PLANNED)
    for invoice_id in planned.order_by("id").values_list("invoice_id", flat=True):
        billing.hold_invoice(invoice_id=invoice_id)
        for debit in planned.filter(invoice_id=invoice_id).select_for_update(of=("self",)):
            debit.end(DebitStatus.DROPPED, at=at, reason=DebitReason.CARD_CHOSEN)


@transaction()
def set_autopay(*, customer_id: UUID, is_on: bool, at: datetime) -> None:
    """Switched off, nothing is charged by itself; switched on, what is open is taken up again."""
    Autopay.objects.update_or_create(
        customer_id=customer_id, defaults={"is_on": is_on, "set_at": at}
    )
    audit.record(
        action="autopay.switched",
        entity="customer",
        entity_id=customer_id,
        after={"is_on": is_on},
        at=at,
    )
    if is_on:
        publish(CardReady(at=at, customer_id=customer_id))
