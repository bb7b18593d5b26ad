"""Rows of a forecast as tables."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from alicerce.apps.forecasts.types import (
    DifferenceRow,
    ForecastCard,
    HappeningRow,
    InvoiceRow,
    Side,
)
from alicerce.apps.forecasts.web.components import NOTHING, url
from alicerce.apps.forecasts.web.words import (
    KINDS,
    SIDES,
    detail_of,
)
from alicerce.kernel.access import Request
from alicerce.kernel.money import Money
from alicerce.ui.formats import day, money
from alicerce.ui.panels import EmptyState
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Link, MoneyText, TimeText


def invoices_table(
    request: Request, one: ForecastCard, rows: Sequence[InvoiceRow], *, newer: str, older: str
) -> Table:
    heads = [
        Column(_("Cliente"), "name"),
        *([Column(_("Livro"), "status")] if one.compares else []),
        Column(_("Emitida em")),
        Column(_("Vence em")),
        Column(_("Paga em")),
        Column(_("Impostos"), "number"),
        Column(_("Total"), "number"),
    ]
    return Table(
        _("Faturas previstas"),
        heads,
        [
            TableRow(
                [
                    Cell(
                        who(request, row.customer),
                        url("forecast_customer", one.id, row.customer_id),
                        "; ".join(str(line["description"]) for line in row.lines) or row.ref,
                    ),
                    *([side_badge(row.side)] if one.compares else []),
                    day(row.issued_on),
                    day(row.due_on),
                    day(row.paid_on) if row.paid_on else NOTHING,
                    money(Money(row.tax_cents, row.currency)),
                    MoneyText(Money(row.total_cents, row.currency)),
                ]
            )
            for row in rows
        ],
        empty=EmptyState(_("Nenhuma fatura"), _("Escolha outro mês."), icon="file-text"),
        newer=newer,
        older=older,
    )


def happenings_table(
    request: Request,
    one: ForecastCard,
    rows: Sequence[HappeningRow],
    *,
    newer: str = "",
    older: str = "",
) -> Table:
    heads = [
        Column(_("O que acontece"), "name"),
        *([Column(_("Livro"), "status")] if one.compares else []),
        Column(_("Quando")),
        Column(_("Cliente")),
        Column(_("Fatura")),
        Column(_("Valor"), "number"),
    ]
    return Table(
        _("Acontecimentos previstos"),
        heads,
        [
            TableRow(
                [
                    Cell(str(KINDS[row.kind]), "", detail_of(row)),
                    *([side_badge(row.side)] if one.compares else []),
                    TimeText(row.at),
                    Link(
                        who(request, row.customer),
                        url("forecast_customer", one.id, row.customer_id),
                    ),
                    row.ref or NOTHING,
                    MoneyText(Money(row.cents, row.currency)) if row.currency else NOTHING,
                ]
            )
            for row in rows
        ],
        empty=EmptyState(_("Nada"), _("Escolha outro mês ou outro tipo."), icon="clock"),
        newer=newer,
        older=older,
    )


def differences_table(
    request: Request,
    one: ForecastCard,
    rows: Sequence[DifferenceRow],
    *,
    newer: str,
    older: str,
) -> Table:
    return Table(
        _("Diferença por cliente"),
        [
            Column(_("Cliente"), "name"),
            Column(str(SIDES[Side.BASE]), "number"),
            Column(str(SIDES[Side.CHANGED]), "number"),
            Column(_("Diferença"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(
                        who(request, row.customer),
                        url("forecast_customer", one.id, row.customer_id, so="diferentes"),
                    ),
                    money(Money(row.base.cents, row.currency)),
                    money(Money(row.changed.cents, row.currency)),
                    MoneyText(Money((row.changed - row.base).cents, row.currency)),
                ]
            )
            for row in rows
        ],
        empty=EmptyState(
            _("Nenhuma fatura muda"), _("As duas contas são iguais ao centavo."), icon="check"
        ),
        newer=newer,
        older=older,
    )


def who(request: Request, name: str) -> str:
    """The name, of who may read customers."""
    return name if name and "customers:read" in request.permissions else _("Cliente")


def side_badge(side: Side) -> Badge:
    words = {
        Side.BOTH: Badge("", _("nos dois")),
        Side.BASE: Badge("warn", SIDES[Side.BASE]),
        Side.CHANGED: Badge("info", SIDES[Side.CHANGED]),
    }
    return words[side]
