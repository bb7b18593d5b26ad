"""Take the coupons in one company that another one takes: as often as one likes, until nothing differs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from alicerce.apps.catalog.models import Coupon, Plan
from alicerce.apps.catalog.services.make_coupon import (
    extend_coupon,
    make_coupon,
    retire_coupon,
)
from alicerce.apps.catalog.services.mirror_plans import COPY, HEX
from alicerce.apps.catalog.types import CouponCopy
from alicerce.kernel.db import transaction


@transaction()
def mirror_coupons(*, copies: Sequence[CouponCopy], at: datetime) -> int:
    """How many came, changed or ended. Call it once the plans are here, which coupons are good for.

    What was redeemed stays so, and coupons that were made here stay, with their codes.
    """
    here = {row.copy_of: row for row in Coupon.objects.filter(copy_of__isnull=False)}
    taken = set(Coupon.objects.filter(copy_of=None).values_list("code", flat=True))
    plans = _plans()
    done = 0
    for copy in copies:
        known = here.pop(copy.origin_id, None)
        if known is not None:
            done += _follow(known, copy, at=at)
        elif copy.coupon.code not in taken:
            done += _add(copy, plans, at=at)
    return done + sum(retire_coupon(coupon_id=row.id, at=at) for row in here.values())


def _plans() -> dict[UUID, UUID]:
    """The copy of each plan of the other company."""
    rows = Plan.objects.filter(slug__startswith=COPY).values_list("slug", "id")
    return {UUID(slug[len(COPY) : len(COPY) + HEX]): plan_id for slug, plan_id in rows}


def _add(copy: CouponCopy, plans: Mapping[UUID, UUID], *, at: datetime) -> bool:
    """A coupon for plans that are not here would be good for all of them: it does not come."""
    ours = tuple(plans[one] for one in copy.coupon.plan_ids if one in plans)
    if copy.coupon.plan_ids and not ours:
        return False
    coupon_id = make_coupon(form=replace(copy.coupon, plan_ids=ours), at=at)
    Coupon.objects.filter(pk=coupon_id).update(copy_of=copy.origin_id)
    return True


def _follow(known: Coupon, copy: CouponCopy, *, at: datetime) -> bool:
    """What may still change of a coupon: its end and its number, not below what was redeemed here."""
    wanted = copy.coupon
    most = wanted.most if wanted.most is None else max(wanted.most, known.redeemed)
    if (known.ends_at, known.most) == (wanted.ends_at, most):
        return False
    extend_coupon(coupon_id=known.id, ends_at=wanted.ends_at, most=most, at=at)
    return True
