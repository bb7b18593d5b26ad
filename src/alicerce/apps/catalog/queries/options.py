"""What plans may be bought with, and what that costs."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from alicerce.apps.catalog.errors import NoSuchOption
from alicerce.apps.catalog.models import Choice, Option, Price
from alicerce.apps.catalog.models import ChoicePrice as PriceRow
from alicerce.apps.catalog.types import (
    ChoicePrice,
    Cycle,
    OfferedChoice,
    OfferedOption,
    OptionKind,
)


def options_of(plan_ids: Collection[UUID]) -> Mapping[UUID, tuple[OfferedOption, ...]]:
    """What is offered with each of these plans, in three queries however many."""
    found = list(Option.objects.offered().filter(plan_id__in=plan_ids))
    choices = _choices_of([option.id for option in found])
    offered: dict[UUID, list[OfferedOption]] = defaultdict(list)
    for option in found:
        offered[option.plan_id].append(_offered(option, choices[option.id]))
    return defaultdict(tuple, {plan_id: tuple(own) for plan_id, own in offered.items()})


def options_with(price_id: UUID) -> tuple[OfferedOption, ...]:
    """What is offered with the plan of a price, whatever became of the price itself."""
    plan_id = Price.objects.filter(pk=price_id).values_list("plan_id", flat=True).first()
    return options_of([plan_id])[plan_id] if plan_id else ()


def offered_option(option_id: UUID) -> tuple[UUID, OfferedOption]:
    """The option with the plan it is of. Raises NoSuchOption."""
    option = Option.objects.offered().filter(pk=option_id).first()
    if option is None:
        raise NoSuchOption
    return option.plan_id, _offered(option, _choices_of([option_id])[option_id])


def _choices_of(option_ids: Collection[UUID]) -> Mapping[UUID, list[OfferedChoice]]:
    rows = Choice.objects.filter(option_id__in=option_ids, retired_at__isnull=True)
    found = list(rows.order_by("position", "id")) if option_ids else []
    prices = _prices_of([choice.id for choice in found])
    by_option: dict[UUID, list[OfferedChoice]] = defaultdict(list)
    for choice in found:
        offered = OfferedChoice(choice.id, choice.name, choice.adds, prices[choice.id])
        by_option[choice.option_id].append(offered)
    return by_option


def _prices_of(choice_ids: Sequence[UUID]) -> Mapping[UUID, dict[Cycle, ChoicePrice]]:
    found: dict[UUID, dict[Cycle, ChoicePrice]] = defaultdict(dict)
    rows = PriceRow.objects.filter(choice_id__in=choice_ids, is_active=True)
    for row in rows if choice_ids else ():
        found[row.choice_id][Cycle(row.cycle)] = ChoicePrice(row.id, row.amount)
    return found


def _offered(option: Option, choices: Sequence[OfferedChoice]) -> OfferedOption:
    return OfferedOption(
        id=option.id,
        kind=OptionKind(option.kind),
        name=option.name,
        summary=option.summary,
        position=option.position,
        minimum=option.minimum,
        maximum=option.maximum,
        step=option.step,
        limit=option.limit,
        choices=tuple(choices),
    )
