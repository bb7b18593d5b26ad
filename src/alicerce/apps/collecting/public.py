"""What other apps may ask of collecting."""

from alicerce.apps.collecting.models import Attempt, Autopay, Card, Collection, Payer, Visit
from alicerce.apps.collecting.queries.cards import cards_of, pays_by_itself
from alicerce.apps.collecting.queries.collections import collection_of
from alicerce.apps.collecting.services.give_up import give_up_payers
from alicerce.kernel.personal import PersonalRecords

__all__ = ["cards_of", "collection_of", "give_up_payers", "pays_by_itself", "personal"]

personal = PersonalRecords(Payer, Card, Autopay, Visit, Collection, Attempt)
"""What is known of people, to be told and forgotten."""
