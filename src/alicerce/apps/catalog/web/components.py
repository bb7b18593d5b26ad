"""What the pages of the catalog are made of."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.catalog.ports import kinds
from alicerce.apps.catalog.queries.management import plan_names
from alicerce.apps.catalog.types import (
    CyclePrice,
    PlanDetail,
    PlanRow,
    PlanStatus,
    PriceVersion,
)
from alicerce.apps.catalog.web.words import STATUS
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import money, number
from alicerce.ui.layout import Card, Crumb, View, Views
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair
from alicerce.ui.plans import CYCLES, limit_pairs
from alicerce.ui.status import badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Link, MoneyText, Mono, Text, TimeText

NOTHING = "–"


def plan_url(plan_id: UUID, name: str = "plan") -> str:
    return reverse(f"workspace:{name}", args=[plan_id])


def trail(*crumbs: Crumb) -> list[Crumb]:
    return [Crumb(_("Catálogo"), reverse("workspace:catalog")), *crumbs]


def sections(current: str) -> Views:
    """The parts of the catalog, as tabs."""
    parts = {"catalog": _("Planos"), "coupons": _("Cupons"), "terms": _("Termos de venda")}
    return Views(
        [
            View(label, reverse(f"workspace:{name}"), current=name == current)
            for name, label in parts.items()
        ],
        _("Partes do catálogo"),
    )


def new_plan_button() -> LinkButton:
    url = reverse("workspace:plan_new")
    return LinkButton(_("Criar plano"), url, icon="plus", variant="primary")


def plans_table(plans: Sequence[PlanRow], *, empty: Content) -> Table:
    return Table(
        _("Planos"),
        [
            Column(_("Plano"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Preços")),
            Column(_("Unidades"), "number"),
            Column(_("Vendas"), "number"),
        ],
        [_plan_row(plan) for plan in plans],
        empty=empty,
    )


def _plan_row(plan: PlanRow) -> TableRow:
    return TableRow(
        [
            Cell(plan.name, plan_url(plan.id), plan.product_name),
            state_badge(plan.status, is_priced=bool(plan.prices)),
            " · ".join(_price_words(price) for price in plan.prices) or _("Sem preço"),
            _("Sem fim") if plan.stock is None else number(plan.stock),
            number(plan.sold),
        ]
    )


def state_badge(status: PlanStatus, *, is_priced: bool) -> Content:
    """Nobody can buy what has no price, whatever is said of it."""
    if status == PlanStatus.FOR_SALE and not is_priced:
        return Badge("warn", _("Sem preço"))
    return badge(STATUS, status)


def price_notes(plan: PlanDetail, *, may_write: bool) -> list[Content]:
    """What a plan lacks to be sold, and the way there."""
    if plan.status != PlanStatus.FOR_SALE or plan.active:
        return []
    url = plan_url(plan.id, "plan_prices")
    ways: list[Content] = [LinkButton(_("Mudar preços"), url, size="sm")] if may_write else []
    told = _("Sem preço, o plano não aparece na vitrine e ninguém o compra. Diga quanto custa.")
    return [Note("warn", told, title=_("Sem preço"), actions=ways)]


def _price_words(price: CyclePrice) -> str:
    return f"{money(price.amount)} {str(CYCLES[price.cycle]).lower()}"


def no_plans(*, may_write: bool) -> EmptyState:
    return EmptyState(
        _("Nenhum plano aqui"),
        _("Um plano com preço aparece na vitrine do seu site e pode ser pedido."),
        new_plan_button() if may_write else "",
        icon="tag",
    )


def prices_table(plan: PlanDetail) -> Table:
    """What is in force first; what was before stays on show with how often it was sold."""
    return Table(
        _("Preços"),
        [
            Column(_("Periodicidade"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Preço"), "number"),
            Column(_("Instalação"), "number"),
            Column(_("Dias de teste"), "number"),
            Column(_("Desde")),
            Column(_("Até")),
            Column(_("Vendas"), "number"),
        ],
        [_version_row(version) for version in plan.versions],
        empty=EmptyState(
            _("Sem preço, ninguém compra"),
            _("Diga quanto o plano custa em cada periodicidade."),
            icon="tag",
        ),
    )


def _trial_words(version: PriceVersion) -> str:
    if not version.trial_days:
        return NOTHING
    if version.trial_card:
        return _("%(days)s, com cartão") % {"days": number(version.trial_days)}
    return number(version.trial_days)


def _version_row(version: PriceVersion) -> TableRow:
    state = Badge("ok", _("Em vigor")) if version.is_active else Badge("", _("Encerrado"))
    return TableRow(
        [
            Cell(CYCLES[version.cycle]),
            state,
            MoneyText(version.amount),
            MoneyText(version.setup) if version.setup.cents else NOTHING,
            _trial_words(version),
            TimeText(version.since, "date"),
            TimeText(version.retired_at, "date") if version.retired_at else NOTHING,
            number(version.sold),
        ]
    )


def contents_card(plan: PlanDetail) -> Card:
    form = plan.form
    body: list[Content] = []
    if form.summary:
        body.append(Text(form.summary))
    body += [Text(f"· {feature}") for feature in form.features]
    if limits := limit_pairs(form.limits):
        body.append(KeyValues(limits))
    return Card(
        body or [Text(_("Nada escrito ainda."), "muted")], title=_("O que o comprador lê")
    )


def delivery_notes(plan: PlanDetail) -> list[Content]:
    """Why a plan that is sold could not be delivered today."""
    kind = kinds.get(plan.form.product_kind)
    if plan.status != PlanStatus.FOR_SALE or kind is None or kind.fault is None:
        return []
    found = kind.fault(plan.form.spec)
    return [Note("warn", found[1], title=_("Não pode ser entregue."))] if found else []


def facts_card(plan: PlanDetail, *, may_write: bool) -> Card:
    form = plan.form
    product_url = reverse("workspace:catalog_product", args=[plan.product_id])
    product: Content = Link(form.product_name, product_url) if may_write else form.product_name
    pairs = [
        Pair(_("Produto"), product),
        Pair(
            _("Unidades disponíveis"),
            _("Sem fim") if form.stock is None else number(form.stock),
        ),
        Pair(_("Vendas"), number(plan.sold)),
        *spec_pairs(plan),
        *_goes_with(plan),
    ]
    if plan.retired_at:
        pairs.append(Pair(_("Fora de venda desde"), TimeText(plan.retired_at)))
    return Card([KeyValues(pairs)], title=_("Sobre o plano"))


def _goes_with(plan: PlanDetail) -> list[Pair]:
    """Of an add-on, what it is sold onto."""
    kind = kinds.get(plan.form.product_kind)
    if kind is None or not kind.is_addon:
        return []
    named = ", ".join(plan_names(plan.form.goes_with))
    return [
        Pair(_("Vai com"), named or _("Todos os planos")),
        Pair(_("Quantos por assinatura"), number(plan.form.max_quantity)),
    ]


def spec_pairs(plan: PlanDetail) -> list[Pair]:
    kind = kinds.get(plan.form.product_kind)
    if kind is None:
        return []
    said = plan.form.spec
    return [
        Pair(field.label, Mono(said[field.key]) if said.get(field.key) else NOTHING)
        for field in kind.fields
    ]


def plan_actions(plan: PlanDetail) -> list[Content]:
    if plan.retired_at:
        return []
    return [
        LinkButton(_("Editar"), plan_url(plan.id, "plan_edit"), icon="pencil"),
        LinkButton(
            _("Mudar preços"), plan_url(plan.id, "plan_prices"), icon="tag", variant="primary"
        ),
        _retire_dialog(plan),
    ]


def _retire_dialog(plan: PlanDetail) -> ConfirmDialog:
    return ConfirmDialog(
        "retirar",
        Button(_("Tirar de venda"), icon="ban", variant="ghost"),
        _("Tirar %(plan)s de venda?") % {"plan": plan.form.name},
        [
            _(
                "O plano sai da vitrine de vez e não muda mais. Quem já o tem continua com ele, "
                "pelo preço que contratou. Para uma pausa, edite e oculte o plano."
            )
        ],
        _("Tirar de venda"),
        plan_url(plan.id, "plan_retire"),
    )
