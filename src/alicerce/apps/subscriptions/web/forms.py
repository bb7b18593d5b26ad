"""What people fill in about subscriptions."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.subscriptions.types import LEAST_NOTICE, MOST_NOTICE, Terms
from alicerce.apps.subscriptions.types.changes import ChangeWhen
from alicerce.apps.subscriptions.types.price_moves import MoveForm

NOW, PERIOD_END = "now", "period_end"


class CancelForm(forms.Form):
    """When, and why."""

    when = forms.ChoiceField(
        label=_("Quando"),
        choices=[
            (PERIOD_END, _("No fim do período já pago")),
            (NOW, _("Agora, para sempre")),
        ],
        initial=PERIOD_END,
    )
    reason = forms.CharField(
        label=_("Motivo"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TermsForm(forms.Form):
    days_ahead = forms.IntegerField(
        label=_("Dias de antecedência"),
        help_text=_("Quantos dias antes do novo período a fatura é emitida."),
        min_value=0,
        max_value=28,
    )
    most_lines = forms.IntegerField(
        label=_("Linhas por cliente em um dia"),
        help_text=_("Acima disso a cobrança do cliente para até que alguém a veja."),
        min_value=1,
        max_value=1000,
    )
    most_times = forms.IntegerField(
        label=_("Vezes o valor de costume"),
        help_text=_("Acima disso a cobrança do cliente para até que alguém a veja."),
        min_value=2,
        max_value=100,
    )

    notice_days = forms.IntegerField(
        label=_("Dias de aviso de um reajuste"),
        help_text=_(
            "Quantos dias antes, no mínimo, o cliente recebe o aviso de um novo preço."
        ),
        min_value=LEAST_NOTICE,
        max_value=MOST_NOTICE,
    )

    def terms(self) -> Terms:
        """Only after the form proved valid."""
        return Terms(**self.cleaned_data)


class MoveFields(forms.Form):
    """Who pays the price that is in force, from when, and why."""

    versions = forms.MultipleChoiceField(
        label=_("Quem paga hoje"),
        help_text=_("As versões antigas do preço que passam a pagar o de hoje."),
        widget=forms.CheckboxSelectMultiple,
    )
    first_on = forms.DateField(
        label=_("A partir de"),
        help_text=_(
            "Vale na primeira renovação desse dia em diante, depois do prazo de aviso."
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Motivo do reajuste"),
        help_text=_("Vai no aviso ao cliente e fica no histórico."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, versions: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = self.fields["versions"]
        assert isinstance(choices, forms.MultipleChoiceField)
        choices.choices = versions

    def wanted(self, price_id: UUID) -> MoveForm:
        """Only after the form proved valid."""
        chosen = tuple(UUID(said) for said in self.cleaned_data["versions"])
        return MoveForm(price_id, self.cleaned_data["first_on"], chosen)

    def kept(self) -> dict[str, Any]:
        """What was typed, to be typed again by the page that confirms."""
        given = self.cleaned_data
        return {
            "versions": given["versions"],
            "first_on": given["first_on"].isoformat(),
            "reason": given["reason"],
        }


class CreditDaysForm(forms.Form):
    """Which days had no service, and why they are credited."""

    first_on = forms.DateField(
        label=_("Primeiro dia sem serviço"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    last_on = forms.DateField(
        label=_("Último dia sem serviço"),
        help_text=_("O próprio dia também conta."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Motivo"),
        help_text=_("O cliente lê o motivo na nota de crédito."),
        max_length=300,
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_last_on(self) -> date:
        last: date = self.cleaned_data["last_on"]
        first = self.cleaned_data.get("first_on")
        if first and last < first:
            raise forms.ValidationError(_("O último dia vem depois do primeiro."))
        if last > self.today:
            raise forms.ValidationError(_("Só se creditam dias que já começaram."))
        return last


class BillingDayForm(forms.Form):
    day = forms.IntegerField(
        label=_("Dia de cobrança"),
        help_text=_("De 1 a 31; vazio deixa cada assinatura no dia em que começou."),
        min_value=1,
        max_value=31,
        required=False,
    )


class ConfirmChangeForm(forms.Form):
    """What was shown, as it comes back with the yes."""

    price = forms.UUIDField()
    expected_cents = forms.IntegerField()
    when = forms.ChoiceField(choices=[(w.value, w.value) for w in ChangeWhen], required=False)
