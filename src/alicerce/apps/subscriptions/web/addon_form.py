"""How many of an add-on, with which options and coupon."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from alicerce.apps.catalog.types import Chosen, OfferedOption, OptionKind, PricedPlan
from alicerce.apps.subscriptions.types.addons import AddonWanted
from alicerce.apps.subscriptions.web.changing_items import (
    QUANTITY,
    option_field,
    quantity_field,
)

PRICE, COUPON, LOOK = "preco", "cupom", "ver"


class AddonForm(forms.Form):
    """What there is to choose; nothing where there is but one of it."""

    def __init__(
        self,
        *args: Any,
        plan: PricedPlan,
        options: Sequence[OfferedOption],
        takes_coupons: bool,
        **given: Any,
    ) -> None:
        super().__init__(*args, **given)
        self.price_id, self.plan_id = plan.price_id, plan.plan_id
        self.fields[PRICE] = forms.UUIDField(
            initial=plan.price_id, widget=forms.HiddenInput, required=False
        )
        self.options = {f"opcao_{option.id}": option for option in options}
        if plan.max_quantity > 1:
            self.fields[QUANTITY] = quantity_field(plan.max_quantity)
        for name, option in self.options.items():
            self.fields[name] = option_field(option, None, plan.cycle)
        if takes_coupons:
            self.fields[COUPON] = forms.CharField(
                label=_("Cupom"), max_length=32, required=False
            )

    @property
    def asks(self) -> bool:
        """Whether there is anything to choose."""
        return len(self.fields) > 1

    def wanted(self) -> AddonWanted:
        """As little as possible, while nothing was typed. Of what was typed only after it proved valid."""
        if not self.is_bound:
            return AddonWanted(self.price_id)
        given = self.cleaned_data
        said = [_chosen(option, given[name]) for name, option in self.options.items()]
        return AddonWanted(
            self.price_id,
            given.get(QUANTITY, 1),
            tuple(one for one in said if one),
            given.get(COUPON, ""),
        )

    def kept(self) -> dict[str, str]:
        """The same, to be sent with the yes."""
        if not self.is_bound:
            return {}
        chosen = self.fields.keys() - {PRICE}
        return {name: str(self.data[name]) for name in chosen if name in self.data}


def _chosen(option: OfferedOption, value: Any) -> Chosen | None:
    if option.kind == OptionKind.CHOICE:
        return Chosen(option.id, UUID(value)) if value else None
    return Chosen(option.id, quantity=int(value))
