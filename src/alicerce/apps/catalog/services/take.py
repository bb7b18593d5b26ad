"""What an order takes from the catalog, and gives back when nobody pays it."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.catalog.errors import CouponUsed, CouponUsedUp, NoRoom, OutOfStock, TrialUsed
from alicerce.apps.catalog.models import Coupon, Plan, Price, Taking
from alicerce.apps.catalog.ports import kinds
from alicerce.apps.catalog.queries.takings import has_tried
from alicerce.apps.catalog.types import PricedPlan, Quote
from alicerce.kernel.db import transaction


@transaction()
def take(*, order_id: UUID, customer_id: UUID, quote: Quote, at: datetime) -> bool:
    """Take a unit of what is counted, redeem the coupon, begin a trial. False when there was nothing to take.

    Whoever takes the last one holds it until they commit: the next in line then finds none.
    The same of the room that the deliverer keeps; what is ordered was written down before.
    Raises NoRoom, OutOfStock, CouponUsedUp, CouponUsed, TrialUsed.
    """
    _refuse_no_room(quote.plan)
    is_trial = bool(quote.trial_days)
    if is_trial and has_tried(customer_id, quote.plan.plan_id):
        raise TrialUsed
    discount = quote.discount
    coupon_id = discount.coupon_id if discount else None
    if coupon_id and not Coupon.objects.take_one(coupon_id):
        raise CouponUsedUp
    taken = Plan.objects.take_units(quote.plan.plan_id, quote.units)
    if taken is False:
        raise OutOfStock
    if not (coupon_id or taken or is_trial):
        return False
    taking = Taking(
        order_id=order_id,
        customer_id=customer_id,
        plan_id=quote.plan.plan_id,
        coupon_id=coupon_id,
        is_once=bool(discount and discount.once_per_customer),
        from_stock=bool(taken),
        units=quote.units,
        is_trial=is_trial,
        discount_cents=discount.amount.cents if discount else 0,
        taken_at=at,
    )
    if not Taking.objects.add_once(taking):
        raise TrialUsed if is_trial and has_tried(customer_id, taking.plan_id) else CouponUsed
    return True


def _refuse_no_room(plan: PricedPlan) -> None:
    kind = kinds.get(plan.product_kind)
    if kind and kind.keep_room and not kind.keep_room(plan.spec):
        raise NoRoom


@transaction(shared=True)
def keep_units(*, order_id: UUID, price_id: UUID, units: int) -> bool:
    """What an order holds of the stock of this price's plan is so many from now on; none, when what it was for has ended.

    False when it holds so many already, or nothing that is counted. Raises OutOfStock.
    """
    rows = Taking.objects.select_for_update(of=("self",), no_key=True)
    held = rows.filter(order_id=order_id, from_stock=True, returned_at__isnull=True)
    plan = Price.objects.filter(pk=price_id).values("plan_id")
    taking = held.filter(plan_id__in=plan).first()
    if taking is None or taking.units == units:
        return False
    more = units - taking.units
    if more > 0 and Plan.objects.take_units(taking.plan_id, more) is False:
        raise OutOfStock
    if more < 0:
        Plan.objects.give_units_back(taking.plan_id, -more)
    taking.keep(units)
    return True


@transaction()
def give_back(*, order_id: UUID, at: datetime) -> bool:
    """Undo what an order took. False when it took nothing, or gave it back before."""
    rows = Taking.objects.select_for_update(of=("self",), no_key=True)
    given = [
        _given_back(taking, at=at)
        for taking in rows.filter(order_id=order_id).order_by("plan_id")
    ]
    return any(given)


def _given_back(taking: Taking, *, at: datetime) -> bool:
    if not taking.give_back(at=at):
        return False
    if taking.coupon_id:
        Coupon.objects.give_one_back(taking.coupon_id)
    if taking.from_stock:
        Plan.objects.give_units_back(taking.plan_id, taking.units)
    return True
