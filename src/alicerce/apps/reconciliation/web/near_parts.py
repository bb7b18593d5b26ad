"""What a line of the bank nearly is, with the gap spelled out, and the button that says what became of it."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.reconciliation import permissions
from alicerce.apps.reconciliation.queries.arrivals import near_lines, near_payouts
from alicerce.apps.reconciliation.types import LineView, NearLine
from alicerce.apps.reconciliation.web.words import WHY
from alicerce.kernel.access import Request
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, ConfirmDialog
from alicerce.ui.component import Content
from alicerce.ui.formats import day, money
from alicerce.ui.layout import Section
from alicerce.ui.panels import Pair
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, MoneyText


def near_of_line(request: Request, line: LineView) -> list[Content]:
    """Nothing where no payout is near."""
    rows = [
        _row(
            request,
            one,
            Cell(
                one.payout_name,
                reverse("workspace:payout", args=[one.payout_id]),
                str(WHY[one.why]),
            ),
            [day(one.payout_on), MoneyText(one.told)],
        )
        for one in near_payouts(line)
    ]
    return _section(request, _("Repasses de outro valor"), _("Repasse"), rows)


def near_of_payout(request: Request, payout_id: UUID) -> list[Content]:
    rows = [
        _row(
            request,
            one,
            Cell(
                one.line_name,
                reverse("workspace:bank_line", args=[one.line_id]),
                str(WHY[one.why]),
            ),
            [day(one.line_on), MoneyText(one.came)],
        )
        for one in near_lines(payout_id)
    ]
    return _section(request, _("Linhas do extrato de outro valor"), _("Linha"), rows)


def rest_of_match(line: LineView) -> list[Pair]:
    if not line.match_rest_cents:
        return []
    rest = Money(line.match_rest_cents, line.amount.currency)
    return [Pair(_("Lançado como tarifa do banco"), MoneyText(rest))]


def _section(
    request: Request, title: str, name: str, rows: Sequence[TableRow]
) -> list[Content]:
    may = permissions.MANAGE in request.permissions
    columns = [
        Column(name, "name"),
        Column(_("Dia")),
        Column(_("Valor"), "number"),
        Column(_("Diferença"), "status"),
        *([Column(_("Ação"), "actions")] if may else []),
    ]
    return [Section(title, [Table(title, columns, rows)])] if rows else []


def _row(request: Request, one: NearLine, name: Cell, told: Sequence[Content]) -> TableRow:
    cells: list[Content] = [name, *told, Badge("warn", _gap(one))]
    if permissions.MANAGE in request.permissions:
        cells.append(_deed(one) if one.bookable else _("É demais para uma tarifa: explique"))
    return TableRow(cells)


def _gap(one: NearLine) -> str:
    words = _("falta %(amount)s") if one.gap_cents > 0 else _("sobra %(amount)s")
    return words % {"amount": money(one.apart)}


def _deed(one: NearLine) -> ConfirmDialog:
    amounts = {
        "told": money(one.told),
        "came": money(one.came),
        "rest": money(one.apart),
        "payout": one.payout_name,
    }
    body = (
        _(
            "O repasse %(payout)s é de %(told)s e no banco entraram %(came)s. A diferença de %(rest)s "
            "vai para o razão como tarifa do banco. Desfazer a ligação desfaz as duas coisas."
        )
        if one.gap_cents > 0
        else _(
            "O repasse %(payout)s é de %(told)s e no banco entraram %(came)s. A sobra de %(rest)s vai "
            "para o razão como tarifa que o banco devolveu. Desfazer a ligação desfaz as duas coisas."
        )
    )
    return ConfirmDialog(
        id=f"resto-{one.line_id}-{one.payout_id}",
        button=Button(_("Ligar e lançar o resto"), size="sm"),
        title=_("Ligar a este repasse?"),
        body=[body % amounts],
        confirm=_("Ligar e lançar o resto"),
        action=reverse("workspace:bank_line_rest", args=[one.line_id]),
        hidden={"payout": str(one.payout_id), "gap": str(one.gap_cents)},
    )
