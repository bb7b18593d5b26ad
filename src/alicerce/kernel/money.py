"""Money: an integer of the smallest unit, and its currency."""

from dataclasses import dataclass

SYMBOLS = {"BRL": "R$", "USD": "US$", "EUR": "€"}


class CurrencyMismatch(ValueError):
    """Two currencies met in one sum."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents) of an ISO 4217 currency."""

    cents: int
    currency: str = "BRL"

    def __post_init__(self) -> None:
        if type(self.cents) is not int:
            raise TypeError(f"cents must be int, not {type(self.cents).__name__}")

    def __add__(self, other: "Money") -> "Money":
        return Money(self.cents + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.cents - self._same(other), self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.cents * times, self.currency)

    def per(self, parts: int) -> "Money":
        """One of so many parts, half a cent rounded up. For showing; parts need not sum to the whole."""
        return Money((2 * self.cents + parts) // (2 * parts), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.cents, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.cents < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.cents <= self._same(other)

    def __str__(self) -> str:
        units, cents = divmod(abs(self.cents), 100)
        sign = "-" if self.cents < 0 else ""
        symbol = SYMBOLS.get(self.currency, self.currency)
        return f"{sign}{symbol}\N{NO-BREAK SPACE}{units:,}".replace(",", ".") + f",{cents:02d}"

    def _same(self, other: "Money") -> int:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
        return other.cents
