"""Coupons: which there are, and what one takes off a sale."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from alicerce.apps.catalog.errors import (
    BadCoupon,
    CouponNotForPlan,
    CouponUsedUp,
    NoSuchCoupon,
)
from alicerce.apps.catalog.models import Coupon, CouponPlan
from alicerce.apps.catalog.rules import discount_on, spread
from alicerce.apps.catalog.types import (
    CouponCard,
    CouponCopy,
    CouponForm,
    CouponKind,
    CouponStatus,
    Discount,
    Quote,
)
from alicerce.kernel.money import Money
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

COLUMNS = (
    "id",
    "code",
    "kind",
    "percent_bp",
    "amount_cents",
    "currency",
    "cycles",
    "starts_at",
    "ends_at",
    "most",
    "redeemed",
    "once_per_customer",
    "retired_at",
    "created_at",
)


def are_offered(*, at: datetime) -> bool:
    """Whether anybody could have one to type."""
    return bool(Coupon.objects.good(at=at).exists())


def standing_coupons(*, at: datetime) -> list[CouponCopy]:
    """As somebody would write them down anew, elsewhere; those that will begin too."""
    going_on = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    rows = list(Coupon.objects.filter(going_on, retired_at__isnull=True).order_by("id"))
    plans: dict[UUID, list[UUID]] = defaultdict(list)
    pairs = CouponPlan.objects.filter(coupon__in=rows).order_by("id")
    for coupon_id, plan_id in pairs.values_list("coupon_id", "plan_id"):
        plans[coupon_id].append(plan_id)
    return [CouponCopy(row.id, row.written(tuple(plans[row.id]))) for row in rows]


def discount_of(code: str, quote: Quote, *, at: datetime) -> Discount | None:
    """What the coupon takes off right now; None when there is nothing to take it off.

    Raises BadCoupon, CouponNotForPlan, CouponUsedUp.
    """
    coupon = Coupon.objects.good(at=at).filter(code=code.strip().upper()).first()
    if coupon is None:
        raise BadCoupon
    _refuse_misfit(coupon, quote, at=at)
    cents = discount_on(
        quote.subtotal.cents, percent_bp=coupon.percent_bp, amount_cents=coupon.amount_cents
    )
    if not cents:
        return None
    return Discount(
        coupon_id=coupon.id,
        code=coupon.code,
        amount=Money(cents, quote.subtotal.currency),
        shares=spread(cents, [item.total.cents for item in quote.items]),
        kind=CouponKind(coupon.kind),
        percent_bp=coupon.percent_bp,
        amount_cents=coupon.amount_cents,
        cycles=coupon.cycles,
        once_per_customer=coupon.once_per_customer,
    )


def _refuse_misfit(coupon: Coupon, quote: Quote, *, at: datetime) -> None:
    plans = set(CouponPlan.objects.filter(coupon=coupon).values_list("plan_id", flat=True))
    if plans and quote.plan.plan_id not in plans:
        raise CouponNotForPlan
    if coupon.kind == CouponKind.FIXED and coupon.currency != quote.subtotal.currency:
        raise BadCoupon
    if coupon.status(at=at) == CouponStatus.USED_UP:
        raise CouponUsedUp


def coupons(*, at: datetime) -> list[CouponCard]:
    """The newest first."""
    found = list(Coupon.objects.order_by("-id"))
    plans = _plans_of([coupon.id for coupon in found])
    return [_card(coupon, plans[coupon.id], at=at) for coupon in found]


def coupon(coupon_id: UUID, *, at: datetime) -> CouponCard:
    """Raises NoSuchCoupon."""
    found = Coupon.objects.filter(pk=coupon_id).first()
    if found is None:
        raise NoSuchCoupon
    return _card(found, _plans_of([coupon_id])[coupon_id], at=at)


def _plans_of(coupon_ids: Collection[UUID]) -> Mapping[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    rows = CouponPlan.objects.filter(coupon_id__in=coupon_ids).order_by("id")
    for coupon_id, plan_id in rows.values_list("coupon_id", "plan_id"):
        found[coupon_id].append(plan_id)
    return found


def _card(coupon: Coupon, plan_ids: list[UUID], *, at: datetime) -> CouponCard:
    form = CouponForm(
        code=coupon.code,
        kind=CouponKind(coupon.kind),
        percent_bp=coupon.percent_bp,
        amount_cents=coupon.amount_cents,
        currency=coupon.currency,
        cycles=coupon.cycles,
        starts_at=coupon.starts_at,
        ends_at=coupon.ends_at,
        most=coupon.most,
        once_per_customer=coupon.once_per_customer,
        plan_ids=tuple(plan_ids),
    )
    return CouponCard(coupon.id, form, coupon.status(at=at), coupon.redeemed, coupon.created_at)


def coupon_rows(window: Window) -> Slice:
    """Coupons as programs read them."""
    found = slice_of(Coupon.objects.all(), window, *COLUMNS)
    plans = _plans_of([row["id"] for row in found.rows])
    return Slice([_record(row, plans[row["id"]]) for row in found.rows], found.next_cursor)


def coupon_record(coupon_id: UUID) -> Row:
    """Raises NoSuchCoupon."""
    rows = list(Coupon.objects.filter(pk=coupon_id).values(*COLUMNS))
    if not rows:
        raise NoSuchCoupon
    return _record(rows[0], _plans_of([coupon_id])[coupon_id])


def _record(row: Row, plan_ids: list[UUID]) -> Row:
    row["max_redemptions"] = row.pop("most")
    return {"object": "coupon", **row, "plan_ids": plan_ids}
