"""What people type about customers."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from alicerce.apps.customers.rules import MOST_LETTERS_A_DAY, STATES, phone, postal_code
from alicerce.apps.customers.rules.sheets import NAMES
from alicerce.apps.customers.types import (
    AddressForm,
    AddressKind,
    ContactForm,
    ContactRole,
    CustomerDetail,
    CustomerKind,
    CustomerRole,
    Preview,
    Profile,
    TierCard,
)
from alicerce.apps.customers.web.words import ADDRESS, CONTACT, FIELDS, KIND, ROLE
from alicerce.kernel.access import Request
from alicerce.kernel.brazil import BadDocument, Document, document
from alicerce.ui.component import Words

LANGUAGES = [("pt-br", "Português"), ("en", "English")]
OFF = {"autocomplete": "off"}


class CustomerFields(forms.Form):
    """A customer. The version says which one the person was looking at."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Tipo"), choices=list(KIND.items()))
    document = forms.CharField(
        label=_("CPF ou CNPJ"),
        help_text=_("Com ou sem pontos. O CNPJ pode ter letras."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs=OFF),
    )
    name = forms.CharField(label=_("Nome completo ou razão social"), max_length=120)
    trade_name = forms.CharField(label=_("Nome fantasia"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail"))
    phone = forms.CharField(label=_("Telefone"), max_length=24, required=False)
    tier = forms.ChoiceField(label=_("Nível"), required=False)
    tags = forms.CharField(
        label=_("Etiquetas"),
        help_text=_("Separe por vírgulas."),
        max_length=400,
        required=False,
    )
    external_reference = forms.CharField(
        label=_("Código externo"),
        help_text=_("O número deste cliente em outro sistema."),
        max_length=80,
        required=False,
    )
    locale = forms.ChoiceField(label=_("Idioma das mensagens"), choices=LANGUAGES)
    state_registration = forms.CharField(
        label=_("Inscrição estadual"), max_length=20, required=False
    )
    city_registration = forms.CharField(
        label=_("Inscrição municipal"), max_length=20, required=False
    )
    iss_withheld = forms.BooleanField(label=_("O cliente retém o ISS"), required=False)

    def __init__(self, *args: Any, tiers: Sequence[TierCard], **options: Any) -> None:
        super().__init__(*args, **options)
        tier = self.fields["tier"]
        assert isinstance(tier, forms.ChoiceField)
        tier.choices = [("", _("Sem nível")), *((str(t.id), t.name) for t in tiers)]

    def clean_document(self) -> Document | None:
        typed = self.cleaned_data["document"]
        if not typed:
            return None
        try:
            return document(typed)
        except BadDocument:
            raise forms.ValidationError(
                _("Este CPF ou CNPJ não confere. Revise os números, um por um.")
            ) from None

    def profile(self) -> Profile:
        """Only after the form proved valid."""
        given = self.cleaned_data
        found: Document | None = given["document"]
        return Profile(
            name=given["name"],
            email=given["email"],
            kind=given["kind"],
            document=found.number if found else "",
            document_kind=found.kind if found else "",
            trade_name=given["trade_name"],
            phone=phone(given["phone"]),
            locale=given["locale"],
            tier_id=UUID(given["tier"]) if given["tier"] else None,
            external_reference=given["external_reference"],
            state_registration=given["state_registration"],
            city_registration=given["city_registration"],
            iss_withheld=given["iss_withheld"],
            tags=tuple(given["tags"].split(",")),
        )


def initial_of(detail: CustomerDetail) -> dict[str, object]:
    known = detail.profile
    shown = {
        name: getattr(known, name)
        for name in CustomerFields.base_fields
        if name not in {"version", "tier", "tags"}
    }
    return {
        **shown,
        "version": detail.version,
        "tier": str(known.tier_id or ""),
        "tags": ", ".join(known.tags),
    }


BLANK = {"kind": CustomerKind.PERSON, "locale": "pt-br"}


class AddressFields(forms.Form):
    kind = forms.ChoiceField(label=_("Para"), choices=list(ADDRESS.items()))
    postal_code = forms.CharField(label=_("CEP"), max_length=9)
    street = forms.CharField(label=_("Rua"), max_length=120)
    number = forms.CharField(label=_("Número"), max_length=20)
    complement = forms.CharField(label=_("Complemento"), max_length=80, required=False)
    district = forms.CharField(label=_("Bairro"), max_length=80)
    city = forms.CharField(label=_("Cidade"), max_length=80)
    state = forms.ChoiceField(label=_("Estado"), choices=[(code, code) for code in STATES])

    def clean_postal_code(self) -> str:
        code = postal_code(self.cleaned_data["postal_code"])
        if not code:
            raise forms.ValidationError(_("O CEP tem oito números."))
        return code

    def typed(self) -> AddressForm:
        given = self.cleaned_data
        return AddressForm(**{**given, "kind": AddressKind(given["kind"])})


class ContactFields(forms.Form):
    name = forms.CharField(label=_("Nome"), max_length=120)
    role = forms.ChoiceField(label=_("Assunto"), choices=list(CONTACT.items()))
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telefone"), max_length=24, required=False)

    def typed(self) -> ContactForm:
        given = self.cleaned_data
        return ContactForm(**{**given, "role": ContactRole(given["role"])})


class NoteFields(forms.Form):
    body = forms.CharField(
        label=_("Nova anotação"),
        help_text=_("Só a equipe vê. Depois de salva, não muda."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class InviteFields(forms.Form):
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs=OFF))
    role = forms.ChoiceField(label=_("Papel"), choices=list(ROLE.items()))

    def __init__(self, *args: Any, may_open_bills: bool = True, **options: Any) -> None:
        """Nobody lets another in to bills that they may not see themselves."""
        super().__init__(*args, **options)
        if not may_open_bills:
            role = cast("forms.ChoiceField", self.fields["role"])
            role.choices = [(CustomerRole.TECHNICAL, ROLE[CustomerRole.TECHNICAL])]

    def typed_role(self) -> CustomerRole:
        return CustomerRole(self.cleaned_data["role"])


def invite_fields(request: Request, typed: QueryDict | None = None) -> InviteFields:
    """For a company's own people, who open to others what is open to them."""
    return InviteFields(typed, may_open_bills="billing:read" in request.permissions)


def roles_to_give(request: Request) -> list[CustomerRole]:
    """What a company's own people may make of somebody: nothing that opens more than they see."""
    return (
        list(CustomerRole)
        if "billing:read" in request.permissions
        else [CustomerRole.TECHNICAL]
    )


class TierFields(forms.Form):
    name = forms.CharField(label=_("Nome do nível"), max_length=40)


class ViewFields(forms.Form):
    name = forms.CharField(label=_("Nome da visão"), max_length=60)
    is_shared = forms.BooleanField(label=_("Mostrar para toda a equipe"), required=False)


class UploadFields(forms.Form):
    file = forms.FileField(
        label=_("Arquivo CSV"),
        help_text=_("Até 100 mil linhas e 20 MB. A primeira linha tem os títulos das colunas."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


class RoundFields(forms.Form):
    a_day = forms.IntegerField(
        label=_("E-mails por dia"),
        min_value=1,
        max_value=MOST_LETTERS_A_DAY,
        help_text=_("Os e-mails saem aos poucos, no horário da régua de cobrança."),
    )


class ColumnFields(forms.Form):
    """Which column of the file is which field."""

    def __init__(self, *args: Any, preview: Preview, **options: Any) -> None:
        super().__init__(*args, **options)
        columns: list[tuple[str, Words]] = [("", _("Não está no arquivo"))]
        columns += [(str(n), title or f"{n + 1}") for n, title in enumerate(preview.header)]
        for field in NAMES:
            self.fields[field] = forms.ChoiceField(
                label=str(FIELDS[field]),
                choices=columns,
                required=field in {"name", "email"},
                initial=str(preview.columns.get(field, "")),
            )

    def columns(self) -> dict[str, int]:
        return {field: int(at) for field, at in self.cleaned_data.items() if at != ""}
