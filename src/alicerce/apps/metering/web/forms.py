"""What people write down about a meter."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.types.prices import Scheme
from alicerce.apps.metering.rules import LONGEST, fault_of
from alicerce.apps.metering.types import Aggregation, MeterForm, TierForm
from alicerce.apps.metering.web.words import AGGREGATIONS, SCHEMES

TIER = re.compile(
    r"(?P<up_to>\d{1,12}|∞|\*)\s*=\s*(?P<unit>\d{1,9}([.,]\d{1,8})?)(\s*\+\s*(?P<flat>\d{1,9}([.,]\d{1,2})?))?"
)


class MeterFields(forms.Form):
    key = forms.CharField(
        label=_("Chave"),
        help_text=_("Como os seus sistemas o chamam: letras minúsculas, números e _."),
        max_length=40,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
    )
    name = forms.CharField(label=_("Nome"), max_length=LONGEST["name"])
    unit = forms.CharField(
        label=_("Unidade"), help_text=_("Uma requisição, um GB…"), max_length=LONGEST["unit"]
    )
    aggregation = forms.ChoiceField(
        label=_("O que se cobra"), choices=[(a.value, AGGREGATIONS[a]) for a in Aggregation]
    )
    scheme = forms.ChoiceField(
        label=_("Como se cobra"), choices=[(s.value, SCHEMES[s]) for s in Scheme]
    )
    tiers = forms.CharField(
        label=_("Preços"),
        help_text=_(
            "Uma faixa por linha: até quantas unidades = R$ por unidade + R$ fixos. "
            "Como em “1000 = 0” e, na última, “∞ = 0,005”."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def clean_tiers(self) -> tuple[TierForm, ...]:
        lines = [line.strip() for line in self.cleaned_data["tiers"].splitlines()]
        read = [TIER.fullmatch(line) for line in lines if line]
        if not read or not all(read):
            raise forms.ValidationError(_("Escreva cada faixa como em “1000 = 0,05”."))
        return tuple(_tier(found) for found in read if found)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and (fault := fault_of(self.meter())):
            self.add_error(fault, _("Confira este campo."))
        return given

    def meter(self) -> MeterForm:
        """Only after the fields proved valid."""
        given = self.cleaned_data
        return MeterForm(
            given["key"],
            given["name"],
            given["unit"],
            Aggregation(given["aggregation"]),
            Scheme(given["scheme"]),
            given["tiers"],
        )


def _tier(found: re.Match[str]) -> TierForm:
    up_to = None if found["up_to"] in {"∞", "*"} else int(found["up_to"])
    flat = _cents(found["flat"] or "0")
    return TierForm(up_to, f"{_cents(found['unit']).normalize():f}", int(flat))


def _cents(said: str) -> Decimal:
    return Decimal(said.replace(",", ".")) * 100
