"""What a payer is asked beside the button that pays by card."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CardForm(forms.Form):
    """Keeping a card is their choice, made in so many words: never ticked for them."""

    method = forms.CharField(initial="card", widget=forms.HiddenInput)
    keep = forms.BooleanField(
        required=False,
        label=_("Guardar este cartão e pagar as próximas faturas com ele, sozinho"),
        help_text=_(
            "O número fica só com a operadora. No vencimento, cobramos o cartão; você desliga ou "
            "remove quando quiser."
        ),
    )
