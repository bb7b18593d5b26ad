"""Keep a place for what is ordered, before anybody pays for it."""

from collections.abc import Mapping

from alicerce.apps.hosting.queries.room import room_in
from alicerce.kernel.db import transaction
from alicerce.kernel.locks import hold

ROOM = "hosting.room"


@transaction(shared=True)
def keep_room(*, spec: Mapping[str, str]) -> bool:
    """Whether what is being ordered has a place. Part of the order's transaction.

    Whoever takes the last one holds it until they commit, and the next in line then finds none.
    """
    hold_room()
    return room_in(spec)


def hold_room() -> None:
    """Nobody takes a place, or moves onto a server, at the same time."""
    hold(ROOM)
