"""The sums that must be the same in both books: what was ever paid, what is owed, what is held as credit."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from alicerce.apps.switching.types import Balances, Place

PAID, OWED, HELD = "paid", "owed", "held"
OF = {
    Place.PAYMENTS: (PAID, "cents"),
    Place.INVOICES: (OWED, "owed_cents"),
    Place.CLIENTS: (HELD, "credit_cents"),
}
"""Which tables say them, and where in a plan."""


def sums_of(place: Place, plans: Sequence[Any]) -> Counter[str]:
    found: Counter[str] = Counter()
    if place in OF:
        what, cents = OF[place]
        for plan in plans:
            found[f"{what} {plan.currency}"] += getattr(plan, cents)
    return found


def balances_of(there: Mapping[str, int], here: Mapping[str, int]) -> tuple[Balances, ...]:
    """By currency; what neither book has is no row."""
    currencies = sorted(
        {key.split()[1] for key, cents in (*there.items(), *here.items()) if cents}
    )
    return tuple(
        Balances(
            code,
            *(
                book.get(f"{what} {code}", 0)
                for what in (PAID, OWED, HELD)
                for book in (there, here)
            ),
        )
        for code in currencies
    )
