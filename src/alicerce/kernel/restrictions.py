"""What may still be done for a company whose payer is behind: one rule, for pages and for programs."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

V = TypeVar("V", bound=Callable[..., Any])


class Restriction(StrEnum):
    """How far a company is restricted, the mildest first."""

    NONE = ""
    READ_ONLY = "read_only"
    CLOSED = "closed"


HARSHEST = (Restriction.CLOSED, Restriction.READ_ONLY, Restriction.NONE)
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def even_when(restriction: Restriction) -> Callable[[V], V]:
    """Say that a view works up to this restriction: it takes data out, or is the way out itself."""

    def mark(view: V) -> V:
        view.works_when = restriction  # type: ignore[attr-defined]
        return view

    return mark


def works_when(view: Any) -> Restriction:
    found: Restriction = getattr(view, "works_when", Restriction.NONE)
    return found


def refuses(restriction: Restriction, *, method: str, view: Any) -> bool:
    """Read-only refuses whatever changes something, closed refuses all; but for what says it works."""
    if restriction is Restriction.NONE:
        return False
    reads = restriction is Restriction.READ_ONLY and method in SAFE
    works = HARSHEST.index(works_when(view)) <= HARSHEST.index(restriction)
    return not (reads or works)
