"""What people fill in about subscriptions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.subscriptions.types import Terms
from alicerce.apps.subscriptions.types.changes import ChangeWhen

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

    def terms(self) -> Terms:
        """Only after the form proved valid."""
        return Terms(**self.cleaned_data)


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
