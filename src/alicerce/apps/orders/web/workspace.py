"""Orders as a company's people see them: the list, those of one customer, and the parts of one order."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.customers import public as customers
from alicerce.apps.orders import permissions
from alicerce.apps.orders.queries import orders_of
from alicerce.apps.orders.services.asked_for import discount_words
from alicerce.apps.orders.types import LineView, OrderDetail, OrderRow
from alicerce.apps.orders.web.components import item_words
from alicerce.apps.orders.web.words import CAUSES, LINE, METHODS
from alicerce.kernel.access import Request
from alicerce.kernel.money import Money
from alicerce.kernel.rest.answers import Row
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content, Words
from alicerce.ui.formats import day, money
from alicerce.ui.layout import Card
from alicerce.ui.panels import KeyValues, Pair
from alicerce.ui.plans import CYCLES
from alicerce.ui.status import ORDER, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Link, MoneyText, TimeText

NOTHING = "–"


def order_url(order_id: UUID) -> str:
    return reverse("workspace:order", args=[order_id])


def order_name(number: int) -> str:
    return _("Pedido nº %(number)s") % {"number": number}


def customer_orders(customer_id: UUID, *, empty: Content) -> Table:
    """The latest of them."""
    return Table(
        _("Pedidos"),
        [
            Column(_("Nº do pedido"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Total"), "number"),
            Column(_("Pedido em")),
        ],
        [
            TableRow(
                [
                    Cell(order_name(order.number), order_url(order.id), order.description),
                    badge(ORDER, order.status),
                    MoneyText(order.total),
                    TimeText(order.placed_at),
                ]
            )
            for order in orders_of(customer_id)
        ],
        empty=empty,
    )


def orders_table(
    request: Request, orders: Sequence[OrderRow], *, empty: Content, newer: str, older: str
) -> Table:
    """Their customers' names come in one query, for who may read them."""
    may_name = "customers:read" in request.permissions
    names = customers.customers_by_id({o.customer_id for o in orders}) if may_name else {}
    return Table(
        _("Pedidos"),
        [
            Column(_("Nº do pedido"), "name"),
            Column(_("Estado"), "status"),
            *([Column(_("Cliente"))] if may_name else []),
            Column(_("Pagamento"), "extra"),
            Column(_("Total"), "number"),
            Column(_("Pedido em")),
        ],
        [
            TableRow(
                [
                    Cell(order_name(order.number), order_url(order.id), order.description),
                    badge(ORDER, order.status),
                    *([_customer_link(order.customer_id, names)] if may_name else []),
                    METHODS.get(order.paid_by, NOTHING),
                    MoneyText(order.total),
                    TimeText(order.placed_at),
                ]
            )
            for order in orders
        ],
        empty=empty,
        newer=newer,
        older=older,
    )


def _customer_link(customer_id: UUID, names: Mapping[UUID, Row]) -> Content:
    found = names.get(customer_id)
    name = found["name"] if found else NOTHING
    return Link(name, reverse("workspace:customer", args=[customer_id]))


def items_card(order: OrderDetail) -> Card:
    table = Table(
        _("Itens"),
        [
            Column(_("Item"), "name"),
            Column(_("Entrega"), "status"),
            Column(_("Cobrança")),
            Column(_("Valor"), "number"),
        ],
        [_item(line) for line in order.lines],
    )
    return Card([table], title=_("Itens"))


def _item(line: LineView) -> TableRow:
    cycle = CYCLES.get(line.cycle, line.cycle)
    return TableRow(
        [
            Cell(line.description, detail=_parts(line)),
            badge(LINE, line.status),
            cycle,
            MoneyText(line.amount),
        ]
    )


