"""Write down an option of a plan: its choices, and a price for each cycle it is sold in."""

from collections.abc import Mapping
from datetime import datetime

from alicerce.apps.catalog.errors import BadOption
from alicerce.apps.catalog.models import Choice, ChoicePrice, Option, Plan
from alicerce.apps.catalog.rules import fault_of_option
from alicerce.apps.catalog.types import ChoiceForm, Cycle, OptionForm
from alicerce.kernel.money import Money


def write_option(*, plan: Plan, form: OptionForm, at: datetime) -> Option:
    """Raises BadOption."""
    if fault := fault_of_option(form):
        raise BadOption(fault)
    option = Option(plan=plan, kind=form.kind)
    option.adopt(form)
    option.save(force_insert=True)
    write_choices(option=option, form=form, at=at)
    return option


def write_choices(*, option: Option, form: OptionForm, at: datetime) -> bool:
    """Whether something that was offered costs something else now. Raises BadOption."""
    known = {c.id: c for c in Choice.objects.filter(option=option, retired_at__isnull=True)}
    if any(choice.id and choice.id not in known for choice in form.choices):
        raise BadOption("choices")
    kept = {choice.id for choice in form.choices}
    gone = [choice_id for choice_id in known if choice_id not in kept]
    Choice.objects.filter(pk__in=gone).update(retired_at=at)
    changed = [
        _write_choice(
            option, known[each.id] if each.id else None, each, position=position, at=at
        )
        for position, each in enumerate(form.choices)
    ]
    return any(changed)


def _write_choice(
    option: Option, choice: Choice | None, form: ChoiceForm, *, position: int, at: datetime
) -> bool:
    """Whether its price is another than it was. A new one had none."""
    if choice is None:
        choice = Choice(option=option)
        choice.adopt(form, position=position)
        choice.save(force_insert=True)
        _price(choice, {}, form.prices, at=at)
        return False
    if changed := choice.adopt(form, position=position):
        choice.save(update_fields=changed)
    active = ChoicePrice.objects.filter(choice=choice, is_active=True)
    return _price(choice, {Cycle(p.cycle): p for p in active}, form.prices, at=at)


def _price(
    choice: Choice,
    active: Mapping[Cycle, ChoicePrice],
    wanted: Mapping[Cycle, Money],
    *,
    at: datetime,
) -> bool:
    ended = [p for cycle, p in active.items() if wanted.get(cycle) != p.amount]
    for price in ended:
        price.retire(at=at)
    for cycle, amount in wanted.items():
        if cycle in active and active[cycle].amount == amount:
            continue
        ChoicePrice.objects.create(
            choice=choice,
            cycle=cycle.value,
            currency=amount.currency,
            amount_cents=amount.cents,
            since=at,
        )
    return bool(ended)
