"""What is asked of who wants to see pages in another person's place."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.identity.types import Area, Errand

AREAS = (
    (Area.CLIENT, _("Área do cliente")),
    (Area.WORKSPACE, _("Espaço da empresa")),
)


class ErrandForm(forms.Form):
    reason = forms.CharField(
        label=_("Motivo"),
        min_length=10,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Quem é visto lê isto no aviso que recebe."),
    )
    ticket = forms.CharField(label=_("Número do chamado"), max_length=40, required=False)
    may_write = forms.BooleanField(
        label=_("Pode alterar"),
        required=False,
        help_text=_("Sem isto, nada pode ser mudado. Conta, chaves e equipe nunca podem."),
    )

    def typed(self, area: Area) -> Errand:
        said = self.cleaned_data
        return Errand(area, said["reason"], said["ticket"], said["may_write"])


class VisitForm(ErrandForm):
    company = forms.ChoiceField(label=_("Empresa"))
    email = forms.EmailField(label=_("E-mail da pessoa"))
    area = forms.ChoiceField(label=_("Páginas"), choices=AREAS)
    field_order = ("company", "email", "area", "reason", "ticket", "may_write")

    def __init__(self, *given: Any, companies: Mapping[UUID, str], **options: Any) -> None:
        super().__init__(*given, **options)
        choices = [(str(key), name) for key, name in companies.items()]
        self.fields["company"].choices = choices  # type: ignore[attr-defined]

    def tenant_id(self) -> UUID:
        return UUID(self.cleaned_data["company"])

    def typed(self, area: Area | None = None) -> Errand:
        return super().typed(area or Area(self.cleaned_data["area"]))
