"""How long an order waits, a link that cancels it, and how what was agreed to is kept with it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from alicerce.apps.catalog.types import CouponKind, Discount, Item, ItemKind, Quote
from alicerce.apps.orders.types import LineDiscount, LineItem, Sale, TermsWay
from alicerce.kernel.money import Money

UNPAID_FOR = timedelta(days=7)
"""An order that nobody paid in that time is canceled by the clock."""
CANCEL_LINK_LASTS = timedelta(hours=24)
TRIAL_LINK_LASTS = timedelta(days=7)
"""As long as the order that waits for it."""
MOST_QUANTITY = 10_000
"""Of one thing in one order."""
MOST_SALE_CENTS = 100_000_000
"""The highest price that somebody may agree to by hand."""
LATEST_START = timedelta(days=366)
MOST_ORDER_CENTS = 2_000_000_000
"""What one order asks for at once, at most."""
ITEM_IDS = ("price_id", "option_id", "choice_id")


def kept(said: LineItem | LineDiscount) -> dict[str, Any]:
    """As a line keeps it: plain values, and nothing that was not said."""
    plain = {k: str(v) if isinstance(v, UUID) else v for k, v in asdict(said).items()}
    return {name: value for name, value in plain.items() if value is not None}


def read_item(said: Mapping[str, Any]) -> LineItem:
    ids = {name: UUID(said[name]) for name in ITEM_IDS if name in said}
    return LineItem(**{**said, **ids, "kind": ItemKind(said["kind"])})


def read_discount(said: Mapping[str, Any]) -> LineDiscount:
    typed = {
        "coupon_id": UUID(said["coupon_id"]) if "coupon_id" in said else None,
        "shares": tuple(said["shares"]),
        "kind": CouponKind(said["kind"]),
    }
    return LineDiscount(**{**said, **typed})


def sold_as(sale: Sale, *, by: str) -> dict[str, Any]:
    """What an order keeps of how it was sold, and by whom."""
    return {
        **_evidence(sale),
        "placed_by": by,
        "writes": sale.writes,
        "asks_terms": sale.terms == TermsWay.LATER,
        "terms_reason": sale.terms_reason,
        "price_reason": sale.price_reason,
    }


def _evidence(sale: Sale) -> dict[str, Any]:
    said = sale.evidence
    if said is None:
        return {}
    return {"agreed_by": said.by, "agreed_at": said.at, "agreed_from": said.address}


def is_sound(sale: Sale, quote: Quote) -> bool:
    """Whether these prices can be asked for: none below nothing, and what is taken off is there.

    A coupon and a discount do not go together: a line keeps one.
    """
    if sale.off_cents and (quote.discount or quote.trial_days):
        return False
    if sale.plan_cents is not None and (quote.discount or sale.plan_cents < 0):
        return False
    return 0 <= sale.off_cents <= _priced(sale, quote).subtotal.cents


def repriced(sale: Sale, quote: Quote) -> Quote:
    """At the prices of this sale; the same quote where they are the catalog's."""
    found = _priced(sale, quote)
    if not sale.off_cents:
        return found
    off = Discount(
        coupon_id=None,
        code="",
        amount=Money(sale.off_cents, found.total.currency),
        shares=_shares(sale.off_cents, found.items),
        kind=CouponKind.FIXED,
        percent_bp=None,
        amount_cents=sale.off_cents,
        cycles=1,
        once_per_customer=False,
    )
    return replace(found, discount=off)


def _priced(sale: Sale, quote: Quote) -> Quote:
    if sale.plan_cents is None:
        return quote
    unit = Money(sale.plan_cents, quote.plan.amount.currency)
    items = (
        replace(item, unit=unit) if item.kind == ItemKind.PLAN else item for item in quote.items
    )
    return replace(quote, items=tuple(items))


def _shares(cents: int, items: Sequence[Item]) -> tuple[int, ...]:
    """Off the plan first, then off what comes after it."""
    shares: list[int] = []
    for item in items:
        shares.append(min(cents, item.total.cents))
        cents -= shares[-1]
    return tuple(shares)
