"""Promise a lower price, say until when, and take the promise back."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from alicerce.apps.audit import public as audit
from alicerce.apps.catalog.errors import BadCouponForm, CouponTaken, NoSuchCoupon
from alicerce.apps.catalog.models import Coupon, CouponPlan, Plan
from alicerce.apps.catalog.rules import fault_of_coupon
from alicerce.apps.catalog.types import CouponForm
from alicerce.kernel.db import transaction


@transaction()
def make_coupon(*, form: CouponForm, at: datetime) -> UUID:
    """Raises BadCouponForm, CouponTaken."""
    if fault := fault_of_coupon(form):
        raise BadCouponForm(fault)
    plan_ids = set(form.plan_ids)
    if Plan.objects.filter(pk__in=plan_ids).count() != len(plan_ids):
        raise BadCouponForm("plan_ids")
    coupon = Coupon()
    coupon.adopt(form)
    if not Coupon.objects.add_once(coupon):
        raise CouponTaken
    CouponPlan.objects.bulk_create(CouponPlan(coupon=coupon, plan_id=p) for p in plan_ids)
    audit.record(
        action="coupon.created",
        entity="coupon",
        entity_id=coupon.id,
        after={
            "code": form.code,
            "percent_bp": form.percent_bp,
            "amount_cents": form.amount_cents,
            "cycles": form.cycles,
            "most": form.most,
            "ends_at": form.ends_at.isoformat() if form.ends_at else None,
        },
        at=at,
    )
    return UUID(str(coupon.id))


@transaction()
def extend_coupon(
    *, coupon_id: UUID, ends_at: datetime | None, most: int | None, at: datetime
) -> None:
    """Another end, another count; what it takes off was promised and stays.

    Raises NoSuchCoupon, BadCouponForm when more were redeemed already.
    """
    coupon = _locked(coupon_id)
    before = _said(coupon)
    if coupon.starts_at and ends_at and ends_at <= coupon.starts_at:
        raise BadCouponForm("ends_at")
    enough = Q(redeemed__lte=most) if most is not None else Q()
    if not Coupon.objects.filter(enough, pk=coupon_id).update(ends_at=ends_at, most=most):
        raise BadCouponForm("most")
    coupon.refresh_from_db()
    audit.record(
        action="coupon.changed",
        entity="coupon",
        entity_id=coupon_id,
        before=before,
        after=_said(coupon),
        at=at,
    )


@transaction()
def retire_coupon(*, coupon_id: UUID, at: datetime) -> bool:
    """Redeemed no more; who did keeps what it promised. False when it already was. Raises NoSuchCoupon."""
    coupon = _locked(coupon_id)
    if not coupon.retire(at=at):
        return False
    audit.record(action="coupon.retired", entity="coupon", entity_id=coupon_id, at=at)
    return True


def _locked(coupon_id: UUID) -> Coupon:
    try:
        coupon: Coupon = Coupon.objects.lock(coupon_id)
    except Coupon.DoesNotExist:
        raise NoSuchCoupon from None
    return coupon


def _said(coupon: Coupon) -> dict[str, object]:
    ends = coupon.ends_at.isoformat() if coupon.ends_at else None
    return {"ends_at": ends, "most": coupon.most}
