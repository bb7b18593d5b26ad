"""How long an order waits, a link that cancels it, and how what was agreed to is kept with it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from alicerce.apps.catalog.types import CouponKind, ItemKind
from alicerce.apps.orders.types import LineDiscount, LineItem

UNPAID_FOR = timedelta(days=7)
"""An order that nobody paid in that time is canceled by the clock."""
CANCEL_LINK_LASTS = timedelta(hours=24)
TRIAL_LINK_LASTS = timedelta(days=7)
"""As long as the order that waits for it."""
MOST_QUANTITY = 10_000
"""Of one thing in one order."""
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
        "coupon_id": UUID(said["coupon_id"]),
        "shares": tuple(said["shares"]),
        "kind": CouponKind(said["kind"]),
    }
    return LineDiscount(**{**said, **typed})
