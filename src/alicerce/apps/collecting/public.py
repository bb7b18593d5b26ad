"""What other apps may ask of collecting."""

from alicerce.apps.collecting.models import (
    Attempt,
    Autopay,
    Card,
    Collection,
    Debit,
    Mandate,
    Payer,
    Visit,
)
from alicerce.apps.collecting.queries.cards import cards_of, pays_by_itself
from alicerce.apps.collecting.queries.collections import collection_of
from alicerce.apps.collecting.queries.mandates import debited_until
from alicerce.kernel.personal import PersonalRecords

__all__ = ["cards_of", "collection_of", "debited_until", "pays_by_itself", "personal"]

personal = PersonalRecords(Payer, Card, Autopay, Visit, Collection, Attempt, Mandate, Debit)
"""What is known of people, to be told and forgotten."""
