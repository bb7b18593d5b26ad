"""Forms of tenancy."""

from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from alicerce.apps.tenancy.rules import (
    LONGEST_IDLE,
    LONGEST_SESSION,
    SHORTEST_IDLE,
    SHORTEST_SESSION,
)
from alicerce.apps.tenancy.types import AccountView, Profile, RoleView
from alicerce.kernel.brazil import BadDocument, document
from alicerce.kernel.permissions import Declared

OF_BRAZIL = [
    "America/Sao_Paulo",
    "America/Bahia",
    "America/Fortaleza",
    "America/Recife",
    "America/Maceio",
    "America/Belem",
    "America/Araguaina",
    "America/Cuiaba",
    "America/Campo_Grande",
    "America/Manaus",
    "America/Porto_Velho",
    "America/Boa_Vista",
    "America/Santarem",
    "America/Rio_Branco",
    "America/Eirunepe",
    "America/Noronha",
]
ZONES = OF_BRAZIL + sorted(
    zone
    for zone in available_timezones().difference(OF_BRAZIL)
    if zone.startswith(("America/", "Atlantic/", "Europe/")) or zone == "UTC"
)
COLOR = r"^#[0-9a-f]{6}$"


def role_choices(roles: Iterable[RoleView]) -> list[tuple[str, str]]:
    return [(role.key, role.name) for role in roles]


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), help_text=_("O convite vale por 72 horas."))
    role = forms.ChoiceField(label=_("Papel"))

    def __init__(self, *given: Any, roles: Sequence[RoleView], **options: Any) -> None:
        super().__init__(*given, **options)
        asked = ("", _("Escolha um papel"))  # nobody becomes an administrator by pressing Enter
        self.fields["role"].choices = [asked, *role_choices(roles)]  # type: ignore[attr-defined]


class MemberRoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Papel"))

    def __init__(self, *given: Any, roles: Sequence[RoleView], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["role"].choices = role_choices(roles)  # type: ignore[attr-defined]


class OwnerForm(forms.Form):
    user_id = forms.ChoiceField(label=_("Quem passa a ser titular"))

    def __init__(self, *given: Any, people: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["user_id"].choices = people  # type: ignore[attr-defined]


class CopyRoleForm(forms.Form):
    name = forms.CharField(label=_("Nome do novo papel"), max_length=60, min_length=2)
    key = forms.ChoiceField(label=_("Começa igual a"))

    def __init__(self, *given: Any, roles: Sequence[RoleView], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["key"].choices = role_choices(roles)  # type: ignore[attr-defined]


class RoleSessionsForm(forms.Form):
    idle = forms.IntegerField(
        label=_("Sair depois de quantos minutos parado"),
        help_text=_("Vazio: como a empresa e a plataforma."),
        min_value=SHORTEST_IDLE,
        max_value=LONGEST_IDLE,
        required=False,
    )
    absolute = forms.IntegerField(
        label=_("Sair depois de quantos minutos, mesmo em uso"),
        help_text=_("Vazio: como a plataforma."),
        min_value=SHORTEST_SESSION,
        max_value=LONGEST_SESSION,
        required=False,
    )


class PermissionsForm(forms.Form):
    permissions = forms.MultipleChoiceField(
        label=_("Permissões"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "check"}),
    )

    def __init__(
        self,
        *given: Any,
        offered: Sequence[Declared],
        is_hidden: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*given, **options)
        if is_hidden:
            self.fields["permissions"].widget = forms.MultipleHiddenInput()
        choices = [(each.key, each.label) for each in offered]
        self.fields["permissions"].choices = choices  # type: ignore[attr-defined]


class DocumentField(forms.CharField):
    """A CNPJ or CPF however it is typed, kept bare."""

    def clean(self, value: Any) -> str:
        typed: str = super().clean(value)
        try:
            return document(typed).number
        except BadDocument:
            raise forms.ValidationError(
                _("Confira os dígitos: não é um CNPJ nem um CPF.")
            ) from None


class ProfileForm(forms.Form):
    """What a company says about itself; nothing else that is posted is read."""

    name = forms.CharField(
        label=_("Nome"), max_length=120, help_text=_("Como os clientes conhecem a empresa.")
    )
    legal_name = forms.CharField(label=_("Razão social"), max_length=160)
    document = DocumentField(label=_("CNPJ ou CPF"), max_length=20)
    city = forms.CharField(label=_("Cidade"), max_length=80)
    alert_email = forms.EmailField(
        label=_("E-mail para avisos"), help_text=_("Recebe o que precisa de uma pessoa.")
    )
    time_zone = forms.ChoiceField(
        label=_("Fuso horário"), choices=[(zone, zone.replace("_", " ")) for zone in ZONES]
    )
    locale = forms.ChoiceField(label=_("Idioma"), choices=settings.LANGUAGES)
    brand_color = forms.RegexField(
        COLOR, label=_("Cor da marca"), widget=forms.TextInput(attrs={"type": "color"})
    )
    session_timeout_minutes = forms.IntegerField(
        label=_("Sair depois de quantos minutos parado"),
        min_value=SHORTEST_IDLE,
        max_value=LONGEST_IDLE,
    )
    lets_operators_in = forms.BooleanField(
        label=_("A operação da plataforma pode abrir páginas no lugar de uma pessoa daqui"),
        required=False,
        help_text=_(
            "Sempre com motivo, por meia hora, com aviso a quem é visto e registro em Equipe."
        ),
    )

    operators_ask = forms.BooleanField(
        label=_("Antes de cada vez, pede a nossa autorização"),
        required=False,
        help_text=_("Titular e administração recebem o pedido e respondem em até 24 horas."),
    )

    def typed(self) -> Profile:
        return Profile(**self.cleaned_data)


class OpenCompanyForm(forms.Form):
    name = forms.CharField(label=_("Nome"), max_length=120)
    legal_name = forms.CharField(label=_("Razão social ou nome completo"), max_length=160)
    document = DocumentField(label=_("CNPJ ou CPF"), max_length=20)
    city = forms.CharField(label=_("Cidade"), max_length=80)
    slug = forms.SlugField(
        label=_("Nome curto"),
        max_length=50,
        required=False,
        help_text=_(
            "Letras minúsculas, números e hífens. Aparece em endereços. Vazio, vem do nome."
        ),
    )
    time_zone = forms.ChoiceField(
        label=_("Fuso horário"),
        initial="America/Sao_Paulo",
        choices=[(zone, zone.replace("_", " ")) for zone in ZONES],
    )
    locale = forms.ChoiceField(label=_("Idioma"), choices=settings.LANGUAGES)
    account = forms.ChoiceField(
        label=_("Quem paga a plataforma"),
        required=False,
        help_text=_("Uma conta de cobrança paga por quantas empresas quiser."),
    )

    def __init__(self, *given: Any, accounts: Sequence[AccountView], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["account"].choices = [  # type: ignore[attr-defined]
            *((str(account.id), account.name) for account in accounts),
            ("", _("Uma conta nova, em meu nome")),
        ]

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        made = slug.lower() or slugify(self.cleaned_data.get("name", ""))[:50].strip("-")
        if not made:
            raise forms.ValidationError(_("Este campo é obrigatório."))
        return made


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Motivo"),
        max_length=200,
        help_text=_("É o que se lê na carta e na página. Diga o que falta para voltar."),
    )


class SignUpForm(forms.Form):
    name = forms.CharField(label=_("Seu nome"), max_length=120, min_length=2)


class AccountForm(forms.Form):
    name = forms.CharField(label=_("Nome da conta"), max_length=120)
    billing_email = forms.EmailField(label=_("E-mail de cobrança"))


class PayerForm(forms.Form):
    account = forms.ChoiceField(label=_("Conta de cobrança"))

    def __init__(self, *given: Any, accounts: Sequence[AccountView], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["account"].choices = [  # type: ignore[attr-defined]
            (str(account.id), account.name) for account in accounts
        ]


class InvitePayerForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail de quem vai pagar"),
        help_text=_("A pessoa escolhe a conta de cobrança e aceita. Até lá nada muda."),
    )


class LogoForm(forms.Form):
    file = forms.FileField(
        label=_("Logotipo"),
        help_text=_(
            "PNG ou SVG, até 100 KB e 1200 pontos de lado. De um SVG ficam formas e cores; "
            "textos, de preferência, em curvas."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/svg+xml"}),
    )
