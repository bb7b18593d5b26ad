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
from alicerce.apps.collecting.queries.foreseen import CardAhead, CardBook, card_book
from alicerce.apps.collecting.queries.foretold_words import pays_itself
from alicerce.apps.collecting.queries.mandates import debited_until
from alicerce.apps.collecting.rules.retrying import WARN_BEFORE, first_try, next_try
from alicerce.apps.collecting.services.begin_attempt import begin_attempt
from alicerce.apps.collecting.services.give_up import give_up_payers
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "WARN_BEFORE",
    "CardAhead",
    "CardBook",
    "begin_attempt",
    "card_book",
    "cards_of",
    "collection_of",
    "debited_until",
    "first_try",
    "give_up_payers",
    "next_try",
    "pays_by_itself",
    "pays_itself",
    "personal",
]

personal = PersonalRecords(Payer, Card, Autopay, Visit, Collection, Attempt, Mandate, Debit)
"""What is known of people, to be told and forgotten."""
