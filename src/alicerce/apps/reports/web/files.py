"""A table of a report as a file: for spreadsheets, and on paper."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alicerce.apps.reports.types import Cell, Column
from alicerce.apps.reports.web.words import shown, text, word
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request
from alicerce.kernel.press import PressFailed
from alicerce.kernel.spreadsheets import as_csv
from alicerce.ui.paper import PDF, Letterhead, Sheet, SheetColumn, SheetTable, printed

MARK = "\ufeff"
Table = tuple[Sequence[Column], Sequence[Sequence[Cell]]]


def csv(name: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> HttpResponse:
    lines = [
        [word(column.code) for column in columns],
        *([text(*pair) for pair in zip(row, columns, strict=True)] for row in rows),
    ]
    response = HttpResponse(
        MARK + as_csv(lines, delimiter=";"), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def sheet(
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    pairs: Sequence[tuple[str, str]],
    figures: Sequence[tuple[str, str]] = (),
) -> Sheet:
    """In the language of whoever asks."""
    tenant = tenancy.tenant_card()
    told = [
        SheetColumn(word(column.code), "name" if column.kind == "name" else "number")
        for column in columns
    ]
    lines = [
        [shown(cell.value, column) for cell, column in zip(row, columns, strict=True)]
        for row in rows
    ]
    tables = [SheetTable(told, lines)]
    if figures:
        heads = [SheetColumn(_("Número"), "name"), SheetColumn(_("Valor"), "number")]
        tables.insert(0, SheetTable(heads, figures))
    return Sheet(
        title,
        Letterhead(tenant.name, tenant.brand_color),
        (get_language() or "pt").partition("-")[0],
        pairs=pairs,
        tables=tables,
        foot=tenant.legal_name,
    )


def press_file(
    name: str, make: Callable[[], Sheet], *, asked: Request, back: str
) -> HttpResponse:
    """Outside of transactions; where it cannot be made now, back to the page."""
    try:
        body = printed(make())
    except PressFailed as failed:
        messages.error(asked, str(failed))
        return HttpResponseRedirect(back)
    response = HttpResponse(body, content_type=PDF)
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
