"""Taxes of a document: each tax is rounded once on the whole, and its lines add up to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from alicerce.apps.billing.rules.allocation import apportion, spread
from alicerce.apps.billing.rules.rounding import half_up
from alicerce.apps.taxes.types import Manner


@dataclass(frozen=True, slots=True)
class Tax:
    """`rate` may differ from line to line; what has the same name is one tax and rounded together."""

    name: str
    rate: Fraction
    manner: Manner = Manner.ADDED
    withheld: bool = (
        False  # the customer keeps it back and pays it to the authority (ISS retido)
    )


@dataclass(frozen=True, slots=True)
class Taxable:
    """The amount of a line after its discounts, and what is levied on it. Exempt: no taxes."""

    amount: int
    taxes: tuple[Tax, ...] = ()


@dataclass(frozen=True, slots=True)
class Levied:
    """One tax of the document and its cents in each line."""

    tax: Tax
    lines: tuple[int, ...]

    @property
    def cents(self) -> int:
        return sum(self.lines)


@dataclass(frozen=True, slots=True)
class TaxedDocument:
    amounts: tuple[int, ...]
    levied: tuple[Levied, ...]

    @property
    def net(self) -> int:
        """Without the taxes that are part of the price or come on top of it."""
        return sum(self.amounts) - self._of(Manner.INCLUDED)

    @property
    def tax(self) -> int:
        """What comes on top or is in the price; a tax within the price changes no figure."""
        return self._of(Manner.INCLUDED) + self._of(Manner.ADDED)

    @property
    def total(self) -> int:
        return self.net + self.tax

    @property
    def withheld(self) -> int:
        return sum(one.cents for one in self.levied if one.tax.withheld)

    @property
    def payable(self) -> int:
        """What the customer pays us; the rest they pay to the authority in our name."""
        return self.total - self.withheld

    def line_taxes(self, index: int) -> int:
        return sum(one.lines[index] for one in self.levied if one.tax.manner != Manner.WITHIN)

    def _of(self, manner: Manner) -> int:
        return sum(one.cents for one in self.levied if one.tax.manner == manner)


def taxed(lines: Sequence[Taxable]) -> TaxedDocument:
    """Every line with its taxes. Rounding is per tax and document, spread by largest remainder."""
    return TaxedDocument(
        tuple(line.amount for line in lines),
        tuple(
            Levied(tax, tuple(apportion([_exact(line, tax.name) for line in lines])))
            for tax in _taxes(lines)
        ),
    )


def credited_tax(
    *,
    net: int,
    tax: int,
    credited_net: int = 0,
    credited_tax: int = 0,
    credit: int,
) -> int:
    """The tax of a credit note about a line or document of `net` and `tax`.

    The note that brings the credited net to the whole takes the tax that is left, and with it the
    cent that rounding kept; no note takes more than is left.
    """
    left = tax - credited_tax
    if credited_net + credit >= net:
        return left
    return min(half_up(Fraction(tax * credit, net)), left)


def gross_in_parts(gross: int, *, net: int, tax: int) -> tuple[int, int]:
    """What is net and what is tax in money that goes back, as in the document it was paid for."""
    if not net + tax:
        return gross, 0
    share = half_up(Fraction(gross * tax, net + tax))
    return gross - share, share


def tax_by_line(tax: int, nets: Sequence[int]) -> list[int]:
    """A document's tax over lines of one rate: what NFS-e wants to see add up."""
    return spread(tax, nets)


def _taxes(lines: Sequence[Taxable]) -> list[Tax]:
    """Each name once, in the order of its first line."""
    named: dict[str, Tax] = {}
    for line in lines:
        for tax in line.taxes:
            known = named.setdefault(tax.name, tax)
            if (known.manner, known.withheld) != (tax.manner, tax.withheld):
                raise ValueError(f"{tax.name} is levied in two manners in one document")
    return list(named.values())


def _exact(line: Taxable, name: str) -> Fraction:
    return sum((_levy(line, tax) for tax in line.taxes if tax.name == name), Fraction(0))


def _levy(line: Taxable, tax: Tax) -> Fraction:
    if tax.manner == Manner.WITHIN:
        return line.amount * tax.rate
    included = sum(
        (other.rate for other in line.taxes if other.manner == Manner.INCLUDED), Fraction(0)
    )
    return line.amount / (1 + included) * tax.rate
