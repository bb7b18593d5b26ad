"""What is typed to ask for a forecast."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.catalog.types import Cycle
from alicerce.apps.dunning.types import LadderCard, LadderSpec
from alicerce.apps.forecasts.rules.laddering import moved
from alicerce.apps.forecasts.types import (
    MOST_MONTHS,
    Assumption,
    NewForecast,
    PriceChange,
    TaxChange,
    WhatIf,
)
from alicerce.apps.forecasts.web.words import ASSUMPTIONS
from alicerce.apps.taxes.types import Manner, TaxCard, TaxKind, TaxSpec

PPM, BP, CENTS = 10_000, 100, 100
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
KINDS = [(kind.value, kind.value.upper()) for kind in TaxKind if kind != TaxKind.OTHER]
"""Names of laws, the same in every language."""


class AmountField(forms.DecimalField):
    """A comma and a point are the same, whatever the language."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value or "").replace(",", "."))


class ForecastForm(forms.Form):
    months = forms.IntegerField(
        label=_("Meses à frente"), min_value=1, max_value=MOST_MONTHS, initial=12
    )
    assumption = forms.ChoiceField(
        label=_("Quem paga"),
        choices=[(one.value, words) for one, words in ASSUMPTIONS.items()],
        initial=Assumption.DUE.value,
        widget=forms.RadioSelect,
    )


class PriceForm(forms.Form):
    plan = forms.ChoiceField(label=_("Plano"), required=False)
    cycle = forms.ChoiceField(label=_("Ciclo"), required=False)
    percent = AmountField(
        label=_("Aumento, em %"),
        help_text=_("Abaixo de zero, um desconto."),
        min_value=Decimal(-100),
        max_value=Decimal(1000),
        decimal_places=2,
    )
    amount = AmountField(
        label=_("Ou o novo preço"),
        help_text=_("Precisa do ciclo."),
        min_value=Decimal(0),
        max_value=Decimal(1_000_000),
        decimal_places=2,
    )
    since = forms.DateField(
        label=_("Períodos que começam a partir de"),
        help_text=_("Preciso quando um plano muda."),
        widget=DAY,
        required=False,
    )

    def __init__(self, *given: Any, plans: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["plan"].choices = [("", _("Nenhum muda")), *plans]  # type: ignore[attr-defined]
        cycles = [(c.value, CYCLES[c]) for c in CYCLES]
        self.fields["cycle"].choices = [("", _("Todos")), *cycles]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("plan") or self.errors:
            return said
        if (said.get("percent") is None) == (said.get("amount") is None):
            self.add_error("percent", _("Diga um aumento ou um preço, e não os dois."))
        if said.get("amount") is not None and not said.get("cycle"):
            self.add_error("cycle", _("De qual ciclo é este preço?"))
        if not said.get("since"):
            self.add_error("since", _("A partir de quando?"))
        return said

    def change(self) -> PriceChange | None:
        said = self.cleaned_data
        if not said["plan"]:
            return None
        return PriceChange(
            plan_id=UUID(said["plan"]),
            since=said["since"],
            percent_bp=None if said["percent"] is None else int(said["percent"] * BP),
            amount_cents=None if said["amount"] is None else int(said["amount"] * CENTS),
            cycle=Cycle(said["cycle"]) if said["cycle"] else None,
        )


CYCLES = {
    Cycle.MONTHLY: _("Mensal"),
    Cycle.QUARTERLY: _("Trimestral"),
    Cycle.SEMIANNUAL: _("Semestral"),
    Cycle.ANNUAL: _("Anual"),
    Cycle.BIENNIAL: _("A cada dois anos"),
    Cycle.TRIENNIAL: _("A cada três anos"),
}


class TaxForm(forms.Form):
    which = forms.ChoiceField(label=_("Imposto"), required=False)
    kind = forms.ChoiceField(label=_("Tributo"), choices=KINDS, required=False)
    rate = AmountField(
        label=_("Alíquota, em %"),
        min_value=Decimal("0.0001"),
        max_value=Decimal("99.9999"),
        decimal_places=4,
    )
    manner = forms.ChoiceField(
        label=_("Como entra no preço"),
        choices=[
            (Manner.ADDED.value, _("Por fora: soma ao preço")),
            (Manner.INCLUDED.value, _("Incluso: o preço é a base mais o imposto")),
            (Manner.WITHIN.value, _("Por dentro: o preço é a própria base")),
        ],
        required=False,
    )
    starts_on = forms.DateField(label=_("Vale a partir de"), widget=DAY, required=False)

    def __init__(self, *given: Any, taxes: list[TaxCard], **options: Any) -> None:
        super().__init__(*given, **options)
        self.known = {str(card.id): card for card in taxes}
        others = [(id_, card.spec.name) for id_, card in self.known.items()]
        self.fields["which"].choices = [  # type: ignore[attr-defined]
            ("", _("Nenhum muda")),
            ("new", _("Um novo")),
            *others,
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("which") or self.errors:
            return said
        for name, words in (
            ("rate", _("Quanto seria?")),
            ("starts_on", _("A partir de quando?")),
        ):
            if said.get(name) is None:
                self.add_error(name, words)
        return said

    def change(self) -> TaxChange | None:
        """Another rate of one that is written down falls on whom that one falls on."""
        said = self.cleaned_data
        if not said["which"]:
            return None
        rate, starts_on = int(said["rate"] * PPM), said["starts_on"]
        if known := self.known.get(said["which"]):
            spec = replace(known.spec, rate_ppm=rate, starts_on=starts_on)
            return TaxChange(spec, known.id)
        kind = TaxKind(said["kind"] or TaxKind.ISS)
        manner = Manner(said["manner"] or Manner.ADDED)
        return TaxChange(TaxSpec(kind.value.upper(), kind, rate, manner, starts_on))


class LadderForm(forms.Form):
    ladder = forms.ChoiceField(
        label=_("Régua padrão"),
        help_text=_("Clientes com uma régua só deles continuam com ela."),
        required=False,
    )
    suspend_web = forms.IntegerField(
        label=_("Suspender o site no dia"), min_value=1, max_value=365, required=False
    )
    suspend_all = forms.IntegerField(
        label=_("Suspender tudo no dia"), min_value=1, max_value=365, required=False
    )
    end = forms.IntegerField(
        label=_("Encerrar no dia"), min_value=1, max_value=365, required=False
    )

    def __init__(self, *given: Any, ladders: list[LadderCard], **options: Any) -> None:
        super().__init__(*given, **options)
        self.known = {str(card.id or "default"): card for card in ladders}
        self.fields["ladder"].choices = [  # type: ignore[attr-defined]
            ("", _("A de hoje")),
            *((id_, card.name) for id_, card in self.known.items()),
        ]
        self.default = next(card for card in ladders if card.is_default)

    def change(self) -> LadderSpec | None:
        said = self.cleaned_data
        card = self.known.get(said["ladder"], self.default)
        days = {
            name: said[name] for name in ("suspend_web", "suspend_all", "end") if said[name]
        }
        spec = moved(card.spec, days)
        return spec if spec != self.default.spec else None


def wanted(
    form: ForecastForm, price: PriceForm, tax: TaxForm, ladder: LadderForm
) -> NewForecast:
    said = form.cleaned_data
    change = WhatIf(price.change(), tax.change(), ladder.change())
    return NewForecast(said["months"], Assumption(said["assumption"]), change)
