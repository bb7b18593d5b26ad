"""What the pages of reports are made of."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alicerce.apps.reports.types import Behind, Cell, Column, Report, ReportName, Rows, Span
from alicerce.apps.reports.web.asking import LENGTHS, currencies, months
from alicerce.apps.reports.web.words import NO_DATA, REPORTS, compared, month, shown, word
from alicerce.kernel.access import Request
from alicerce.kernel.money import Money
from alicerce.ui.buttons import LinkButton
from alicerce.ui.charts import Bar, BarChart
from alicerce.ui.component import Content
from alicerce.ui.forms import Filters, FilterSelect
from alicerce.ui.layout import Card, View, Views
from alicerce.ui.links import here
from alicerce.ui.panels import EmptyState, Note, Stat, StatStrip
from alicerce.ui.tables import Column as Head
from alicerce.ui.tables import Table, TableRow
from alicerce.ui.texts import Link

STRIP = 4
SHOWN = 200
"""Rows on a page; the file has them all."""
PLACES = {
    "customer": ("workspace:customer", "customers:read"),
    "invoice": ("workspace:invoice", "billing:read"),
    "subscription": ("workspace:subscription", "billing:read"),
    "plan": ("workspace:plan_cost", "billing:manage"),
}
"""Where a thing is opened, and who may."""


def all_rows(found: Report) -> list[Sequence[Cell]]:
    return [*found.rows, found.sums] if found.sums else list(found.rows)


def views(request: Request, chosen: ReportName) -> Views:
    query = here(request).partition("?")[2]
    return Views(
        [
            View(
                words,
                f"{reverse('workspace:report', args=[name])}?{query}".rstrip("?"),
                current=name == chosen,
            )
            for name, (words, _lead) in REPORTS.items()
        ],
        _("Relatórios"),
    )


def period(request: Request, span: Span) -> Filters:
    lengths = [
        (str(by), ngettext("%(by)d mês", "%(by)d meses", by) % {"by": by}) for by in LENGTHS
    ]
    selects = [
        FilterSelect(
            "mes",
            _("Até o mês"),
            [(f"{one:%Y-%m}", month(one)) for one in months()],
            f"{span.last_month:%Y-%m}",
        ),
        FilterSelect("por", _("Meses"), lengths, str(span.months)),
    ]
    offered = currencies()
    if len(offered) > 1:
        choices = [(one, one) for one in offered]
        selects.append(FilterSelect("moeda", _("Moeda"), choices, span.currency))
    return Filters(request.path, selects=selects)


def strips(request: Request, found: Report) -> list[Content]:
    stats = [
        Stat(
            word(one.code),
            shown(one.value),
            compared(one.before),
            url=_rows_url(request, found.name, one.behind),
        )
        for one in found.figures
    ]
    return [StatStrip(stats[at : at + STRIP]) for at in range(0, len(stats), STRIP)]


def chart(found: Report) -> list[Content]:
    if found.drawn is None or not found.rows:
        return []
    column = found.columns[found.drawn]
    bars = [
        Bar(
            _short(row[0], found.columns[0]),
            _size(row[found.drawn]),
            shown(row[found.drawn].value),
        )
        for row in found.rows
    ]
    return [Card([BarChart(word(column.code), bars)], title=word(column.code))]


def _short(cell: Cell, column: Column) -> str:
    if isinstance(cell.value, date):
        return f"{cell.value:%m/%y}"
    return shown(cell.value, column)


def _size(cell: Cell) -> int:
    return cell.value.cents if isinstance(cell.value, Money) else 0


def report_table(request: Request, found: Report) -> Table:
    return Table(
        str(REPORTS[found.name][0]),
        _heads(found.columns),
        [_row(request, found.name, found.columns, row) for row in all_rows(found)],
        empty=EmptyState(_("Nada neste período"), _("Escolha outros meses."), icon="file-text"),
    )


def rows_table(request: Request, found: Rows) -> Table:
    return Table(
        _("Linhas"),
        _heads(found.columns),
        [_row(request, None, found.columns, row) for row in found.rows[:SHOWN]],
        empty=EmptyState(_("Nenhuma linha"), _("O número é zero."), icon="file-text"),
    )


def _heads(columns: Sequence[Column]) -> list[Head]:
    kinds = {"name": "name", "text": "text"}
    return [Head(word(one.code), kinds.get(one.kind, "number")) for one in columns]  # type: ignore[arg-type]


def _row(
    request: Request, name: ReportName | None, columns: Sequence[Column], row: Sequence[Cell]
) -> TableRow:
    return TableRow(
        [_cell(request, name, cell, column) for cell, column in zip(row, columns, strict=True)]
    )


def _cell(request: Request, name: ReportName | None, cell: Cell, column: Column) -> Content:
    words = shown(cell.value, column)
    if cell.thing and cell.thing[0] in PLACES:
        view, permission = PLACES[cell.thing[0]]
        if permission in request.permissions:
            return Link(words, reverse(view, args=[cell.thing[1]]))
    url = _rows_url(request, name, cell.behind)
    return Link(words, url) if url else words


def _rows_url(request: Request, name: ReportName | None, behind: Behind | None) -> str:
    if name is None or behind is None:
        return ""
    query = {"o": str(behind)}
    if request.GET.get("moeda"):
        query["moeda"] = request.GET["moeda"]
    return f"{reverse('workspace:report_rows', args=[name])}?{urlencode(query)}"


def notes(request: Request, found: Report) -> list[Content]:
    if found.name == ReportName.MARGIN and any(row[3].value is None for row in found.rows):
        words = _("Abra um plano para dizer quanto custa por mês cada serviço dele.")
        return [Note("info", words)]
    if found.name == ReportName.TAX and not found.rows[0][1:-1]:
        words = _("Nenhum lançamento de imposto nestes meses: %(none)s.")
        return [Note("info", words % {"none": NO_DATA})]
    return []


def file_button(request: Request, view: str, args: Sequence[str], words: str) -> LinkButton:
    query = here(request).partition("?")[2]
    url = reverse(f"workspace:{view}", args=args)
    return LinkButton(words, f"{url}?{query}".rstrip("?"), icon="download")
