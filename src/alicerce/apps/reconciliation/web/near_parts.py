"""What a line of the bank nearly is, with the gap spelled out, and the button that says what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.reconciliation import permissions
from alicerce.apps.reconciliation.queries.arrivals import near_lines, near_payouts
from alicerce.apps.reconciliation.types import End, LineView, Near
from alicerce.apps.reconciliation.web.sum_parts import COUNTED
from alicerce.apps.reconciliation.web.words import WHY, Words
from alicerce.kernel.access import Request
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, ConfirmDialog
from alicerce.ui.component import Content
from alicerce.ui.formats import day, money
from alicerce.ui.layout import Section
from alicerce.ui.panels import Pair
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, MoneyText


@dataclass(frozen=True, slots=True)
class _Other:
    """What is looked for from one end: what the other is called, where its page is, how much it is."""

    title: Words
    column: Words
    place: str
    end: Callable[[Near], End]
    amount: Callable[[Near], Money]


PAYOUTS = _Other(
    gettext_lazy("Repasses de outro valor"),
    gettext_lazy("Repasse"),
    "workspace:payout",
    attrgetter("payout"),
    attrgetter("payout.amount"),
)
LINES = _Other(
    gettext_lazy("Linhas do extrato de outro valor"),
    gettext_lazy("Linha"),
    "workspace:bank_line",
    attrgetter("line"),
    attrgetter("came"),
)


def near_of_line(request: Request, line: LineView) -> list[Content]:
    """Nothing where no payout is near."""
    return _section(request, PAYOUTS, near_payouts(line))


def near_of_payout(request: Request, payout_id: UUID) -> list[Content]:
    return _section(request, LINES, near_lines(payout_id))


def rest_of(cents: int, currency: str) -> list[Pair]:
    """Nothing where both were the same amount."""
    rest = MoneyText(Money(cents, currency))
    return [Pair(_("Lançado como tarifa do banco"), rest)] if cents else []


def _section(request: Request, other: _Other, found: Sequence[Near]) -> list[Content]:
    may = permissions.MANAGE in request.permissions
    columns = [
        Column(other.column, "name"),
        Column(_("Dia")),
        Column(_("Valor"), "number"),
        Column(_("Diferença"), "status"),
        *([Column(_("Ação"), "actions")] if may else []),
    ]
    rows = [_row(other, one, may=may) for one in found]
    return [Section(other.title, [Table(other.title, columns, rows)])] if rows else []


def _row(other: _Other, one: Near, *, may: bool) -> TableRow:
    end = other.end(one)
    why = " · ".join([str(WHY[one.why]), *_together(one)])
    cells: list[Content] = [
        Cell(end.name, reverse(other.place, args=[end.id]), why),
        day(end.on),
        MoneyText(other.amount(one)),
        Badge("warn", _gap(one)),
    ]
    if may:
        cells.append(_deed(one) if one.bookable else _("É demais para uma tarifa: explique"))
    return TableRow(cells)


def _together(one: Near) -> list[str]:
    """Of how many lines it is the sum, and of which amounts."""
    if len(one.lines) == 1:
        return []
    words = _("%(count)s linhas: %(amounts)s")
    amounts = " + ".join(money(line.amount) for line in one.lines)
    return [words % {"count": len(one.lines), "amounts": amounts}]


def _gap(one: Near) -> str:
    words = _("falta %(amount)s") if one.gap_cents > 0 else _("sobra %(amount)s")
    return words % {"amount": money(one.apart)}


def _deed(one: Near) -> ConfirmDialog:
    amounts = {
        "told": money(one.payout.amount),
        "came": money(one.came),
        "rest": money(one.apart),
        "payout": one.payout.name,
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
        id=f"resto-{one.line.id}-{one.payout.id}",
        button=Button(_("Ligar e lançar o resto"), size="sm"),
        title=_("Ligar a este repasse?"),
        body=[body % amounts],
        confirm=_("Ligar e lançar o resto"),
        action=reverse("workspace:bank_line_rest", args=[one.line.id]),
        hidden={
            "payout": str(one.payout.id),
            "gap": str(one.gap_cents),
            COUNTED: ",".join(str(line.id) for line in one.lines),
        },
    )
