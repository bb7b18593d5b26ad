"""What other apps may ask of dunning."""

from alicerce.apps.dunning.models import Override, Walk
from alicerce.apps.dunning.queries.foreseen import LadderBook, Walking, ladder_book
from alicerce.apps.dunning.queries.ladders import default_ladder, ladder, ladders
from alicerce.apps.dunning.queries.letters import TEMPLATES
from alicerce.apps.dunning.queries.walks import held_scope, overdue_of, standing
from alicerce.apps.dunning.rules.ladders import Flaw, flaws, key_of
from alicerce.apps.dunning.rules.plan import next_step
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "TEMPLATES",
    "Flaw",
    "LadderBook",
    "Walking",
    "default_ladder",
    "flaws",
    "held_scope",
    "key_of",
    "ladder",
    "ladder_book",
    "ladders",
    "next_step",
    "overdue_of",
    "personal",
    "standing",
]

personal = PersonalRecords(Walk, Override)
