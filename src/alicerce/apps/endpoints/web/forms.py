"""The form of an endpoint."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.endpoints.rules.catalog import EVERYTHING, family_of, offered
from alicerce.apps.endpoints.services.forget_old import KEPT
from alicerce.apps.endpoints.types import EndpointForm, EndpointView
from alicerce.ui import formats
from alicerce.ui.component import Words

CODE = {"spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}


class EndpointFields(forms.Form):
    url = forms.CharField(
        label=gettext_lazy("Endereço"),
        help_text=gettext_lazy(
            "Uma URL pública, na porta 443 ou 80. Prefira https: o que é enviado não é cifrado de outro modo."
        ),
        max_length=2000,
        widget=forms.TextInput(
            attrs={**CODE, "inputmode": "url", "placeholder": "https://exemplo.com.br/webhooks"}
        ),
    )
    description = forms.CharField(
        label=gettext_lazy("Para que serve"), max_length=200, required=False
    )
    types = forms.MultipleChoiceField(
        label=gettext_lazy("Eventos"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "check"}),
    )
    is_ordered = forms.BooleanField(
        label=gettext_lazy("Em ordem: o próximo evento do mesmo objeto espera pelo anterior"),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        types = self.fields["types"]
        assert isinstance(types, forms.MultipleChoiceField)
        types.choices = [(name, _label(name, said)) for name, said in choices().items()]

    def typed(self) -> EndpointForm:
        """The endpoint as typed. Only after the form proved valid."""
        known = self.cleaned_data
        return EndpointForm(
            url=known["url"],
            types=tuple(known["types"]),
            description=known["description"],
            is_ordered=known["is_ordered"],
        )


class SinceFields(forms.Form):
    """From which day on, by the calendar of the company; nothing typed is all that is kept."""

    day = forms.DateField(
        label=gettext_lazy("O que aconteceu desde"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, zone: ZoneInfo, at: datetime) -> None:
        super().__init__(*args)
        self._zone, self._oldest = zone, at - KEPT
        self._first, self._today = (
            moment.astimezone(zone).date() for moment in (self._oldest, at)
        )
        day = self.fields["day"]
        day.initial = self._first
        day.help_text = _("De %(first)s até hoje: é o que fica guardado.") % {
            "first": formats.day(self._first)
        }
        day.widget.attrs |= {"min": self._first.isoformat(), "max": self._today.isoformat()}

    def clean_day(self) -> date | None:
        typed: date | None = self.cleaned_data["day"]
        if typed and not self._first <= typed <= self._today:
            raise forms.ValidationError(_("Escolha um dia dos últimos 30."))
        return typed

    def since(self) -> datetime:
        """When that day began. Only after the form proved valid."""
        typed: date | None = self.cleaned_data["day"]
        if typed is None:
            return self._oldest
        return datetime.combine(typed, time(), tzinfo=self._zone)


def initial_of(endpoint: EndpointView) -> dict[str, Any]:
    return {
        "url": endpoint.url,
        "description": endpoint.description,
        "types": list(endpoint.types),
        "is_ordered": endpoint.is_ordered,
    }


def choices() -> dict[str, Words]:
    """Everything, then each family and what is in it, with what they mean."""
    found: dict[str, Words] = {EVERYTHING: _("Todos, também os que ainda vão existir.")}
    for event in offered():
        found.setdefault(event.family, _("Tudo o que acontece com estes objetos."))
        found[event.type] = event.description
    return found


def families(form: EndpointFields) -> Iterator[tuple[str, list[BoundWidget]]]:
    """The options of the events, each family after its name; everything stands alone, first."""
    options = form["types"].subwidgets
    for family, group in groupby(options, key=lambda one: family_of(one.data["value"])):
        yield family.removesuffix(".*"), list(group)


def _label(pattern: str, meaning: Words) -> str:
    return f"{pattern} · {meaning}"
