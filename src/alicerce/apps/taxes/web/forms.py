"""What people type about taxes."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.taxes.rules import STATES
from alicerce.apps.taxes.types import Manner, TaxKind, TaxSpec, Withholding
from alicerce.apps.taxes.web.words import CUSTOMERS, KINDS, MANNERS, WITHHOLDINGS

PPM = 10_000
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def digits(*, most: int, **options: Any) -> forms.RegexField:
    attrs = {"inputmode": "numeric", "autocomplete": "off"}
    return forms.RegexField(
        rf"^\d{{{most}}}$",
        required=False,
        max_length=most,
        widget=forms.TextInput(attrs),
        error_messages={"invalid": _("São %(count)s números.") % {"count": most}},
        **options,
    )


class RateField(forms.DecimalField):
    """A percentage; a comma and a point are the same, whatever the language."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(str(value or "").replace(",", "."))


class TaxForm(forms.Form):
    """A tax as it is written down; what is left empty narrows nothing."""

    name = forms.CharField(label=_("Nome na fatura"), max_length=40)
    kind = forms.ChoiceField(
        label=_("Tributo"), choices=[(k.value, w) for k, w in KINDS.items()]
    )
    rate = RateField(
        label=_("Alíquota, em %"),
        min_value=Decimal("0.0001"),
        max_value=Decimal("99.9999"),
        max_digits=6,
        decimal_places=4,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    manner = forms.ChoiceField(
        label=_("Como entra no preço"), choices=[(m.value, w) for m, w in MANNERS.items()]
    )
    withholding = forms.ChoiceField(
        label=_("Retido na fonte"),
        choices=[(w.value, said) for w, said in WITHHOLDINGS.items()],
    )
    customer_kind = forms.ChoiceField(
        label=_("De quem"), choices=list(CUSTOMERS.items()), required=False
    )
    state = forms.ChoiceField(
        label=_("Estado do cliente"),
        choices=[("", _("Qualquer um")), *((s, s) for s in sorted(STATES.values()))],
        required=False,
    )
    city_code = digits(
        most=7,
        label=_("Município do cliente (código do IBGE)"),
        help_text=_("Vazio: qualquer um. São Paulo é 3550308."),
    )
    service_code = digits(
        most=6,
        label=_("Código de serviço"),
        help_text=_("Só para planos deste serviço da lei, como 010301. Vazio: todos."),
    )
    starts_on = forms.DateField(label=_("Vale a partir de"), widget=DAY)
    reason = forms.CharField(label=_("Motivo"), max_length=300)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["starts_on"].initial = today

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        if day < self.today:
            raise forms.ValidationError(_("Um imposto começa hoje ou depois."))
        return day

    def spec(self) -> TaxSpec:
        said = self.cleaned_data
        return TaxSpec(
            name=said["name"],
            kind=TaxKind(said["kind"]),
            rate_ppm=int(said["rate"] * PPM),
            manner=Manner(said["manner"]),
            starts_on=said["starts_on"],
            withholding=Withholding(said["withholding"]),
            country="BR" if said["state"] or said["city_code"] else "",
            state=said["state"],
            city_code=said["city_code"],
            customer_kind=said["customer_kind"],
            service_code=said["service_code"],
        )


class EndForm(forms.Form):
    ends_on = forms.DateField(label=_("Último dia"), widget=DAY)
    reason = forms.CharField(label=_("Motivo"), max_length=300)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.fields["ends_on"].initial = today

    def clean_ends_on(self) -> date:
        day: date = self.cleaned_data["ends_on"]
        if day < self.today:
            raise forms.ValidationError(_("Este dia já passou."))
        return day


class ExemptionForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Isento de"),
        choices=[("", _("Todos os impostos")), *((k.value, w) for k, w in KINDS.items())],
        required=False,
    )
    starts_on = forms.DateField(label=_("A partir de"), widget=DAY)
    ends_on = forms.DateField(label=_("Até"), widget=DAY, required=False)
    reason = forms.CharField(
        label=_("Motivo"), help_text=_("A lei ou a decisão que isenta."), max_length=200
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Acaba antes de começar."))
        return said


class PlaceForm(forms.Form):
    city_code = digits(
        most=7,
        label=_("Município (código do IBGE)"),
        help_text=_("Sem ele, vale o estado do endereço de cobrança."),
    )


class ServiceForm(forms.Form):
    """What the law calls what a plan is."""

    service_code = digits(
        most=6,
        label=_("Código de tributação nacional"),
        help_text=_("Item e subitem da LC 116 e o desdobro: hospedagem é 010301."),
    )
    city_service_code = digits(most=3, label=_("Código do município"))
    nbs = digits(most=9, label=_("NBS"))
    cnae = digits(most=7, label=_("CNAE"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["service_code"].required = True
