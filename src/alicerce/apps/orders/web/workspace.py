"""Orders as a company's people see them on the page of a customer."""

from uuid import UUID

from django.utils.translation import gettext as _

from alicerce.apps.orders.queries import orders_of
from alicerce.ui.component import Content
from alicerce.ui.status import ORDER, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import MoneyText, TimeText


def customer_orders(customer_id: UUID, *, empty: Content) -> Table:
    """The latest of them."""
    return Table(
        _("Pedidos"),
        [
            Column(_("Pedido"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Total"), "number"),
            Column(_("Feito")),
        ],
        [
            TableRow(
                [
                    Cell(
                        _("Pedido nº %(number)s") % {"number": order.number},
                        "",
                        order.description,
                    ),
                    badge(ORDER, order.status),
                    MoneyText(order.total),
                    TimeText(order.placed_at),
                ]
            )
            for order in orders_of(customer_id)
        ],
        empty=empty,
    )
