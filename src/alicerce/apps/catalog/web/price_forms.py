"""What people type about what plans cost."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.catalog.rules import MOST_CENTS, MOST_TRIAL_DAYS
from alicerce.apps.catalog.types import Cycle, NewPrice
from alicerce.kernel.money import Money
from alicerce.ui.money_field import MoneyField
from alicerce.ui.plans import CYCLES


class PriceFields(forms.Form):
    """What a plan costs for each cycle. An empty amount means that it is not sold so."""

    def __init__(self, *args: Any, current: Mapping[Cycle, NewPrice], **options: Any) -> None:
        super().__init__(*args, **options)
        self.current = current
        for cycle in Cycle:
            self._add(cycle, current.get(cycle))
        self.fields["reason"] = forms.CharField(
            label=_("Motivo da mudança"),
            help_text=_("Fica no histórico. Preciso quando o plano já foi vendido."),
            max_length=300,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def _add(self, cycle: Cycle, now: NewPrice | None) -> None:
        self.fields[cycle.value] = MoneyField(
            label=str(CYCLES[cycle]), max_cents=MOST_CENTS, required=False
        )
        self.fields[f"{cycle.value}_setup"] = MoneyField(
            label=_("Taxa de instalação"), max_cents=MOST_CENTS, required=False
        )
        if cycle != Cycle.ONE_OFF:
            self.fields[f"{cycle.value}_trial"] = forms.IntegerField(
                label=_("Dias de teste"), min_value=0, max_value=MOST_TRIAL_DAYS, required=False
            )
            self.fields[f"{cycle.value}_card"] = forms.BooleanField(
                label=_("O teste exige cartão guardado"), required=False
            )
        if now:
            self.initial.setdefault(f"{cycle.value}_trial", now.trial_days or None)
            self.initial.setdefault(f"{cycle.value}_card", now.trial_card)
            self.initial.setdefault(cycle.value, now.amount.cents)
            self.initial.setdefault(f"{cycle.value}_setup", now.setup_cents or None)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for cycle in Cycle:
            setup, trial = (given.get(f"{cycle.value}_{name}") for name in ("setup", "trial"))
            if (setup or trial) and given.get(cycle.value) is None:
                words = _("Diga também o preço desta periodicidade.")
                self.add_error(cycle.value, words)
            if setup and trial:
                words = _("Com dias de teste não há taxa de instalação.")
                self.add_error(f"{cycle.value}_trial", words)
        return given

    def typed(self) -> dict[Cycle, NewPrice | None]:
        """Every cycle, with what it is to cost or None. Only after the form proved valid."""
        return {cycle: self._price(cycle) for cycle in Cycle}

    def changes(self) -> dict[Cycle, NewPrice | None]:
        """Those that differ from what is in force."""
        return {
            cycle: new
            for cycle, new in self.typed().items()
            if not _same(self.current.get(cycle), new)
        }

    def _price(self, cycle: Cycle) -> NewPrice | None:
        cents, setup = (
            self.cleaned_data[name] for name in (cycle.value, f"{cycle.value}_setup")
        )
        trial_days = self.cleaned_data.get(f"{cycle.value}_trial") or 0
        if cents is None:
            return None
        needs_card = bool(trial_days and self.cleaned_data.get(f"{cycle.value}_card"))
        return NewPrice(Money(cents), Money(setup or 0), trial_days, needs_card)


def _same(now: NewPrice | None, new: NewPrice | None) -> bool:
    if now is None or new is None:
        return now is new
    was, wanted = ((p.amount, p.setup_cents, p.trial_days, p.trial_card) for p in (now, new))
    return was == wanted
