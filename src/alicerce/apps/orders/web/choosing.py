"""The options of a plan as fields of a form."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from alicerce.apps.catalog.types import (
    Chosen,
    Cycle,
    OfferedChoice,
    OfferedOption,
    OptionKind,
)
from alicerce.ui.formats import money
from alicerce.ui.forms import Choice
from alicerce.ui.plans import CYCLES


def option_field(option: OfferedOption, cycles: Sequence[Cycle]) -> forms.Field:
    """It takes what is offered in some cycle; the catalog judges what fits the one that is chosen."""
    if option.kind == OptionKind.CHOICE:
        return forms.ChoiceField(
            label=option.name,
            help_text=option.summary,
            choices=[(str(one.id), one.name) for one in option.choices],
            initial=str(option.choices[0].id) if option.choices else None,
            widget=forms.RadioSelect,
            required=False,
        )
    words = " · ".join(filter(None, [option.summary, _costs(option, cycles)]))
    if option.kind == OptionKind.SWITCH:
        return forms.BooleanField(label=option.name, help_text=words, required=False)
    return forms.IntegerField(
        label=option.name,
        help_text=words,
        min_value=option.minimum,
        max_value=option.maximum,
        step_size=option.step,
        initial=option.minimum,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


def _costs(option: OfferedOption, cycles: Sequence[Cycle]) -> str:
    said = price_words(option.choices[0], cycles) if option.choices else ""
    if option.kind == OptionKind.QUANTITY and said:
        return _("Cada: %(prices)s") % {"prices": said}
    return said


def price_words(choice: OfferedChoice, cycles: Sequence[Cycle]) -> str:
    """What it costs in each cycle that the plan is sold in."""
    priced = [
        (cycle, choice.prices[cycle].amount) for cycle in cycles if cycle in choice.prices
    ]
    if priced and not any(amount.cents for _cycle, amount in priced):
        return _("Incluído")
    return " · ".join(
        f"{money(amount)} {str(CYCLES[cycle]).lower()}" for cycle, amount in priced
    )


def cards_of(option: OfferedOption, cycles: Sequence[Cycle]) -> dict[str, Choice]:
    return {str(one.id): Choice(detail=price_words(one, cycles)) for one in option.choices}


def chosen_of(option: OfferedOption, value: Any) -> Chosen:
    if option.kind == OptionKind.CHOICE:
        return Chosen(option.id, UUID(value))
    return Chosen(option.id, quantity=int(value))
