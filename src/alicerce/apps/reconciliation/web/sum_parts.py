"""What a line of the bank may be the sum of, and which lines a payout may have come in, on their pages."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alicerce.apps.reconciliation import permissions
from alicerce.apps.reconciliation.queries.sums import (
    parts_of_line,
    sums_of_line,
    sums_of_payout,
)
from alicerce.apps.reconciliation.types import Item, LineView, PayoutView, Together
from alicerce.apps.reconciliation.web.words import SUMS
from alicerce.kernel.access import Request
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, PostButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day
from alicerce.ui.layout import Section
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import MoneyText

MOST_SHOWN = 50
COUNTED = "subjects"


def line_sums(request: Request, line: LineView) -> list[Content]:
    """Nothing where no sum fits: most lines are one thing."""
    action = reverse("workspace:bank_line_sum", args=[line.id])
    found = sums_of_line(line)
    return [
        _suggested(request, one, title=_payments(one), action=action, currency=line.amount)
        for one in found
    ]


def payout_sums(request: Request, payout: PayoutView) -> list[Content]:
    action = reverse("workspace:payout_lines", args=[payout.id])
    return [
        _suggested(request, one, title=_lines(one), action=action, currency=payout.amount)
        for one in sums_of_payout(payout.id)
    ]


def matched_parts(line: LineView) -> list[Content]:
    if line.match_parts <= 1:
        return []
    items = parts_of_line(line.id)
    title = ngettext("%(count)s parte", "%(count)s partes", line.match_parts)
    return [Section(title % {"count": line.match_parts}, [_table(items, line.amount)])]


def read_subjects(request: Request) -> list[UUID]:
    """Raises ValueError."""
    said = request.POST.get(COUNTED, "")
    return [UUID(one) for one in said.split(",") if one]


def _suggested(
    request: Request, one: Together, *, title: str, action: str, currency: Money
) -> Section:
    said = {COUNTED: ",".join(str(item.id) for item in one.items)}
    may = permissions.MANAGE in request.permissions
    label = Button(_("É a soma destas"), size="sm")
    aside: Content = PostButton(label, action, said) if may else ""
    return Section(f"{title} · {SUMS[one.why]}", [_table(one.items, currency)], aside)


def _payments(one: Together) -> str:
    words = ngettext("%(count)s movimento", "%(count)s movimentos", len(one.items))
    return words % {"count": len(one.items)}


def _lines(one: Together) -> str:
    words = ngettext("%(count)s linha", "%(count)s linhas", len(one.items))
    return words % {"count": len(one.items)}


def _table(items: Sequence[Item], currency: Money) -> Table:
    rows = [
        TableRow(
            [
                Cell(item.name),
                day(item.on),
                MoneyText(Money(item.cents, currency.currency)),
            ]
        )
        for item in items[:MOST_SHOWN]
    ]
    if left := len(items) - len(rows):
        rest = sum(item.cents for item in items[MOST_SHOWN:])
        words = ngettext("e mais %(count)s", "e mais %(count)s", left) % {"count": left}
        rows.append(TableRow([Cell(words), "", MoneyText(Money(rest, currency.currency))]))
    return Table(
        _("De que é a soma"),
        [Column(_("Nome"), "name"), Column(_("Dia")), Column(_("Valor"), "number")],
        rows,
    )
