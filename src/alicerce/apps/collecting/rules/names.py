"""What a card is called, in every language."""

from collections.abc import Mapping

BRANDS: Mapping[str, str] = {
    "amex": "American Express",
    "diners": "Diners Club",
    "elo": "Elo",
    "hipercard": "Hipercard",
    "mastercard": "Mastercard",
    "visa": "Visa",
}


def card_name(brand: str, last4: str) -> str:
    return f"{BRANDS.get(brand, brand.title())} •••• {last4}"
