"""What the catalog needs of the apps above it: what they deliver, and how much was sold."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, slots=True)
class SpecField:
    """One thing that a deliverer must know of a plan. `offers` are the values it knows of today."""

    key: str
    label: Words
    help: Words = ""
    required: bool = False
    offers: Callable[[], Sequence[str]] | None = None


@dataclass(frozen=True, slots=True)
class ProductKind:
    """A kind of product that somebody delivers."""

    key: str
    label: Words
    fields: tuple[SpecField, ...] = ()


CountSold = Callable[[Collection[UUID]], Mapping[UUID, int]]

kinds: dict[str, ProductKind] = {}
sellers: dict[str, CountSold] = {}
"""How often each of these prices was sold; what was canceled unpaid does not count."""