def _parts(line: LineView) -> str:
    """Where it was sold to live, and what makes up the amount, where that is more than the plan."""
    where = [_("Servidor: %(name)s") % {"name": line.server}] if line.server else []
    if len(line.items) == 1 and not line.discount:
        return "".join(where)
    currency = line.amount.currency
    parts = [f"{item_words(item)} {money(Money(item.cents, currency))}" for item in line.items]
    said = [*where, *parts]
    if line.discount:
        words = discount_words(code=line.discount.code)
        said.append(f"{words} {money(Money(-line.discount.cents, currency))}")
    return " · ".join(said)


def order_facts(
    order: OrderDetail, *, customer: Content, name_of: Callable[[str], Words]
) -> Card:
    pairs = [
        Pair(_("Cliente"), customer),
        Pair(_("Total"), MoneyText(order.total)),
        Pair(_("Pagamento"), METHODS.get(order.paid_by, NOTHING)),
        Pair(_("Pedido em"), TimeText(order.placed_at)),
        *_placed(order, name_of),
        *_starting(order),
        *_trial(order),
        *_agreed(order),
        *_ending(order),
        Pair(
            _("Página do cliente"),
            Link(_("Abrir como ele vê"), reverse("site:order", args=[order.token])),
        ),
    ]
    return Card([KeyValues(pairs)], title=_("Sobre o pedido"))


def _starting(order: OrderDetail) -> list[Pair]:
    """Of what does not begin with its payment."""
    if order.starts_on is None:
        return []
    pairs = [Pair(_("Começa em"), day(order.starts_on))]
    if order.invoice_on:
        pairs.append(Pair(_("A fatura sai em"), day(order.invoice_on)))
    return pairs


def _trial(order: OrderDetail) -> list[Pair]:
    if not order.trial_days:
        return []
    words = _("%(days)s dias de teste") % {"days": order.trial_days}
    if order.is_unpaid:
        words = _("%(days)s dias, quando o comprador confirmar o e-mail") % {
            "days": order.trial_days
        }
    return [Pair(_("Teste"), words)]


def _placed(order: OrderDetail, name_of: Callable[[str], Words]) -> list[Pair]:
    """Who ordered for the customer, and why at another price."""
    pairs = [Pair(_("Feito por"), name_of(order.placed_by))] if order.placed_by else []
    if order.price_reason:
        pairs.append(Pair(_("Motivo do preço"), order.price_reason))
    return pairs


def _agreed(order: OrderDetail) -> list[Pair]:
    if order.asks_terms:
        return [Pair(_("Termos aceitos"), _("ainda não: o cliente aceita na página do pedido"))]
    if order.terms_version is None:
        return []
    words = _("versão %(version)s") % {"version": order.terms_version}
    pairs = [Pair(_("Termos aceitos"), words)]
    if order.terms_reason:
        pairs.append(Pair(_("Como aceitou"), order.terms_reason))
    return [*pairs, *_evidence(order)]


def _evidence(order: OrderDetail) -> list[Pair]:
    """As the place says where the customer agreed."""
    said = order.evidence
    if said is None:
        return []
    pairs = [Pair(_("Aceitou em"), TimeText(said.at))]
    if who := " · ".join(filter(None, [said.by, said.address])):
        pairs.append(Pair(_("Quem aceitou"), who))
    return pairs


def _ending(order: OrderDetail) -> list[Pair]:
    pairs: list[Pair] = []
    if order.completed_at:
        pairs.append(Pair(_("Concluído"), TimeText(order.completed_at)))
    if order.canceled_at:
        pairs.append(Pair(_("Cancelado"), TimeText(order.canceled_at)))
        pairs.append(Pair(_("Por quê"), CAUSES.get(order.cancel_cause, NOTHING)))
    if order.cancel_reason:
        pairs.append(Pair(_("Motivo"), order.cancel_reason))
    return pairs


def order_actions(request: Request, order: OrderDetail) -> list[Content]:
    if not order.is_unpaid or permissions.CANCEL not in request.permissions:
        return []
    url = reverse("workspace:order_cancel", args=[order.id])
    return [LinkButton(_("Cancelar pedido"), url, icon="ban", variant="danger")]
