"""Tables of collecting."""

from alicerce.apps.collecting.models.card import Autopay, Card, Payer, Visit
from alicerce.apps.collecting.models.collection import Attempt, Collection

__all__ = ["Attempt", "Autopay", "Card", "Collection", "Payer", "Visit"]
