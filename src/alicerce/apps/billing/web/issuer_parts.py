"""What the pages of issuers are made of: forms, the list, a customer's choice."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import RegexValidator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.billing import permissions
from alicerce.apps.billing.queries.issuers import issuer_of_customer, issuers
from alicerce.apps.billing.types import invoice_code
from alicerce.apps.billing.types.issuers import IssuerCard, IssuerForm, IssuerStanding
from alicerce.kernel.access import Request
from alicerce.kernel.brazil import BadDocument
from alicerce.kernel.brazil import document as read_document
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content, Words
from alicerce.ui.formats import number, tax_id
from alicerce.ui.forms import Form, form_fields
from alicerce.ui.layout import Card, Row
from alicerce.ui.status import Status
from alicerce.ui.tables import Cell, Column, Table, TableRow

MOST_NUMBER = 999_999_999
STATES = {
    "default": Status("ok", gettext_lazy("Padrão")),
    "standing": Status("info", gettext_lazy("Em uso")),
    "retired": Status("", gettext_lazy("Aposentado")),
}
BY_DEFAULT = ""


class IssuerFields(forms.Form):
    legal_name = forms.CharField(label=gettext_lazy("Razão social"), max_length=160)
    document = forms.CharField(label=gettext_lazy("CNPJ ou CPF"), max_length=18)
    city_registration = forms.CharField(
        label=gettext_lazy("Inscrição municipal"),
        max_length=15,
        required=False,
        validators=[RegexValidator(r"^[0-9A-Za-z]*$")],
    )
    address = forms.CharField(
        label=gettext_lazy("Endereço, em uma linha"), max_length=200, required=False
    )
    city = forms.CharField(label=gettext_lazy("Cidade"), max_length=80, required=False)

    def clean_document(self) -> str:
        try:
            return read_document(self.cleaned_data["document"]).number
        except BadDocument:
            raise forms.ValidationError(_("Confira este número: ele não existe.")) from None

    def meant(self) -> IssuerForm:
        return IssuerForm(**{name: self.cleaned_data[name] for name in IssuerForm.__slots__})


class FirstNumber(forms.Form):
    first_number = forms.IntegerField(
        label=gettext_lazy("Primeiro número"),
        help_text=gettext_lazy(
            "Para continuar a numeração de outro sistema. Escolhe-se uma vez: depois não muda."
        ),
        min_value=1,
        max_value=MOST_NUMBER,
        initial=1,
    )


class NewIssuer(IssuerFields, FirstNumber):
    series = forms.CharField(
        label=gettext_lazy("Série das faturas"),
        help_text=gettext_lazy("De uma a quatro letras, só deste emissor. Não muda depois."),
        max_length=4,
        validators=[
            RegexValidator(
                r"^[A-Za-z]{1,4}$", gettext_lazy("De uma a quatro letras, sem acento.")
            )
        ],
    )
    field_order = (*IssuerForm.__slots__, "series", "first_number")

    def clean_series(self) -> str:
        return str(self.cleaned_data["series"]).upper()


class IssuerChoice(forms.Form):
    issuer = forms.ChoiceField(
        label=gettext_lazy("Quem emite as próximas faturas"), required=False
    )

    def __init__(self, found: Sequence[IssuerCard], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = str(self.initial.get("issuer", ""))
        field = self.fields["issuer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (BY_DEFAULT, _("O padrão da empresa")),
            *((str(one.id), name_of(one)) for one in found if _offered(one, chosen)),
        ]

    def meant(self) -> UUID | None:
        said = self.cleaned_data["issuer"]
        return UUID(said) if said else None


def _offered(one: IssuerCard, chosen: str) -> bool:
    return not one.retired_at or str(one.id) == chosen


def name_of(one: IssuerCard) -> str:
    return f"{one.legal_name} · {tax_id(one.document)}" if one.document else one.legal_name


def issuers_table(request: Request, found: Sequence[IssuerStanding]) -> Table:
    may_manage = permissions.MANAGE in request.permissions
    return Table(
        _("Emissores"),
        [
            Column(_("Emissor"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Próxima fatura")),
            Column(_("Clientes escolhidos"), "number"),
            *([Column(_("Ações"), "actions")] if may_manage else []),
        ],
        [
            TableRow(
                [
                    Cell(
                        one.card.legal_name, _url(one, may_manage=may_manage), _detail(one.card)
                    ),
                    STATES[_state(one.card)].badge,
                    invoice_code(one.card.series, one.next_number),
                    number(one.customers),
                    *([_actions(one.card)] if may_manage else []),
                ]
            )
            for one in found
        ],
    )


def _url(one: IssuerStanding, *, may_manage: bool) -> str:
    return reverse("workspace:issuer_edit", args=[one.card.id]) if may_manage else ""


def _detail(card: IssuerCard) -> str:
    said: Words = _("A própria empresa") if card.is_own else card.city
    return " · ".join(filter(None, [tax_id(card.document) if card.document else "", str(said)]))


def _state(card: IssuerCard) -> str:
    if card.is_default:
        return "default"
    return "retired" if card.retired_at else "standing"


def _actions(card: IssuerCard) -> Content:
    shown: list[Content] = []
    if not card.is_default and not card.retired_at:
        shown.append(_post(card, _("Tornar padrão"), "issuer_default"))
    if not card.is_own and not card.is_default:
        words = _("Voltar a usar") if card.retired_at else _("Aposentar")
        shown.append(
            _post(card, words, "issuer_restore" if card.retired_at else "issuer_retire")
        )
    return Row(shown) if shown else ""


def _post(card: IssuerCard, words: str, name: str) -> PostButton:
    return PostButton(Button(words, size="sm"), reverse(f"workspace:{name}", args=[card.id]))


def customer_issuer(request: Request, customer_id: UUID) -> list[Content]:
    """Who bills a customer, where there is a choice."""
    found = issuers()
    if len(found) == 1 or permissions.MANAGE not in request.permissions:
        return []
    chosen = issuer_of_customer(customer_id)
    form = IssuerChoice(found, initial={"issuer": str(chosen) if chosen else BY_DEFAULT})
    url = reverse("workspace:customer_issuer", args=[customer_id])
    ask = Form(url, form_fields(form), [Button(_("Salvar emissor"))])
    return [Card([ask], title=_("Emissor"))]


def add_button(request: Request) -> list[Content]:
    if permissions.MANAGE not in request.permissions:
        return []
    url = reverse("workspace:issuer_new")
    return [LinkButton(_("Novo emissor"), url, icon="plus", variant="primary")]
