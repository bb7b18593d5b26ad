"""Give events a position in the order in which readers could see them.

An event of a transaction that commits late has an earlier id than others that were read already.
Whoever reads on from a position must not miss it: so a position is given when somebody looks, to
what is there and has none, by one reader at a time.
"""

from alicerce.apps.endpoints.models import EventCounter, LoggedEvent
from alicerce.kernel.db import transaction

MOST_AT_ONCE = 5000


@transaction()
def number_events() -> int:
    """How many got a position; what is left over gets its own when somebody looks again."""
    if not LoggedEvent.objects.filter(position=None).exists():
        return 0
    counter = EventCounter.held()
    waiting = LoggedEvent.objects.filter(position=None).order_by("id")
    free = waiting.select_for_update(no_key=True, skip_locked=True).values_list("id", flat=True)
    event_ids = list(free[:MOST_AT_ONCE])
    counter.give(event_ids)
    return len(event_ids)
