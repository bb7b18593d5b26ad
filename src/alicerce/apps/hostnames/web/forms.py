"""The name that somebody types."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.hostnames.rules import host_name
from alicerce.kernel.brazil import BadDomain


class HostNameForm(forms.Form):
    domain = forms.CharField(
        label=_("Nome"),
        help_text=_("Como em cliente.suaempresa.com.br. O domínio continua onde está."),
        max_length=253,
        widget=forms.TextInput(
            attrs={"spellcheck": "false", "autocapitalize": "none", "inputmode": "url"}
        ),
    )

    def clean_domain(self) -> str:
        try:
            return host_name(self.cleaned_data["domain"])
        except BadDomain:
            raise forms.ValidationError(
                _("Escreva um nome como cliente.suaempresa.com.br, sem caminho nem porta.")
            ) from None
