"""What Stripe tells of the cards it keeps for us. Never a number: brand, last digits, expiry."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Card:
    """A saved card, by the name under which it can be charged."""

    id: str
    brand: str
    last4: str
    exp_month: int
    exp_year: int
    fingerprint: str


def read_card(said: Mapping[str, Any]) -> Card:
    card = said["card"]
    return Card(
        id=said["id"],
        brand=card["brand"],
        last4=card["last4"],
        exp_month=card["exp_month"],
        exp_year=card["exp_year"],
        fingerprint=card.get("fingerprint") or "",
    )
