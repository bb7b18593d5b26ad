"""What is asked to have a payer's bank show them an authorisation: which account, how much, until when."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.collecting.rules.banks import BANKS, is_ispb
from alicerce.apps.collecting.types import MandateLimit, PayerBank
from alicerce.apps.collecting.web.automatic import MOST
from alicerce.ui.buttons import Button
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.money_field import MoneyField

OTHER = "other"


class BankForm(forms.Form):
    """The holder is the customer: their CPF or CNPJ is known, and goes along."""

    bank = forms.ChoiceField(
        label=gettext_lazy("Banco"),
        choices=[
            ("", gettext_lazy("Escolha o banco")),
            *BANKS.items(),
            (OTHER, gettext_lazy("Outro banco")),
        ],
    )
    ispb = forms.CharField(
        label=gettext_lazy("ISPB do banco, se for outro"),
        help_text=gettext_lazy("Os oito caracteres que identificam o banco no Pix."),
        max_length=8,
        required=False,
    )
    branch = forms.CharField(
        label=gettext_lazy("Agência"),
        help_text=gettext_lazy("Sem o dígito. Deixe vazio se a conta não tem agência."),
        required=False,
        validators=[RegexValidator(r"^\d{1,4}$")],
    )
    number = forms.CharField(
        label=gettext_lazy("Conta"),
        help_text=gettext_lazy("Com o dígito, sem traço. A conta precisa ser do titular."),
        validators=[RegexValidator(r"^[0-9A-Za-z]{1,20}$")],
    )
    most = MoneyField(label=gettext_lazy("Valor máximo de cada débito"), max_cents=MOST)
    days = forms.TypedChoiceField(
        label=gettext_lazy("Prazo para responder no banco"),
        coerce=int,
        initial=7,
        choices=[
            (1, gettext_lazy("1 dia")),
            (3, gettext_lazy("3 dias")),
            (7, gettext_lazy("7 dias")),
            (15, gettext_lazy("15 dias")),
        ],
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        ispb = str(said.get("ispb") or "").upper()
        if said.get("bank") == OTHER and not is_ispb(ispb):
            self.add_error("ispb", _("Diga os oito caracteres do ISPB."))
        return said | {"ispb": ispb}

    def limit(self) -> MandateLimit:
        return MandateLimit(most_cents=self.cleaned_data["most"])

    def payer_bank(self, at: datetime) -> PayerBank:
        said = self.cleaned_data
        bank = said["ispb"] if said["bank"] == OTHER else said["bank"]
        until = at + timedelta(days=said["days"])
        return PayerBank(bank, said["branch"], said["number"], until)

    def ask(self, url: str) -> Form:
        return Form(
            url,
            form_fields(self),
            [Button(_("Pedir ao banco"), "send", "primary")],
            FormErrors(self) if self.errors else "",
        )
