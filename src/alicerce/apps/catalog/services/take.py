"""What an order takes from the catalog, and gives back when nobody pays it."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.catalog.errors import CouponUsed, CouponUsedUp, OutOfStock, TrialUsed
from alicerce.apps.catalog.models import Coupon, Plan, Taking
from alicerce.apps.catalog.types import Quote
from alicerce.kernel.db import transaction


@transaction()
def take(*, order_id: UUID, customer_id: UUID, quote: Quote, at: datetime) -> bool:
    """Take a unit of what is counted, redeem the coupon, begin a trial. False when there was nothing to take.

    Whoever takes the last one holds it until they commit: the next in line then finds none.
    Raises OutOfStock, CouponUsedUp, CouponUsed, TrialUsed.
    """
    is_trial = bool(quote.trial_days)
    if is_trial and _tried(customer_id, quote.plan.plan_id):
        raise TrialUsed
    discount = quote.discount
    if discount and not Coupon.objects.take_one(discount.coupon_id):
        raise CouponUsedUp
    taken = Plan.objects.take_one(quote.plan.plan_id)
    if taken is False:
        raise OutOfStock
    if not (discount or taken or is_trial):
        return False
    taking = Taking(
        order_id=order_id,
        customer_id=customer_id,
        plan_id=quote.plan.plan_id,
        coupon_id=discount.coupon_id if discount else None,
        is_once=bool(discount and discount.once_per_customer),
        from_stock=bool(taken),
        is_trial=is_trial,
        discount_cents=discount.amount.cents if discount else 0,
        taken_at=at,
    )
    if not Taking.objects.add_once(taking):
        raise TrialUsed if is_trial and _tried(customer_id, taking.plan_id) else CouponUsed
    return True


@transaction(shared=True)
def take_unit(*, plan_id: UUID) -> None:
    """Take a unit of what is sold without an order, where units are counted. Raises OutOfStock."""
    if Plan.objects.take_one(plan_id) is False:
        raise OutOfStock


def _tried(customer_id: UUID, plan_id: UUID) -> bool:
    tried = Taking.objects.filter(customer_id=customer_id, plan_id=plan_id, is_trial=True)
    return bool(tried.filter(returned_at__isnull=True).exists())


@transaction()
def give_back(*, order_id: UUID, at: datetime) -> bool:
    """Undo what an order took. False when it took nothing, or gave it back before."""
    rows = Taking.objects.select_for_update(of=("self",), no_key=True)
    taking = rows.filter(order_id=order_id).first()
    if taking is None or not taking.give_back(at=at):
        return False
    if taking.coupon_id:
        Coupon.objects.give_one_back(taking.coupon_id)
    if taking.from_stock:
        Plan.objects.give_one_back(taking.plan_id)
    return True
