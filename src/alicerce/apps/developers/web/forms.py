"""What a person fills in to make a key, and to exchange one."""

from datetime import datetime, timedelta

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.developers import rules
from alicerce.apps.developers.types import Mode, NewKey, Scope

MEANINGS: dict[Scope, str | Promise] = {
    "customers:read": _("Ver clientes"),
    "customers:create": _("Criar clientes"),
    "customers:update": _("Alterar clientes"),
    "services:read": _("Ver serviços"),
    "services:create": _("Pedir serviços"),
    "services:operate": _("Ativar serviços"),
    "migrations:read": _("Ver migrações"),
    "migrations:create": _("Pedir migrações"),
    "orders:read": _("Ver pedidos"),
    "billing:read": _("Ver faturas"),
    "dns:read": _("Ver domínios"),
    "dns:write": _("Acrescentar domínios"),
    "events:read": _("Ver eventos"),
    "webhooks:read": _("Ver webhooks"),
    "webhooks:write": _("Mudar webhooks"),
    "keys:read": _("Ver chaves da API"),
    "keys:write": _("Criar e revogar chaves da API"),
}
DAYS = [("", _("Não vence")), ("30", _("30 dias")), ("90", _("90 dias")), ("365", _("1 ano"))]
HOURS = [
    ("0", _("Nenhum: para de valer agora")),
    ("1", _("1 hora")),
    ("24", _("1 dia")),
    ("168", _("7 dias")),
]


class KeyForm(forms.Form):
    """Offers only what the person may do."""

    name = forms.CharField(
        label=_("Nome"), help_text=_("Quem vai usar esta chave."), max_length=80
    )
    mode = forms.ChoiceField(
        label=_("Modo"),
        choices=[(Mode.TEST, _("Teste")), (Mode.LIVE, _("Produção"))],
        widget=forms.RadioSelect,
        initial=Mode.TEST,
    )
    days = forms.ChoiceField(label=_("Validade"), choices=DAYS, required=False)
    networks = forms.CharField(
        label=_("Endereços permitidos"),
        help_text=_("Um IP ou uma rede CIDR por linha. Em branco, vale de qualquer lugar."),
        required=False,
        max_length=800,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
    )

    def __init__(self, *args: object, held: frozenset[str], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.offered = [scope for scope in MEANINGS if scope in held]
        for scope in self.offered:
            label = f"{MEANINGS[scope]} ({scope})"
            self.fields[scope] = forms.BooleanField(label=label, required=False)

    def clean_networks(self) -> tuple[str, ...]:
        try:
            return rules.normal_networks(self.cleaned_data["networks"].split())
        except ValueError:
            raise forms.ValidationError(
                _("Um destes endereços não é um IP nem uma rede CIDR.")
            ) from None

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if not any(given.get(scope) for scope in self.offered):
            raise forms.ValidationError(_("Escolha ao menos uma permissão."))
        return given

    def asked(self, *, at: datetime) -> NewKey:
        """The key that is wanted. Only after the form proved valid."""
        given = self.cleaned_data
        return NewKey(
            name=given["name"],
            scopes=frozenset(scope for scope in self.offered if given[scope]),
            mode=Mode(given["mode"]),
            networks=given["networks"],
            expires_at=at + timedelta(days=int(given["days"])) if given["days"] else None,
        )


class RotationForm(forms.Form):
    hours = forms.ChoiceField(
        label=_("Por quanto tempo a chave antiga ainda vale"), choices=HOURS, initial="24"
    )

    @property
    def overlap(self) -> timedelta:
        return timedelta(hours=int(self.cleaned_data["hours"]))
