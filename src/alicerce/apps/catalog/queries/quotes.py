"""What a sale would cost right now. Every amount is ours: a buyer only says what they choose."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from alicerce.apps.catalog.errors import BadChoice, BadQuantity, TotalTooLarge
from alicerce.apps.catalog.models import Choice, Plan, Price
from alicerce.apps.catalog.queries.coupons import discount_of
from alicerce.apps.catalog.queries.options import options_of
from alicerce.apps.catalog.queries.shop import priced_addon, priced_of_kind, priced_plan
from alicerce.apps.catalog.rules import MOST_TOTAL_CENTS, added_up, fits, times
from alicerce.apps.catalog.types import (
    Chosen,
    Cycle,
    Held,
    Item,
    ItemKind,
    OfferedChoice,
    OfferedOption,
    OptionKind,
    PricedPlan,
    Quote,
)

Picked = tuple[OfferedOption, OfferedChoice, int]


def quote(
    *,
    price_id: UUID,
    at: datetime,
    chosen: Sequence[Chosen] = (),
    coupon: str = "",
    skip_trial: bool = False,
    kind: str = "",
) -> Quote:
    """What is left unsaid is the first choice, the least quantity, or a switch that is off.

    `kind` is said of what no shop shows, by who sells it.

    Raises NotForSale, BadChoice, TotalTooLarge, BadCoupon, CouponNotForPlan, CouponUsedUp.
    """
    plan = priced_of_kind(price_id, kind) if kind else priced_plan(price_id)
    return _quoted(plan, 1, chosen, coupon, at=at, skip_trial=skip_trial)


def quote_addon(
    *,
    price_id: UUID,
    beside: UUID,
    at: datetime,
    quantity: int = 1,
    chosen: Sequence[Chosen] = (),
    coupon: str = "",
) -> Quote:
    """What so many of an add-on cost each cycle, sold onto the plan of the price beside.

    Raises NotForSale, BadQuantity and what `quote` raises.
    """
    plan = priced_addon(price_id, beside=beside)
    if not 1 <= quantity <= plan.max_quantity:
        raise BadQuantity(plan.max_quantity)
    return _quoted(plan, quantity, chosen, coupon, at=at)


def _quoted(
    plan: PricedPlan,
    quantity: int,
    chosen: Sequence[Chosen],
    coupon: str,
    *,
    at: datetime,
    skip_trial: bool = False,
) -> Quote:
    picked = _picked(options_of([plan.plan_id])[plan.plan_id], chosen, plan.cycle)
    found = Quote(
        plan=plan,
        items=(
            _plan_item(plan, quantity),
            *(_option_item(one, plan.cycle) for one in picked),
            *_setup(plan),
        ),
        limits=_limits(plan.plan_id, picked, quantity),
        trial_days=0 if skip_trial else plan.trial_days,
        trial_card=plan.trial_card and not skip_trial,
    )
    if found.total.cents > MOST_TOTAL_CENTS:
        raise TotalTooLarge
    return replace(found, discount=discount_of(coupon, found, at=at)) if coupon else found


def option_items(*, price_id: UUID, cycle: Cycle, chosen: Sequence[Chosen]) -> list[Item]:
    """What is chosen of the options of a price's plan, whatever became of the price itself, at today's prices.

    A quantity of none is an item of none. Raises BadChoice.
    """
    plan_id = Price.objects.values_list("plan_id", flat=True).get(pk=price_id)
    offered = options_of([plan_id])[plan_id]
    said = {one.option_id for one in chosen}
    picked = _picked(offered, chosen, cycle, with_none=True)
    return [_option_item(one, cycle) for one in picked if one[0].id in said]


def limits_with(held: Sequence[Held]) -> dict[str, int | None]:
    """What plans allow together with such options, also those that are not offered any more."""
    chosen = [option for one in held for option in one.chosen]
    rows = Choice.objects.filter(pk__in=[one.choice_id for one in chosen])
    adds = {
        id_: (limit, n) for id_, limit, n in rows.values_list("id", "option__limit", "adds")
    }
    adding = [
        {adds[one.choice_id][0]: adds[one.choice_id][1] * one.quantity}
        for one in chosen
        if one.choice_id in adds and all(adds[one.choice_id])
    ]
    prices = Price.objects.filter(pk__in={one.price_id for one in held})
    plans = dict(prices.values_list("id", "plan__limits"))
    return added_up([*(times(plans[one.price_id], one.quantity) for one in held), *adding])


def _picked(
    options: Sequence[OfferedOption],
    chosen: Sequence[Chosen],
    cycle: Cycle,
    *,
    with_none: bool = False,
) -> list[Picked]:
    """What is bought of each option. Raises BadChoice for what is not offered, or said twice."""
    said = {one.option_id: one for one in chosen}
    known = {option.id for option in options}
    for one in chosen:
        if one.option_id not in known or said[one.option_id] is not one:
            raise BadChoice(one.option_id)
    found = [_pick(option, said.get(option.id), cycle) for option in options]
    return [one for one in found if one is not None and (one[2] or with_none)]


def _pick(option: OfferedOption, said: Chosen | None, cycle: Cycle) -> Picked | None:
    priced = [choice for choice in option.choices if cycle in choice.prices]
    if not priced:
        if said is not None and said.quantity:
            raise BadChoice(option.id)
        return None
    if said is None:
        first = 1 if option.kind == OptionKind.CHOICE else option.minimum
        return option, priced[0], first
    meant = [one for one in priced if said.choice_id in {None, one.id}]
    if not meant or not _is_offered(option, said):
        raise BadChoice(option.id)
    return option, meant[0], said.quantity


def _is_offered(option: OfferedOption, said: Chosen) -> bool:
    if option.kind == OptionKind.CHOICE:
        return said.quantity == 1 and said.choice_id is not None
    if option.kind == OptionKind.SWITCH:
        return said.quantity in {0, 1}
    bounds = {"minimum": option.minimum, "maximum": option.maximum, "step": option.step}
    return fits(said.quantity, **bounds)


def _plan_item(plan: PricedPlan, quantity: int) -> Item:
    name = plan.full_name
    return Item(ItemKind.PLAN, plan.price_id, name, quantity, plan.amount)


def _option_item(picked: Picked, cycle: Cycle) -> Item:
    option, choice, quantity = picked
    price = choice.prices[cycle]
    is_choice = option.kind == OptionKind.CHOICE
    return Item(
        kind=ItemKind.OPTION,
        price_id=price.price_id,
        name=f"{option.name}: {choice.name}" if is_choice else option.name,
        quantity=quantity,
        unit=price.amount,
        option_id=option.id,
        choice_id=choice.id,
    )


def _setup(plan: PricedPlan) -> list[Item]:
    if not plan.setup.cents:
        return []
    name = plan.full_name
    return [Item(ItemKind.SETUP, plan.price_id, name, 1, plan.setup)]


def _limits(plan_id: UUID, picked: Sequence[Picked], quantity: int) -> dict[str, int | None]:
    own = Plan.objects.values_list("limits", flat=True).get(pk=plan_id)
    adding = [
        {option.limit: choice.adds * quantity}
        for option, choice, quantity in picked
        if option.limit and choice.adds
    ]
    return added_up([times(own, quantity), *adding])
