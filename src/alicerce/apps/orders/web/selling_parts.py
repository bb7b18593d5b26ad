"""What the pages of an order for a customer are made of."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.catalog.types import ItemKind, StorefrontPlan
from alicerce.apps.customers.types import CustomerDetail
from alicerce.apps.orders.services.preview_sale import SalePreview
from alicerce.apps.orders.types import TermsWay
from alicerce.apps.orders.web.components import by_use, choosing_fields, quote_card
from alicerce.apps.orders.web.selling_forms import PAYING, SellingForm
from alicerce.kernel.brazil import display_domain
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day, money
from alicerce.ui.forms import Form, FormErrors, form_field
from alicerce.ui.layout import Card, Crumb, Row
from alicerce.ui.page import Page
from alicerce.ui.panels import EmptyState, KeyValues, Pair
from alicerce.ui.plans import CYCLES
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge

MONEY = ("preco", "desconto")


def plan_url(customer_id: UUID, plan_id: UUID) -> str:
    return f"{_here(customer_id)}?plano={plan_id}"


def _here(customer_id: UUID) -> str:
    return reverse("workspace:order_new", args=[customer_id])


def plans_page(customer: CustomerDetail, plans: Sequence[StorefrontPlan]) -> Page:
    empty = EmptyState(
        _("Nada à venda ainda"), _("Os planos aparecem aqui quando forem publicados.")
    )
    table = Table(
        _("Planos"),
        [Column(_("Plano"), "name"), Column(_("Preços")), Column(_("Ação"))],
        [_plan_row(customer, plan) for plan in plans],
        empty=empty,
    )
    return _page(customer, _("Novo pedido"), [table])


def _plan_row(customer: CustomerDetail, plan: StorefrontPlan) -> TableRow:
    said = [f"{money(one.amount)} {str(CYCLES[one.cycle]).lower()}" for one in plan.prices]
    choose: Content = LinkButton(
        _("Escolher %(plan)s") % {"plan": plan.name},
        plan_url(customer.id, plan.plan_id),
        size="sm",
    )
    if plan.is_sold_out:
        choose = Badge("", _("Esgotado"))
    name = Cell(plan.full_name, "", plan.summary)
    return TableRow([name, " · ".join(said), choose])


def form_page(customer: CustomerDetail, form: SellingForm) -> Page:
    ask = Form(
        plan_url(customer.id, form.plan.plan_id),
        [
            *choosing_fields(form, form.plan),
            *(form_field(form[name]) for one in form.addons for name, _f in one.fields()),
            form_field(form["domain"]),
            *(form_field(form[name]) for name in form.asked),
            *_repricing(form),
            form_field(form["inicio"], span=3),
            *(form_field(form[name], span=3) for name in ("servidor",) if name in form.fields),
            form_field(form["pagamento"]),
            *(form_field(form[name]) for name in ("termos", "motivo_termos") if form.terms),
        ],
        [
            Button(_("Conferir o pedido"), variant="primary", size="lg"),
            LinkButton(_("Escolher outro plano"), _here(customer.id), size="lg"),
        ],
        FormErrors(form) if form.errors else "",
    )
    title = _("Pedir %(plan)s") % {"plan": form.plan.name}
    body = [Card([ask]), *by_use(form.plan.plan_id)]
    return _page(customer, title, body, status=422 if form.errors else 200)


def _repricing(form: SellingForm) -> list[Content]:
    """Only for who may change a price."""
    if "preco" not in form.fields:
        return []
    prices = [form_field(form[name], span=3, prefix="R$") for name in MONEY]
    return [*prices, form_field(form["motivo_preco"])]


def confirm_page(customer: CustomerDetail, form: SellingForm, shown: SalePreview) -> Page:
    here = reverse("workspace:order_confirm", args=[customer.id])
    order = Button(_("Fazer o pedido"), variant="primary", size="lg")
    place = PostButton(order, here, {"seen": shown.seen})
    back = LinkButton(_("Voltar"), plan_url(customer.id, form.plan.plan_id), size="lg")
    pairs = [Pair(label, words) for label, words in (*_agreed(customer, form), *_when(shown))]
    body: list[Content] = [
        quote_card(
            shown.quote, shown.taxes, shown.addons, is_later=shown.starts_on is not None
        ),
        *by_use(form.plan.plan_id),
        Card([KeyValues(pairs), Row([place, back])], title=_("Sobre o pedido")),
    ]
    return _page(customer, _("Conferir o pedido"), body)


def facts(
    customer: CustomerDetail, form: SellingForm, shown: SalePreview
) -> list[tuple[Any, Any]]:
    """Of a sale at another price: what the catalog asks for, what is asked for instead, and why."""
    sale, given = form.sale(), form.cleaned_data
    found = [*_agreed(customer, form), *_when(shown)]
    if sale.plan_cents is not None:
        agreed = next(item for item in shown.quote.items if item.kind == ItemKind.PLAN)
        words = f"{money(shown.quote.plan.amount)} → {money(agreed.unit)}"
        found.append((_("Preço do plano"), words))
    if sale.off_cents and shown.quote.discount:
        found.append((_("Desconto na primeira cobrança"), money(shown.quote.discount.amount)))
    return [
        *found,
        (
            _("Total da primeira fatura") if shown.starts_on else _("Total agora"),
            money(shown.due_now),
        ),
        (_("Motivo"), given["motivo_preco"]),
    ]


def _when(shown: SalePreview) -> list[tuple[Any, Any]]:
    """When and where, as far as somebody said so."""
    where = [(_("Servidor"), shown.place.name)] if shown.place else []
    if shown.starts_on is None or shown.invoice_on is None:
        return where
    return [
        *where,
        (_("Começa em"), day(shown.starts_on)),
        (_("Fatura emitida em"), day(shown.invoice_on)),
        (_("Fatura vence em"), day(shown.starts_on)),
    ]


def _agreed(customer: CustomerDetail, form: SellingForm) -> list[tuple[Any, Any]]:
    sale, given = form.sale(), form.cleaned_data
    cycle = next(one.cycle for one in form.plan.prices if str(one.price_id) == given["price"])
    found: list[tuple[Any, Any]] = [
        (_("Cliente"), customer.profile.name),
        (_("Plano"), f"{form.plan.full_name} · {CYCLES[cycle]}"),
        (_("Domínio"), display_domain(given["domain"])),
        *_answered(form),
        (_("Como é pago"), PAYING[form.way]),
    ]
    if sale.terms == TermsWay.LATER:
        found.append((_("Termos de venda"), _("O cliente aceita na página do pedido")))
    if form.terms and sale.terms == TermsWay.ALREADY:
        words = _("Versão %(version)s · %(reason)s")
        said = {"version": form.terms.version, "reason": sale.terms_reason}
        found.append((_("Termos de venda"), words % said))
    return found


def _answered(form: SellingForm) -> list[tuple[Any, Any]]:
    """What the plan asks, as it will be kept."""
    said = [(form[name], form.cleaned_data.get(name)) for name in form.asked]
    return [(bound.label, _chosen(bound, value)) for bound, value in said if value]


def _chosen(bound: BoundField, value: str) -> str:
    """By the words that were chosen from, where there were some."""
    return str(dict(getattr(bound.field, "choices", ())).get(value, value))


def _page(
    customer: CustomerDetail, title: str, body: list[Content], *, status: int = 200
) -> Page:
    name = customer.profile.name
    return Page(
        title,
        "workspace",
        body,
        lead=name,
        breadcrumbs=[
            Crumb(_("Clientes"), reverse("workspace:customers")),
            Crumb(name, reverse("workspace:customer", args=[customer.id])),
            Crumb(_("Novo pedido"), _here(customer.id)),
        ],
        width="narrow",
        status=status,
    )
