"""What a person fills in to publish an app."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.developers import public as developers
from alicerce.apps.marketplace import rules
from alicerce.apps.marketplace.types import (
    APP_SCOPES,
    MOST_REDIRECTS,
    ApplicationForm,
    ApplicationKind,
    ApplicationView,
)

CODE = {"spellcheck": "false", "autocapitalize": "none", "autocomplete": "off"}
HOURS = [
    ("0", _("Nenhum: para de valer agora")),
    ("1", _("1 hora")),
    ("24", _("1 dia")),
    ("168", _("7 dias")),
]
KINDS = [
    (ApplicationKind.CONFIDENTIAL, _("Confidencial: roda num servidor e guarda um segredo")),
    (ApplicationKind.PUBLIC, _("Público: roda no aparelho ou no navegador de quem usa")),
]


class ApplicationFields(forms.Form):
    name = forms.CharField(
        label=_("Nome"), help_text=_("Quem instala lê este nome."), max_length=80
    )
    website = forms.CharField(
        label=_("Site"),
        help_text=_("Começa com https:// e fica à vista de quem instala."),
        max_length=rules.LONGEST,
        widget=forms.TextInput(attrs={**CODE, "inputmode": "url"}),
    )
    redirect_uris = forms.CharField(
        label=_("Endereços de retorno"),
        help_text=_(
            "Um por linha, comparados letra por letra. https ou, na máquina de quem usa, "
            "http://127.0.0.1."
        ),
        widget=forms.Textarea(attrs={**CODE, "rows": 3}),
        max_length=rules.LONGEST * MOST_REDIRECTS,
    )
    scopes = forms.MultipleChoiceField(
        label=_("O que pode pedir"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "check"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        scopes = self.fields["scopes"]
        assert isinstance(scopes, forms.MultipleChoiceField)
        scopes.choices = [(s, f"{developers.scope_words(s)} ({s})") for s in APP_SCOPES]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not name.isprintable():
            raise forms.ValidationError(_("O nome tem sinais que não se veem."))
        return name

    def clean_website(self) -> str:
        website: str = self.cleaned_data["website"]
        if not rules.is_website(website):
            raise forms.ValidationError(_("Não é um endereço https com nome de domínio."))
        return website

    def clean_redirect_uris(self) -> tuple[str, ...]:
        given = tuple(dict.fromkeys(self.cleaned_data["redirect_uris"].split()))
        if len(given) > MOST_REDIRECTS:
            raise forms.ValidationError(_("São endereços demais."))
        wrong = [uri for uri in given if not rules.is_redirect_uri(uri)]
        if wrong:
            raise forms.ValidationError(
                _("Este endereço não serve: %(uri)s") % {"uri": wrong[0][:200]}
            )
        return given

    def typed(self) -> ApplicationForm:
        """The app as typed. Only after the form proved valid."""
        known = self.cleaned_data
        return ApplicationForm(
            name=known["name"],
            website=known["website"],
            redirect_uris=known["redirect_uris"],
            scopes=frozenset(known["scopes"]),
        )


class NewApplicationFields(ApplicationFields):
    kind = forms.ChoiceField(
        label=_("Tipo"),
        choices=KINDS,
        widget=forms.RadioSelect,
        initial=ApplicationKind.CONFIDENTIAL,
    )


class RotationForm(forms.Form):
    hours = forms.ChoiceField(
        label=_("Por quanto tempo o segredo antigo ainda vale"), choices=HOURS, initial="24"
    )

    @property
    def overlap(self) -> timedelta:
        return timedelta(hours=int(self.cleaned_data["hours"]))


def initial_of(app: ApplicationView) -> dict[str, Any]:
    return {
        "name": app.name,
        "website": app.website,
        "redirect_uris": "\n".join(app.redirect_uris),
        "scopes": list(app.scopes),
    }
