"""Add-ons on the form of an order for a customer: which, how many, with what of their options."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.types import OfferedOption, StorefrontPlan, fits_in
from alicerce.apps.orders.types import ChosenAddon
from alicerce.apps.orders.web.choosing import chosen_of, option_field
from alicerce.ui.formats import money
from alicerce.ui.plans import CYCLES

NOT_THIS = ""


@dataclass(frozen=True, slots=True)
class OfferedAddon:
    """An add-on that goes with a plan, and the names of its fields."""

    plan: StorefrontPlan
    options: tuple[OfferedOption, ...]
    most: int

    @property
    def name(self) -> str:
        return f"adicional_{self.plan.plan_id}"

    @property
    def quantity(self) -> str:
        return f"quantos_{self.plan.plan_id}"

    def options_by_name(self) -> dict[str, OfferedOption]:
        return {f"do_adicional_{option.id}": option for option in self.options}

    def fields(self) -> Iterator[tuple[str, forms.Field]]:
        said = [
            (str(p.price_id), f"{money(p.amount)} {CYCLES[p.cycle]}") for p in self.plan.prices
        ]
        yield (
            self.name,
            forms.ChoiceField(
                label=self.plan.full_name,
                help_text=self.plan.summary,
                choices=[(NOT_THIS, _("Não incluir")), *said],
                required=False,
            ),
        )
        if self.most > 1:
            yield (
                self.quantity,
                forms.IntegerField(
                    label=_("Quantos: %(addon)s") % {"addon": self.plan.name},
                    min_value=1,
                    max_value=self.most,
                    initial=1,
                    required=False,
                    widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                ),
            )
        cycles = [one.cycle for one in self.plan.prices]
        for name, option in self.options_by_name().items():
            field = option_field(option, cycles)
            field.label = f"{self.plan.name} · {option.name}"
            yield name, field

    def chosen(self, given: dict[str, Any]) -> ChosenAddon:
        """Only where one of its prices was chosen, by a form that proved valid."""
        said = [(given.get(name), one) for name, one in self.options_by_name().items()]
        return ChosenAddon(
            UUID(given[self.name]),
            given.get(self.quantity) or 1,
            tuple(chosen_of(one, value) for value, one in said if value not in {None, ""}),
        )


def addons_offered(plan: StorefrontPlan) -> list[OfferedAddon]:
    """Those that go with a plan and can be had for a cycle that fits in one of its own."""
    first = plan.prices[0]
    found = [
        one for one in catalog.addons_for(first.price_id) if not one.is_sold_out and one.prices
    ]
    options = catalog.options_of([one.plan_id for one in found])
    return [
        OfferedAddon(fitting, options[one.plan_id], one.max_quantity)
        for one in found
        if (fitting := _fitting(one, plan)).prices
    ]


def _fitting(addon: StorefrontPlan, plan: StorefrontPlan) -> StorefrontPlan:
    currency, cycles = plan.prices[0].amount.currency, [one.cycle for one in plan.prices]
    prices = tuple(
        price
        for price in addon.prices
        if price.amount.currency == currency
        and any(fits_in(price.cycle, cycle) for cycle in cycles)
    )
    return replace(addon, prices=prices)
