"""What the catalog needs of the apps above it: what they deliver, and how much was sold."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

Words = str | Promise


HasRoom = Callable[[Mapping[str, str]], bool]
"""Whether what a plan's spec says has a place where it would be delivered."""


CouldBecome = Callable[[UUID, Mapping[str, str]], bool]
"""Whether what an order line delivers could become, where it is, what another plan's spec says."""


@dataclass(frozen=True, slots=True)
class SpecField:
    """One thing that a deliverer must know of a plan. `offers` are the values it knows of today."""

    key: str
    label: Words
    help: Words = ""
    required: bool = False
    offers: Callable[[], Sequence[str]] | None = None
    nothing: Words = ""
    """What it is called among those values to say none."""


@dataclass(frozen=True, slots=True)
class ProductKind:
    """A kind of product that somebody delivers."""

    key: str
    label: Words
    fields: tuple[SpecField, ...] = ()
    fault: Callable[[Mapping[str, str]], tuple[str, Words] | None] | None = None
    """Which field of a plan that is sold could not be delivered, and why; None when all could."""
    is_platforms: bool = False
    """Sold by the platform to companies, and in no shop: nobody orders it for a domain."""
    keeps: tuple[str, ...] = ()
    """What of a plan stays the same when somebody who has it changes to another."""
    is_addon: bool = False
    """Sold onto what a customer has already, and in no shop. Its plans say which plans they go with."""
    keep_room: HasRoom | None = None
    """In the transaction that orders it: whether all that is ordered so still has a place, held until it commits."""
    look_for_room: Callable[[], HasRoom] | None = None
    """For shops: look once, and say of any plan whether one more could be ordered."""
    could_become: CouldBecome | None = None


CountSold = Callable[[Collection[UUID]], Mapping[UUID, int]]

kinds: dict[str, ProductKind] = {}


def kinds_of(*, is_platform: bool) -> tuple[ProductKind, ...]:
    """What a company may sell, what shops show first; what the platform sells to companies is its own alone."""
    own = (kind for kind in kinds.values() if is_platform or not kind.is_platforms)
    return tuple(sorted(own, key=lambda kind: kind.is_addon or kind.is_platforms))


def out_of_shops() -> list[str]:
    return [key for key, kind in kinds.items() if kind.is_platforms or kind.is_addon]


def platform_kinds() -> list[str]:
    return [key for key, kind in kinds.items() if kind.is_platforms]


def addon_kinds() -> list[str]:
    return [key for key, kind in kinds.items() if kind.is_addon]


def could_become(kind: str, line_id: UUID, spec: Mapping[str, str]) -> bool:
    """What no deliverer knows is not denied."""
    asked = kinds[kind].could_become if kind in kinds else None
    return asked is None or asked(line_id, spec)


def room_by_kind(keys: Collection[str]) -> Mapping[str, HasRoom]:
    """One look for each of these kinds whose deliverer counts its room."""
    looks = {key: kinds[key].look_for_room for key in set(keys) & kinds.keys()}
    return {key: look() for key, look in looks.items() if look is not None}


sellers: dict[str, CountSold] = {}
"""How often each of these prices was sold; what was canceled unpaid does not count."""
