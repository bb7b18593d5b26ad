"""The taxes of an invoice's lines: what comes on top and what is kept back are lines of their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alicerce.apps.billing.rules.taxes import Levied, Tax, Taxable, taxed
from alicerce.apps.billing.types import LineKind, NewLine
from alicerce.apps.billing.types.taxes import LineTax, PreviewLine, TaxPreview, TaxView
from alicerce.apps.taxes.types import Levy, Manner
from alicerce.kernel.money import Money

UNTAXED = frozenset({LineKind.ADJUSTMENT, LineKind.TAX, LineKind.WITHHELD})
"""Money that only moves from one of our pockets to another, and what is a tax itself."""
MILLION = 1_000_000

Words = Callable[[Levy], str]


@dataclass(frozen=True, slots=True)
class Levying:
    """All lines of an invoice, and what of them is tax, line by line. Positions begin at one."""

    lines: Sequence[NewLine]
    taxes: Sequence[LineTax]

    @property
    def tax_cents(self) -> int:
        """What is owed to authorities, whoever pays it to them."""
        return sum(one.cents for one in self.taxes)

    @property
    def withheld_cents(self) -> int:
        """What of it the customer pays to them, and not to us."""
        return sum(one.cents for one in self.taxes if one.is_withheld)

    def within(self) -> dict[int, int]:
        """By position, what of a line's own price is tax; what comes on top is a line of its own."""
        found: dict[int, int] = {}
        for one in self.taxes:
            if one.levy.manner != Manner.ADDED:
                found[one.position] = found.get(one.position, 0) + one.cents
        return found


def levied(
    lines: Sequence[NewLine],
    levies: Sequence[Sequence[Levy]],
    *,
    added: Words,
    withheld: Words,
) -> Levying:
    """These lines with their taxes; `levies` says for each line what falls on it."""
    known = {levy.tax_id: levy for own in levies for levy in own}
    if not known:
        return Levying(lines, ())
    by_name = {_name(levy): levy for own in levies for levy in own}
    document = taxed([_taxable(*pair) for pair in zip(lines, levies, strict=True)])
    own = [(by_name[one.tax.name], one) for one in document.levied]
    currency = lines[0].unit.currency
    more = [
        *(
            _line(added(levy), one.cents, LineKind.TAX, currency)
            for levy, one in own
            if levy.manner == Manner.ADDED
        ),
        *(
            _line(withheld(levy), -one.cents, LineKind.WITHHELD, currency)
            for levy, one in own
            if levy.is_withheld
        ),
    ]
    rows = [row for levy, one in own for row in _rows(levy, one, lines, levies)]
    return Levying([*lines, *(line for line in more if line.total.cents)], rows)


def previewed(levying: Levying, asked: int) -> TaxPreview:
    """What people see before it is asked for: the lines that taxes add, and each tax once."""
    currency = levying.lines[0].unit.currency
    extra = levying.lines[asked:]
    return TaxPreview(
        total=Money(sum(line.total.cents for line in levying.lines), currency),
        extra=tuple(PreviewLine(line.description, line.total) for line in extra),
        taxes=tuple(_view(own, currency) for own in _by_levy(levying.taxes)),
    )


def _by_levy(taxes: Sequence[LineTax]) -> list[list[LineTax]]:
    groups: dict[Levy, list[LineTax]] = {}
    for one in taxes:
        groups.setdefault(one.levy, []).append(one)
    return list(groups.values())


def _view(own: Sequence[LineTax], currency: str) -> TaxView:
    levy = own[0].levy
    return TaxView(
        name=levy.name,
        kind=levy.kind,
        rate_ppm=levy.rate_ppm,
        manner=levy.manner,
        is_withheld=levy.is_withheld,
        base=Money(sum(one.base_cents for one in own), currency),
        amount=Money(sum(one.cents for one in own), currency),
        given_back=Money(0, currency),
    )


def _taxable(line: NewLine, levies: Sequence[Levy]) -> Taxable:
    taxes = tuple(
        Tax(_name(levy), Fraction(levy.rate_ppm, MILLION), levy.manner, levy.is_withheld)
        for levy in levies
    )
    return Taxable(line.total.cents, taxes)


def _name(levy: Levy) -> str:
    """One tax of the document: what was levied otherwise once is another."""
    return f"{levy.tax_id}:{levy.rate_ppm}:{levy.manner}:{levy.is_withheld}"


def _line(words: str, cents: int, kind: LineKind, currency: str) -> NewLine:
    return NewLine(words, 1, Money(cents, currency), kind=kind)


def _rows(
    levy: Levy, one: Levied, lines: Sequence[NewLine], levies: Sequence[Sequence[Levy]]
) -> list[LineTax]:
    included = [
        sum(other.rate_ppm for other in own if other.manner == Manner.INCLUDED)
        for own in levies
    ]
    return [
        LineTax(
            position=index + 1,
            levy=levy,
            base_cents=_base(levy, line.total.cents, included[index]),
            cents=one.lines[index],
        )
        for index, line in enumerate(lines)
        if levy in levies[index]
    ]


def _base(levy: Levy, cents: int, included_ppm: int) -> int:
    """What the rate was applied to, in whole cents: for people; the tax itself was rounded once, on all."""
    if levy.manner == Manner.WITHIN or not included_ppm:
        return cents
    exact = Fraction(cents * MILLION, MILLION + included_ppm)
    return round(exact)
