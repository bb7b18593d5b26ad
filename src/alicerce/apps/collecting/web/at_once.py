"""The card that pays with the press of a button elsewhere, and that press."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.collecting.queries.cards import card_to_charge, is_bank_first, today
from alicerce.apps.collecting.queries.mandates import has_mandate
from alicerce.apps.collecting.services.begin_attempt import begin_attempt
from alicerce.apps.collecting.types import Trigger
from alicerce.apps.subscriptions.ports import CardAtHand


def card_at_hand(customer_id: UUID, at: datetime) -> CardAtHand | None:
    """None for who has their bank pay first: their card is charged where they ask for it."""
    card = card_to_charge(customer_id, today=today(at))
    if card is None or (has_mandate(customer_id) and is_bank_first(customer_id, at=at)):
        return None
    return CardAtHand(card.id, str(card))


def pay_at_once(invoice_id: UUID, card_id: UUID, at: datetime) -> None:
    """Raises what `begin_attempt` raises."""
    begin_attempt(invoice_id=invoice_id, trigger=Trigger.PURCHASE, card_id=card_id, at=at)
