"""What a person reads before an app is let into a company."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.developers import public as developers
from alicerce.apps.marketplace import rules
from alicerce.apps.marketplace.types import Asked
from alicerce.apps.tenancy.types import Standing
from alicerce.ui.buttons import Button
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, form_fields
from alicerce.ui.layout import Card, Stack
from alicerce.ui.page import Page
from alicerce.ui.panels import KeyValues, Note, Pair
from alicerce.ui.texts import Mono, Text


class CompanyForm(forms.Form):
    empresa = forms.ChoiceField(label=gettext_lazy("Empresa que dá acesso"))
    testes = forms.BooleanField(
        label=gettext_lazy("Só para testes"),
        required=False,
        help_text=gettext_lazy(
            "O aplicativo age no ambiente de testes da empresa e não alcança nada real."
        ),
    )

    def __init__(self, companies: Sequence[Standing], chosen: str | None) -> None:
        known = [(str(one.tenant_id), one.name) for one in companies]
        super().__init__(initial={"empresa": chosen} if chosen in dict(known) else {})
        empresa = self.fields["empresa"]
        assert isinstance(empresa, forms.ChoiceField)
        empresa.choices = known


def consent_page(wanted: Asked, companies: Sequence[Standing], chosen: str | None) -> Page:
    return Page(
        _("%(app)s quer acesso à sua empresa") % {"app": wanted.app.name},
        "bare",
        [_who(wanted), _what(wanted), _decision(companies, chosen)],
        lead=_(
            "Confira quem pede e o que poderá fazer. Nada acontece antes de você confirmar."
        ),
        width="narrow",
    )


def unsound_page() -> Page:
    """Nothing of the request is repeated: it may be anybody's."""
    return Page(
        _("Este pedido de acesso não vale"),
        "bare",
        [
            Card(
                [
                    Text(
                        _(
                            "O aplicativo que trouxe você até aqui não se identificou como está "
                            "registrado, ou pediu a resposta num endereço que não é dele."
                        )
                    ),
                    Text(_("Nada foi liberado. Volte ao aplicativo e avise quem o mantém.")),
                ]
            )
        ],
        width="narrow",
        status=400,
    )


def _who(wanted: Asked) -> Card:
    app = wanted.app
    pairs = [
        Pair(_("Aplicativo"), app.name),
        Pair(_("Publicado por"), app.publisher),
        Pair(_("Site"), Mono(rules.host_of(app.website))),
        Pair(_("Depois você volta para"), Mono(rules.host_of(wanted.redirect_uri))),
    ]
    return Card([KeyValues(pairs)], title=_("Quem pede"))


def _what(wanted: Asked) -> Card:
    words = [Text(developers.scope_words(scope), "strong") for scope in sorted(wanted.scopes)]
    limit = Text(
        _(
            "Nunca mais do que o seu papel permite, e por 90 dias: depois o aplicativo pede de "
            "novo. Você pode remover o aplicativo quando quiser, em Desenvolvedores, Aplicativos."
        ),
        "muted",
    )
    return Card([Stack([*words, limit])], title=_("O que poderá fazer"))


def _decision(companies: Sequence[Standing], chosen: str | None) -> Card:
    deny = Button(_("Negar acesso"), name="decisao", value="negar", size="lg")
    if not companies:
        words = _("Em nenhuma das suas empresas o seu papel permite instalar aplicativos.")
        return Card([Stack([Note("warn", words), Form("", [], [deny])])])
    go = Button(_("Continuar"), name="decisao", value="continuar", variant="primary", size="lg")
    fields: list[Content] = list(form_fields(CompanyForm(companies, chosen)))
    return Card([Form("", fields, [deny, go])])
