"""What the pages about a company are made of."""

from collections.abc import Sequence

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.tenancy.queries.words import PRODUCTS
from alicerce.apps.tenancy.types import ProductView
from alicerce.ui.buttons import Button, ConfirmDialog, PostButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, Span, form_field
from alicerce.ui.layout import Card
from alicerce.ui.panels import KeyValues, Pair
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Link, TimeText

HALVES: dict[str, Span] = {"city": 3, "document": 3, "time_zone": 3, "locale": 3}


def address_card(url: str) -> Card:
    """Where its customers find it."""
    told: Content = Link(url, url) if url else _("Nenhum ainda: fale com a plataforma.")
    return Card([KeyValues([Pair(_("Endereço na internet"), told)])])


def profile_card(form: BaseForm) -> Card:
    fields: list[Content] = [
        form_field(bound, span=HALVES.get(bound.name, 6), suffix=_suffix(bound.name))
        for bound in form
    ]
    save = Button(_("Salvar dados"), variant="primary")
    return Card([Form("", fields, [save], FormErrors(form) if form.errors else "")])


def _suffix(name: str) -> str:
    return _("minutos") if name == "session_timeout_minutes" else ""


def products_table(products: Sequence[ProductView]) -> Table:
    return Table(
        _("Produtos"),
        [
            Column(_("Produto"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Desde")),
            Column(_("Ações"), "actions"),
        ],
        [_product_row(product) for product in products],
    )


def _product_row(product: ProductView) -> TableRow:
    name, about = PRODUCTS[product.key]
    state = Badge("ok", _("Ligado")) if product.is_enabled else Badge("", _("Desligado"))
    since = product.since if product.is_enabled else product.until
    return TableRow(
        [
            Cell(name, "", about),
            state,
            TimeText(since, "date") if since else "–",
            _product_action(product),
        ]
    )


def _product_action(product: ProductView) -> Content:
    url = reverse("workspace:product", args=[product.key.value])
    if not product.is_enabled:
        return PostButton(Button(_("Ligar"), size="sm"), url, {"ligado": "1"})
    name, _about = PRODUCTS[product.key]
    return ConfirmDialog(
        f"desligar-{product.key.value}",
        Button(_("Desligar"), size="sm", variant="ghost"),
        _("Desligar %(name)s?") % {"name": name},
        [
            _(
                "As páginas e tarefas deste produto deixam de existir para a empresa. Nada é apagado."
            )
        ],
        _("Desligar"),
        url,
    )
