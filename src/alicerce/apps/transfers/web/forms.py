"""The forms of a transfer: where the account is, and what people write while they move it."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from alicerce.apps.hosting.public import ServiceView
from alicerce.apps.transfers.queries.views import TransferView
from alicerce.apps.transfers.types import Source
from alicerce.kernel.brazil import display_domain

CODE = {"spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}
USUAL_PORT = 2087
is_username = RegexValidator(
    r"\A[a-z][a-z0-9_-]{0,15}\Z", _("Use o nome da conta no cPanel, como padaria1.")
)
is_login = RegexValidator(r"\A[A-Za-z0-9_.-]{1,60}\Z", _("Use o nome do usuário no WHM."))


class SourceFields(forms.Form):
    """Where the account is now."""

    host = forms.CharField(
        label=_("Servidor de origem"),
        help_text=_("O nome ou IP público, sem https:// e sem porta."),
        max_length=253,
        widget=forms.TextInput(
            attrs={**CODE, "placeholder": "cpanel.hospedagem-antiga.com.br"}
        ),
    )
    port = forms.IntegerField(
        label=_("Porta do WHM"),
        help_text=_("Quase sempre 2087."),
        min_value=1,
        max_value=65535,
        initial=USUAL_PORT,
    )
    login = forms.CharField(
        label=_("Usuário do WHM"),
        help_text=_("O dono do token: root ou um revendedor."),
        max_length=60,
        initial="root",
        validators=[is_login],
        widget=forms.TextInput(attrs=CODE),
    )
    username = forms.CharField(
        label=_("Conta na origem"),
        help_text=_("O usuário do cPanel que será migrado."),
        max_length=16,
        validators=[is_username],
        widget=forms.TextInput(attrs=CODE),
    )
    token = forms.CharField(
        label=_("Token da API do WHM"),
        help_text=_(
            "Basta que possa listar contas. É cifrado, nunca mostrado, e destruído no fim "
            "ou em 14 dias."
        ),
        min_length=8,
        max_length=500,
        widget=forms.PasswordInput(attrs=CODE),
    )
    certificate = forms.CharField(
        label=_("Certificado da origem"),
        help_text=_("Em PEM. Só se ele não for de uma autoridade pública."),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={**CODE, "rows": 3}),
    )

    def source(self) -> Source:
        """The source as typed. Only after the form proved valid."""
        known = self.cleaned_data
        return Source(
            host=known["host"],
            port=known["port"],
            login=known["login"],
            username=known["username"],
            certificate=known["certificate"],
        )


class NewFields(SourceFields):
    """A transfer to a service that the page knows."""

    note = forms.CharField(
        label=_("Observação"),
        help_text=_("O que a equipe precisa saber, como o melhor horário."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NewFieldsOfCompany(NewFields):
    """A transfer to a service that is named by its domain."""

    domain = forms.CharField(
        label=_("Serviço de destino"),
        help_text=_("O domínio de um serviço ativo desta empresa."),
        max_length=253,
        widget=forms.TextInput(attrs={**CODE, "placeholder": "padaria.com.br"}),
    )
    field_order = ("domain",)


class ExamineFields(SourceFields):
    """A correction; the token that we have stays good for the same server."""

    def __init__(self, *args: Any, has_token: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if has_token:
            token = self.fields["token"]
            token.required = False
            token.help_text = _(
                "Em branco, vale o que temos. Outro servidor ou usuário pede outro token."
            )


class ActFields(forms.Form):
    note = forms.CharField(
        label=_("Anotação"),
        help_text=_("Fica no registro da migração; o cliente também a lê."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def initial_of(transfer: TransferView) -> dict[str, Any]:
    source = transfer.source
    return {
        "host": source.host,
        "port": source.port,
        "login": source.login,
        "username": source.username,
        "certificate": source.certificate,
    }


def initial_for(service: ServiceView | None) -> dict[str, Any]:
    return {"domain": display_domain(service.domain)} if service else {}
