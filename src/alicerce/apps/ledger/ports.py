"""What the ledger asks of whoever posts in it: it knows keys and codes, they know what those mean."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Poster:
    """An app that posts movements, and what it says of them."""

    kinds: Mapping[str, Words]
    """What its kinds of movement are called."""
    names: Callable[[Iterable[str]], Mapping[str, str]]
    """By the keys of movements, what each was about, as people quote it; keys of nothing are left out."""
    owed: Callable[[], Mapping[str, int]]
    """By currency, what it still asks of customers: what `receivable` must come to."""


posters: dict[str, Poster] = {}
