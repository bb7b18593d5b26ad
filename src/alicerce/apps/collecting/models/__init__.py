"""Tables of collecting."""

from alicerce.apps.collecting.models.card import Autopay, Card, Payer, Visit
from alicerce.apps.collecting.models.collection import Attempt, Collection
from alicerce.apps.collecting.models.debit import Debit
from alicerce.apps.collecting.models.mandate import Mandate

__all__ = ["Attempt", "Autopay", "Card", "Collection", "Debit", "Mandate", "Payer", "Visit"]
