"""What holds for meters and for what they count. Pure functions."""

import re
from datetime import datetime, timedelta
from fractions import Fraction

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types.prices import Scheme
from alicerce.apps.metering.types import Metered, MeterForm, NewRecord, TierForm

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
UNIT = re.compile(r"\d{1,9}(\.\d{1,6})?")
MOST_TIERS = 20
MOST_FLAT = 1_000_000_00
MOST_QUANTITY = 10**12
MOST_COST = 10**11
"""What one record may come to, in cents."""
MOST_RECORDS = 1000
"""In one request."""
LATE_FOR = timedelta(days=35)
"""What was used longer ago is refused: the invoice after the one it belonged to was its last."""
EARLY_BY = timedelta(minutes=5)
"""Clocks differ by so much."""
LONGEST = {"name": 80, "unit": 20, "identifier": 80}


def fault_of(form: MeterForm) -> str:
    """The first field that cannot be right; empty when all can."""
    if not KEY.fullmatch(form.key):
        return "key"
    for name in ("name", "unit"):
        if not 0 < len(getattr(form, name).strip()) <= LONGEST[name]:
            return name
    return "" if _tiers_fit(form) else "tiers"


def cents_of(form: MeterForm, quantity: int) -> int:
    """What so much of it costs, rounded once."""
    tiers = [billing.Tier(tier.up_to, Fraction(tier.unit), tier.flat) for tier in form.tiers]
    return billing.price_of(quantity, form.scheme, tiers)


def refusal_of(
    record: NewRecord, used: Metered | None, *, form: MeterForm | None, at: datetime
) -> str:
    """Why a record is not kept; empty when it is."""
    if used is None or used.since is None:
        return "no_such_subscription"
    if not used.is_live:
        return "subscription_ended"
    if form is None:
        return "no_such_meter"
    return _refusal_of_size(record, form) or _refusal_of_time(record, used.since, at=at)


def _refusal_of_size(record: NewRecord, form: MeterForm) -> str:
    is_large = record.quantity > MOST_QUANTITY or cents_of(form, record.quantity) > MOST_COST
    return "quantity_too_large" if is_large else ""


def _refusal_of_time(record: NewRecord, since: datetime, *, at: datetime) -> str:
    if record.happened_at > at + EARLY_BY:
        return "in_the_future"
    if record.happened_at < since:
        return "before_start"
    return "too_late" if record.happened_at < at - LATE_FOR else ""


def _tiers_fit(form: MeterForm) -> bool:
    tiers = form.tiers
    if not (1 <= len(tiers) <= MOST_TIERS and all(map(_is_tier, tiers))):
        return False
    if form.scheme in {Scheme.FLAT, Scheme.PACKAGE}:
        is_sized = tiers[0].up_to is not None
        return (
            len(tiers) == 1
            and not tiers[0].flat
            and is_sized == (form.scheme == Scheme.PACKAGE)
        )
    ends = [tier.up_to for tier in tiers]
    bounds = [end for end in ends[:-1] if end is not None]
    is_open = ends[-1] is None and len(bounds) == len(ends) - 1
    return is_open and bounds == sorted(set(bounds))


def _is_tier(tier: TierForm) -> bool:
    return (
        bool(UNIT.fullmatch(tier.unit))
        and 0 <= tier.flat <= MOST_FLAT
        and (tier.up_to is None or 1 <= tier.up_to <= MOST_QUANTITY)
    )
