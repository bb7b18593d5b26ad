"""The form of a server."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.hosting.queries.servers import ServerRow
from alicerce.apps.hosting.services.register_server import ServerForm
from alicerce.apps.hosting.types import Strategy
from alicerce.apps.hosting.web.components import Names

STRATEGIES: dict[Strategy, str | Promise] = {
    Strategy.LEAST_FULL: _("O mais vazio primeiro"),
    Strategy.FILL_FIRST: _("Encher um de cada vez"),
}
CODE = {"spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}


def _code(**attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={**CODE, **attributes})


class ServerFields(forms.Form):
    """What an operator types about a server. The stored token is never shown."""

    tenant = forms.ChoiceField(label=_("Empresa"))
    name = forms.CharField(
        label=_("Nome"),
        help_text=_("Como a equipe o chama."),
        max_length=60,
        widget=_code(placeholder="sp-web-01"),
    )
    base_url = forms.CharField(
        label=_("Endereço do WHM"),
        max_length=300,
        widget=_code(placeholder="https://sp-web-01.suaempresa.com.br:2087", inputmode="url"),
    )
    username = forms.CharField(label=_("Usuário do WHM"), max_length=60, widget=_code())
    token = forms.CharField(
        label=_("Token da API"),
        max_length=500,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    ca_pem = forms.CharField(
        label=_("Certificado da autoridade (PEM)"),
        help_text=_("Só se o servidor usar um certificado próprio. Nenhum outro será aceito."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, **CODE}),
    )
    hostname = forms.CharField(
        label=_("Nome na rede"),
        max_length=253,
        widget=_code(placeholder="sp-web-01.suaempresa.com.br"),
    )
    ip = forms.CharField(label=_("Endereço IP"), max_length=45, widget=_code())
    nameservers = forms.CharField(
        label=_("Servidores DNS"),
        help_text=_("Um por linha: para onde o domínio do cliente deve apontar."),
        widget=forms.Textarea(attrs={"rows": 2, **CODE}),
    )
    pool = forms.CharField(
        label=_("Grupo"),
        help_text=_("Servidores que se substituem."),
        max_length=60,
        widget=_code(placeholder="sao-paulo"),
    )
    region = forms.CharField(label=_("Região"), max_length=40, widget=_code(placeholder="sp"))
    strategy = forms.ChoiceField(label=_("Como encher o grupo"), choices=STRATEGIES.items())
    max_accounts = forms.IntegerField(label=_("Contas que cabem"), min_value=1)
    max_concurrent = forms.IntegerField(
        label=_("Chamadas ao mesmo tempo"), min_value=1, max_value=20
    )

    def __init__(
        self,
        *args: Any,
        tenants: Names | None = None,
        server: ServerRow | None = None,
        **options: Any,
    ) -> None:
        """A company that types about its own servers is asked for no company."""
        super().__init__(*args, **options)
        self._is_companys = tenants is None
        if tenants is None or server:
            del self.fields["tenant"]
        else:
            self._offer(tenants)
        self.initial.setdefault("username", "root")
        self.initial.setdefault("max_concurrent", 2)
        if server:
            self._edit(server)

    def _offer(self, tenants: Names) -> None:
        tenant = self.fields["tenant"]
        assert isinstance(tenant, forms.ChoiceField)
        tenant.choices = [(str(key), name) for key, name in tenants.items()]

    def _edit(self, server: ServerRow) -> None:
        """A server stays with its company, and keeps its token unless a new one is typed."""
        token = self.fields["token"]
        token.required = False
        token.help_text = _("Guardado e nunca mostrado. Deixe vazio para manter.")

    def clean_hostname(self) -> str:
        return str(self.cleaned_data["hostname"].lower().rstrip("."))

    def clean_nameservers(self) -> list[str]:
        typed = self.cleaned_data["nameservers"].replace(",", " ").lower().split()
        return [name.rstrip(".") for name in typed]

    def typed(self) -> ServerForm:
        """The server as typed. Only after the form proved valid."""
        known = {key: value for key, value in self.cleaned_data.items() if key != "tenant"}
        known |= {"strategy": Strategy(known["strategy"]), "is_companys": self._is_companys}
        return ServerForm(**known)


def initial_of(server: ServerRow, *, ca_pem: str) -> dict[str, Any]:
    """What the form shows of a server that exists. Never its token."""
    names = [
        "name", "base_url", "username", "hostname", "ip", "pool", "region", "max_accounts",
        "max_concurrent",
    ]  # fmt: skip
    return {
        **{name: getattr(server, name) for name in names},
        "strategy": server.strategy.value,
        "nameservers": "\n".join(server.nameservers),
        "ca_pem": ca_pem,
    }
