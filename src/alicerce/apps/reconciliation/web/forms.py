"""What people type about differences and about the bank."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.reconciliation.rules.sheets import NAMES
from alicerce.apps.reconciliation.types import BankAccountView, Preview
from alicerce.apps.reconciliation.web.words import FIELDS

OFF = {"autocomplete": "off"}
CURRENCIES = [("BRL", _("Real")), ("USD", _("Dólar")), ("EUR", _("Euro"))]


class OwnerForm(forms.Form):
    owner = forms.ChoiceField(label=_("Quem cuida"), required=False)

    def __init__(self, *args: Any, people: Mapping[UUID, str], **options: Any) -> None:
        super().__init__(*args, **options)
        named = sorted(people.items(), key=lambda one: one[1].casefold())
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [("", _("Ninguém")), *((str(key), name) for key, name in named)]

    @property
    def owner_id(self) -> UUID | None:
        chosen = self.cleaned_data["owner"]
        return UUID(chosen) if chosen else None


class ExplainForm(forms.Form):
    reason = forms.CharField(
        label=_("Por que está certo assim"),
        help_text=_("A diferença sai das abertas até os valores mudarem."),
        max_length=300,
        widget=forms.TextInput(OFF),
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Nota"), max_length=1000, widget=forms.Textarea({"rows": 3, **OFF})
    )


class BankAccountForm(forms.Form):
    name = forms.CharField(label=_("Nome"), max_length=60, widget=forms.TextInput(OFF))
    bank = forms.CharField(
        label=_("Banco"), max_length=20, required=False, widget=forms.TextInput(OFF)
    )
    number = forms.CharField(
        label=_("Agência e conta"), max_length=40, required=False, widget=forms.TextInput(OFF)
    )
    currency = forms.ChoiceField(label=_("Moeda"), choices=CURRENCIES)


class StatementForm(forms.Form):
    bank_account = forms.ChoiceField(label=_("Conta"))
    file = forms.FileField(
        label=_("Extrato em OFX ou CSV"),
        help_text=_(
            "Até 5 MB e 20 mil linhas. O que já veio em outro arquivo não entra de novo."
        ),
        widget=forms.FileInput(attrs={"accept": ".ofx,.csv,text/csv"}),
    )

    def __init__(self, *args: Any, accounts: Sequence[BankAccountView], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.fields["bank_account"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(str(one.id), one.name) for one in accounts]


class ColumnsForm(forms.Form):
    """Which column of the file is what: a date, and one amount or two."""

    def __init__(self, *args: Any, preview: Preview, **options: Any) -> None:
        super().__init__(*args, **options)
        columns: list[tuple[str, Any]] = [("", _("Não está no arquivo"))]
        columns += [(str(n), title or f"{n + 1}") for n, title in enumerate(preview.header)]
        for field in NAMES:
            self.fields[field] = forms.ChoiceField(
                label=str(FIELDS[field]),
                choices=columns,
                required=field == "posted_on",
                initial=str(preview.columns.get(field, "")),
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not any(said.get(name) for name in ("amount", "credit", "debit")):
            raise forms.ValidationError(_("Diga em que coluna está o valor."))
        return said

    def columns(self) -> dict[str, int]:
        return {field: int(at) for field, at in self.cleaned_data.items() if at != ""}
