"""What a customer chooses: which card is charged, and whether by itself."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.collecting.errors import NoSuchCard
from alicerce.apps.collecting.events import CardReady
from alicerce.apps.collecting.models import Autopay, Card
from alicerce.kernel import locks
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


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
