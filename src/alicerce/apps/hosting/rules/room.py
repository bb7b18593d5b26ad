"""How many more accounts could be placed, once all that waits has its place. Plain Python."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from alicerce.apps.hosting.types import RoomLevel

MOST = 1_000
"""Nobody needs to know how many more than that there are."""

BY_GRAVITY = (RoomLevel.ENOUGH, RoomLevel.LOW, RoomLevel.FULL)


@dataclass(frozen=True, slots=True)
class Want:
    """What an account asks of its server. Without a region it lives anywhere."""

    region: str = ""
    package: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """So many accounts a server still takes. Packages that nobody knows are not denied."""

    region: str
    packages: Collection[str] | None
    free: int

    def takes(self, want: Want) -> bool:
        lacks = bool(want.package) and self.packages is not None
        return want.region in ("", self.region) and not (
            lacks and want.package not in (self.packages or ())
        )


def places_left(
    want: Want, *, rooms: Sequence[Room], waiting: Mapping[Want, int], most: int = MOST
) -> int | None:
    """How many more of it could be placed beside all that waits, counted up to `most`.

    None when nobody knows, because there is no server yet.
    """
    if not rooms:
        return None
    return Seating(rooms, waiting).more(want, most)


def level_of(left: int, *, low: int) -> RoomLevel:
    if left <= 0:
        return RoomLevel.FULL
    return RoomLevel.LOW if left <= low else RoomLevel.ENOUGH


def is_worse(level: RoomLevel, told: RoomLevel) -> bool:
    return BY_GRAVITY.index(level) > BY_GRAVITY.index(told)


class Seating:
    """Who waits, on servers. Who may live elsewhere makes room for who may not."""

    def __init__(self, rooms: Sequence[Room], waiting: Mapping[Want, int]) -> None:
        self._rooms = rooms
        self._free = [max(room.free, 0) for room in rooms]
        self._sat: dict[int, dict[Want, int]] = defaultdict(lambda: defaultdict(int))
        for want, count in waiting.items():
            self._seat_up_to(want, count)

    def more(self, want: Want, most: int = MOST) -> int:
        """How many more, as if nobody had asked: the next question finds the same."""
        free, sat = list(self._free), {place: dict(who) for place, who in self._sat.items()}
        seated = self._seat_up_to(want, most)
        self._free = free
        self._sat.clear()
        for place, who in sat.items():
            self._sat[place].update(who)
        return seated

    def _seat_up_to(self, want: Want, most: int) -> int:
        seated = 0
        while seated < most and self._seat(want, set()):
            seated += 1
        return seated

    def _seat(self, want: Want, asked: set[int]) -> bool:
        """One more of it: where there is room, or where somebody can move to make some."""
        fitting = [at for at, room in enumerate(self._rooms) if room.takes(want)]
        for place in fitting:
            if self._free[place]:
                self._free[place] -= 1
                self._sat[place][want] += 1
                return True
        return any(self._move_on(place, want, asked) for place in fitting)

    def _move_on(self, place: int, want: Want, asked: set[int]) -> bool:
        if place in asked:
            return False
        asked.add(place)
        for other, count in list(self._sat[place].items()):
            if count and other != want and self._seat(other, asked):
                self._sat[place][other] -= 1
                self._sat[place][want] += 1
                return True
        return False
