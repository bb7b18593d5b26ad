"""What was asked for, in the words of an order, of its line and of its invoice."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from alicerce.apps.billing.types import LineKind, NewLine
from alicerce.apps.billing.types.taxes import TaxPreview
from alicerce.apps.catalog.types import Item, ItemKind, PricedPlan, Quote
from alicerce.apps.orders.types import Extras, LineCard, LineDiscount, LineItem, Sale
from alicerce.kernel.brazil import display_domain
from alicerce.kernel.money import Money
from alicerce.kernel.tokens import digest

LONGEST_LINE, LONGEST_ON_INVOICE = 160, 200
KINDS = {
    ItemKind.PLAN: LineKind.PLAN,
    ItemKind.OPTION: LineKind.OPTION,
    ItemKind.SETUP: LineKind.SETUP,
}


def describe(*, plan: PricedPlan, domain: str) -> str:
    words = f"{plan.full_name} · {display_domain(domain)}"
    return words[:LONGEST_LINE]


def items_of(*, quote: Quote) -> list[LineItem]:
    """As they stay with the order, whatever the catalog says later."""
    return [
        LineItem(
            kind=item.kind,
            price_id=item.price_id,
            name=item.name,
            quantity=item.quantity,
            unit_cents=item.unit.cents,
            option_id=item.option_id,
            choice_id=item.choice_id,
        )
        for item in quote.items
    ]


def discount_of(*, quote: Quote) -> LineDiscount | None:
    """What the coupon took off and promised, as it stays with the order."""
    found = quote.discount
    if found is None:
        return None
    return LineDiscount(
        coupon_id=found.coupon_id,
        code=found.code,
        cents=found.amount.cents,
        shares=found.shares,
        kind=found.kind,
        percent_bp=found.percent_bp,
        amount_cents=found.amount_cents,
        cycles=found.cycles,
    )


def invoice_lines(*, quote: Quote, domain: str, locale: str) -> list[NewLine]:
    """One for each part and one for the coupon, in the customer's language: an invoice is theirs."""
    with translation.override(locale):
        lines = [
            NewLine(
                description=_words(item, quote.plan, domain)[:LONGEST_ON_INVOICE],
                quantity=item.quantity,
                unit=item.unit,
                kind=KINDS[item.kind],
                price_id=quote.plan.price_id,
            )
            for item in quote.items
        ]
        if quote.discount:
            words = discount_words(code=quote.discount.code)
            off = NewLine(words, 1, -quote.discount.amount, LineKind.DISCOUNT)
            lines.append(replace(off, price_id=quote.plan.price_id))
    return lines


def seen(
    *, domain: str, extras: Extras, sale: Sale, quotes: Sequence[Quote], taxes: TaxPreview
) -> str:
    """A digest of a sale as it is shown: its parts, their taxes, the terms, and what was typed."""
    typed = replace(sale, token="", seen="")
    return digest(repr((domain, extras, typed, tuple(quotes), taxes)))


def discount_words(*, code: str) -> str:
    """Of a coupon, or of what somebody of the company took off."""
    return _("Cupom %(code)s") % {"code": code} if code else _("Desconto desta venda")


def _words(item: Item, plan: PricedPlan, domain: str) -> str:
    if item.kind == ItemKind.PLAN:
        return describe(plan=plan, domain=domain)
    if item.kind == ItemKind.SETUP:
        return _("Taxa de instalação · %(plan)s") % {"plan": item.name}
    return f"{item.name} · {display_domain(domain)}"


def lines_as_sold(*, lines: Sequence[LineCard], locale: str) -> list[NewLine]:
    """The same of an order that was placed before, as it was agreed to."""
    with translation.override(locale):
        return [new for line in lines for new in _lines_of(line)]


def _lines_of(line: LineCard) -> Iterator[NewLine]:
    currency = line.amount.currency
    for item in line.items:
        words, unit = (
            _sold_words(item, line)[:LONGEST_ON_INVOICE],
            Money(item.unit_cents, currency),
        )
        yield NewLine(words, item.quantity, unit, KINDS[item.kind], price_id=line.price_id)
    if off := line.discount:
        words, taken = discount_words(code=off.code), Money(-off.cents, currency)
        yield NewLine(words, 1, taken, LineKind.DISCOUNT, price_id=line.price_id)


def _sold_words(item: LineItem, line: LineCard) -> str:
    if item.kind == ItemKind.PLAN:
        return line.description
    if item.kind == ItemKind.SETUP:
        return _("Taxa de instalação · %(plan)s") % {"plan": item.name}
    return f"{item.name} · {display_domain(line.spec.get('domain', ''))}"
