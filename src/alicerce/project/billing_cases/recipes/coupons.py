"""Coupons over items, and what a quantity costs."""

from alicerce.apps.billing.rules.allocation import fixed_discount, percentage_discount
from alicerce.apps.billing.rules.rounding import basis_points, half_up
from alicerce.apps.billing.rules.tiers import graduated, package, per_unit, volume
from alicerce.apps.billing.types.prices import Scheme
from alicerce.project.billing_cases import values
from alicerce.project.billing_cases.given import Given
from alicerce.project.billing_cases.recipes.registry import Answers, Asked, recipe

NAMED = ("first_invoice", "second_invoice", "third_invoice", "fourth_invoice")
ALWAYS = 10_000


@recipe("coupon", "items", "coupon")
def fixed(given: Given, asked: Asked) -> Answers:
    items = given.cents_list("items")
    return _answers(items, fixed_discount(given.cents("coupon"), items))


@recipe("coupon", "items", "coupon_pct")
def percentage(given: Given, asked: Asked) -> Answers:
    """Ours is on the total and spread; `per_item` is what rounding each item alone would give."""
    items, rate = given.cents_list("items"), given.rate("coupon_pct")
    alone = [half_up(item * rate) for item in items]
    off = percentage_discount(rate, items)
    return {
        "per_item": alone,
        "per_item_sum": sum(alone),
        "on_total": sum(off),
        **_answers(items, off),
    }


@recipe("coupon", "items", "coupon_bp")
def by_basis_points(given: Given, asked: Asked) -> Answers:
    items = given.cents_list("items")
    return _answers(items, percentage_discount(basis_points(given.cents("coupon_bp")), items))


@recipe("coupon", "price", "cycles", without=("items",))
@recipe("coupon", "price", "duration", without=("items",))
def over_cycles(given: Given, asked: Asked) -> Answers:
    """For so many invoices, the first one among them; what is off is theirs alone."""
    price, cycles = given.cents("price"), _cycles(given)
    (off,) = (
        fixed_discount(given.cents("coupon"), [price])
        if given.has("coupon")
        else percentage_discount(given.rate("coupon_pct"), [price])
    )
    number = max(
        (len(one) for one in asked.values() if isinstance(one, list)), default=len(NAMED)
    )
    invoices = [price - off if n < cycles else price for n in range(number)]
    return {
        **dict.fromkeys(("invoices", "totals", "amounts"), invoices),
        **dict(zip(NAMED, invoices, strict=False)),
        "discount": off,
    }


def _cycles(given: Given) -> int:
    """For how many invoices; `forever` is more than anybody looks at."""
    if given.has("cycles"):
        return given.cents("cycles")
    return {"once": 1, "forever": ALWAYS}[given.text("duration")]


@recipe("tiers", "tiers", "quantity")
def by_tiers(given: Given, asked: Asked) -> Answers:
    tiers = [values.tier(one) for one in given.value("tiers")]
    quantity, scheme = given.cents("quantity"), given.text("scheme") or Scheme.GRADUATED
    price = volume(quantity, tiers) if scheme == Scheme.VOLUME else graduated(quantity, tiers)
    return {
        **dict.fromkeys(("amount", "price", "total"), price),
        "graduated": graduated(quantity, tiers),
        "volume": volume(quantity, tiers),
    }


@recipe("tiers", "package_size", "quantity")
def by_package(given: Given, asked: Asked) -> Answers:
    price = package(
        given.cents("quantity"),
        size=given.cents("package_size"),
        price=given.cents("price"),
        free=given.cents("free"),
    )
    return dict.fromkeys(("amount", "total", "package"), price)


@recipe("tiers", "unit", "quantity")
def by_unit(given: Given, asked: Asked) -> Answers:
    price = per_unit(given.cents("quantity"), given.fraction("unit"))
    return dict.fromkeys(("amount", "total", "flat"), price)


def _answers(items: list[int], off: list[int]) -> Answers:
    left = [item - cut for item, cut in zip(items, off, strict=True)]
    return {
        **dict.fromkeys(("split", "discounts", "coupon_split"), off),
        **dict.fromkeys(("discount", "discount_total", "discount_amount"), sum(off)),
        "items_after": left,
        **dict.fromkeys(("total", "net", "subtotal"), sum(left)),
    }
