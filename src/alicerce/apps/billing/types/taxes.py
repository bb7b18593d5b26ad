"""The words of taxes on invoices. Plain Python."""

from dataclasses import dataclass
from uuid import UUID

from alicerce.apps.taxes.types import Levy, Manner, TaxKind
from alicerce.kernel.money import Money


@dataclass(frozen=True, slots=True)
class LineTax:
    """One tax of one line, as it was when the invoice was opened."""

    position: int
    levy: Levy
    base_cents: int
    cents: int

    @property
    def is_withheld(self) -> bool:
        return self.levy.is_withheld


@dataclass(frozen=True, slots=True)
class TaxView:
    """One tax of a whole invoice: what people read of it. `given_back` is what credit notes took of it."""

    name: str
    kind: TaxKind
    rate_ppm: int
    manner: Manner
    is_withheld: bool
    base: Money
    amount: Money
    given_back: Money


@dataclass(frozen=True, slots=True)
class TaxTaken:
    """A line's tax, and what of it credit notes gave back already."""

    id: UUID
    position: int
    tax_id: UUID
    manner: Manner
    is_withheld: bool
    cents: int
    given_back: int

    @property
    def left(self) -> int:
        return self.cents - self.given_back


@dataclass(frozen=True, slots=True)
class PreviewLine:
    words: str
    amount: Money


@dataclass(frozen=True, slots=True)
class TaxPreview:
    """What an invoice of these lines would ask for, to the cent."""

    total: Money
    extra: tuple[PreviewLine, ...]
    taxes: tuple[TaxView, ...]
