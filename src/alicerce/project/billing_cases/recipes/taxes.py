"""Taxes after discounts, the place of rounding, and the taxes of credit notes."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from alicerce.apps.billing.rules.allocation import fixed_discount, percentage_discount
from alicerce.apps.billing.rules.proration import prorated
from alicerce.apps.billing.rules.rounding import basis_points, half_up
from alicerce.apps.billing.rules.taxes import (
    Tax,
    Taxable,
    TaxedDocument,
    credited_tax,
    taxed,
)
from alicerce.apps.taxes.types import Manner
from alicerce.project.billing_cases import values
from alicerce.project.billing_cases.given import Given
from alicerce.project.billing_cases.recipes.registry import Answers, Asked, recipe

ORDER = ("first", "second", "third", "fourth", "fifth", "sixth")


@recipe("tax", "items", "tax_pct", without=("coupon_split_dec",))
def of_items(given: Given, asked: Asked) -> Answers:
    """Discounts first, by amount; then each tax on what is left of each line."""
    items = given.cents_list("items")
    off = discounts(given, items)
    nets = [item - cut for item, cut in zip(items, off, strict=True)]
    document = taxed(_lines(given, nets))
    return {**_figures(document), **_discounted(items, off, nets), **_notes(document)}


@recipe("tax", "items", "tax_pct", "coupon_split_dec")
def of_exact_discounts(given: Given, asked: Asked) -> Answers:
    """Discounts with fractions of a cent: one rounding of the whole tax, spread over the lines."""
    items = given.cents_list("items")
    off = [values.fraction(one) for one in given.value("coupon_split_dec")]
    nets = [item - cut for item, cut in zip(items, off, strict=True)]
    rates = _each(given.rates("tax_pct"), len(items))
    levied = [net * rate for net, rate in zip(nets, rates, strict=True)]
    subtotal, tax = half_up(sum(nets, Fraction(0))), half_up(sum(levied, Fraction(0)))
    return {
        "subtotal": subtotal,
        "per_item_tax": [half_up(one) for one in levied],
        **dict.fromkeys(("invoice_tax", "tax", "tax_total"), tax),
        "total": subtotal + tax,
    }


@recipe("tax", "tax_pct", "days", without=("items",))
def of_a_terminated_plan(given: Given, asked: Asked) -> Answers:
    """The credit note: the days that were not used, and the tax that was paid for them."""
    if not given.has_price():
        return {}
    price, _ = given.price()
    net, rate = prorated(price, given.fraction("days")), given.rate("tax_pct")
    tax = credited_tax(net=price, tax=half_up(price * rate), credit=net)
    return {"net": net, "tax": tax, "total": net + tax}


@recipe("tax", "net", "tax_pct", without=("items", "days"))
def of_a_net(given: Given, asked: Asked) -> Answers:
    return _figures(taxed(_lines(given, [given.cents("net")])))


@recipe("tax", "gross", "tax_pct", without=("items", "days"))
def of_a_gross(given: Given, asked: Asked) -> Answers:
    """What is already in the price is taken out of it."""
    tax = Tax("tax", given.rate("tax_pct"), Manner.INCLUDED)
    return _figures(taxed([Taxable(given.cents("gross"), (tax,))]))


@recipe("tax", "subtotal", "tax", without=("items", "net", "gross"))
def of_known_figures(given: Given, asked: Asked) -> Answers:
    """What is told of an order: less its discount, with its tax."""
    net, tax = given.cents("subtotal") - given.cents("coupon"), given.cents("tax")
    return {
        **dict.fromkeys(("net", "net_amount", "taxable"), net),
        **dict.fromkeys(("total", "total_amount", "gross"), net + tax),
    }


def discounts(given: Given, items: Sequence[int]) -> list[int]:
    """A fixed coupon, a percentage, or several one after the other, each on what the last left."""
    off = [0] * len(items)
    for coupon in _coupons(given):
        left = [item - cut for item, cut in zip(items, off, strict=True)]
        more = fixed_discount(coupon, left) if isinstance(coupon, int) else _share(coupon, left)
        off = [cut + another for cut, another in zip(off, more, strict=True)]
    return off


def _coupons(given: Given) -> list[int | Fraction]:
    found: list[int | Fraction] = []
    for name in ("coupon", "coupons"):
        if given.has(name):
            found += given.cents_list(name)
    if given.has("coupon_pct"):
        found += given.rates("coupon_pct")
    if given.has("coupon_bp"):
        found.append(basis_points(given.cents("coupon_bp")))
    return found


def _share(rate: Fraction, items: Sequence[int]) -> list[int]:
    return percentage_discount(rate, items)


def _lines(given: Given, nets: Sequence[int]) -> list[Taxable]:
    """A rate for all lines, one for each, or several for each: those in the same place are one tax."""
    manner = Manner.INCLUDED if given.value("inclusive") else Manner.ADDED
    written = given.value("tax_pct")
    listed = written if isinstance(written, list) else [written]
    held = given.rate("withheld_pct")
    kept = (Tax("withheld", held, Manner.WITHIN, withheld=True),) if held else ()
    return [
        Taxable(net, (*_taxes(rates, manner), *kept))
        for net, rates in zip(nets, _each(listed, len(nets)), strict=True)
    ]


def _taxes(written: Any, manner: Manner) -> list[Tax]:
    rates = values.rates(written)
    return [Tax(f"tax {place}", rate, manner) for place, rate in enumerate(rates)]


def _figures(document: TaxedDocument) -> Answers:
    lines = range(len(document.amounts))
    tax_names = ("tax", "tax_total", "invoice_tax", "tax_amount", "total_tax")
    return {
        "net": document.net,
        "subtotal": document.net,
        "taxes": [document.line_taxes(index) for index in lines],
        "item_taxes": [document.line_taxes(index) for index in lines],
        **dict.fromkeys(tax_names, document.tax),
        **dict.fromkeys(("total", "gross", "invoice_total"), document.total),
        "withheld": document.withheld,
        **dict.fromkeys(("payable", "due", "amount_due"), document.payable),
    }


def _discounted(items: Sequence[int], off: Sequence[int], nets: Sequence[int]) -> Answers:
    return {
        **dict.fromkeys(("coupon_split", "discounts", "split"), tuple(off)),
        **dict.fromkeys(("coupon_total", "discount", "discount_total"), sum(off)),
        **dict.fromkeys(("taxable", "base"), sum(nets)),
        "taxables": list(nets),
        "before_discount": sum(items),
    }


def _notes(document: TaxedDocument) -> Answers:
    """A credit note for each line, one after the other: the last takes what rounding kept."""
    answers: Answers = {}
    net = given_back = 0
    for name, amount in zip(ORDER, document.amounts, strict=False):
        tax = credited_tax(
            net=document.net,
            tax=document.tax,
            credited_net=net,
            credited_tax=given_back,
            credit=amount,
        )
        net, given_back = net + amount, given_back + tax
        answers[f"{name}_credit_note_total"] = amount + tax
        answers[f"{name}_credit_note_tax"] = tax
    return answers


def _each(rates: list[Any], number: int) -> list[Any]:
    return rates * number if len(rates) == 1 else rates
