"""How Pix writes money: "37.00", read and written without floating point."""

import re

from alicerce.kernel.money import Money

VALOR = re.compile(r"([0-9]{1,10})\.([0-9]{2})")


def read_valor(text: object) -> Money:
    """Raises ValueError for anything but reais with two decimals, in a string."""
    match = VALOR.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"not a Pix amount: {text!r}")
    return Money(int(match[1]) * 100 + int(match[2]))


def write_valor(amount: Money) -> str:
    units, cents = divmod(amount.cents, 100)
    text = f"{units}.{cents:02d}"
    if amount.currency != "BRL" or amount.cents <= 0 or not VALOR.fullmatch(text):
        raise ValueError(f"not payable by Pix: {amount}")
    return text
