"""What the page about a company's look is made of."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.tenancy.types import TenantCard
from alicerce.apps.tenancy.types.brand import LogoView
from alicerce.apps.tenancy.web.forms import LogoForm
from alicerce.ui.buttons import Button, PostButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Row
from alicerce.ui.logos import LogoPreview
from alicerce.ui.panels import Note
from alicerce.ui.texts import Text


def tried_cards(tried: LogoView | None, tenant: TenantCard) -> list[Content]:
    if tried is None:
        return []
    use = PostButton(
        Button(_("Usar este logotipo"), variant="primary"),
        reverse("workspace:brand_use"),
        {"logo": tried.digest},
    )
    return [
        Card(
            [LogoPreview(tried.path, tenant.name), *_in_letters(tried), Row([use])],
            title=_("Como vai ficar"),
            lead=_("Ninguém além da equipe vê este logotipo ainda."),
        )
    ]


def current_card(current: LogoView | None, tenant: TenantCard) -> Card:
    if current is None:
        return Card(
            [Text(_("Aparece só o nome, %(name)s.") % {"name": tenant.name})], title=_("Em uso")
        )
    drop = PostButton(Button(_("Usar só o nome")), reverse("workspace:brand_drop"))
    return Card(
        [LogoPreview(current.path, tenant.name), *_in_letters(current), Row([drop])],
        title=_("Em uso"),
    )


def _in_letters(logo: LogoView) -> list[Content]:
    """Most programs that read mail draw no SVG."""
    if logo.kind == "png":
        return []
    words = _(
        "E-mails mostram o nome: poucos programas desenham SVG. Um PNG aparece também neles."
    )
    return [Note("info", words)]


def send_card(form: LogoForm) -> Card:
    send = Button(_("Enviar e ver como fica"))
    ask = Form(
        "", form_fields(form), [send], FormErrors(form) if form.errors else "", files=True
    )
    return Card([ask], title=_("Outro logotipo"))
