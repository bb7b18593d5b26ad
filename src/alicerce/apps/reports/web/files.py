"""A table of a report as a file: for spreadsheets, and on paper."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from tempfile import SpooledTemporaryFile

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
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
SOME = 1_000
"""Lines that are written together."""
IN_MEMORY = 1_000_000
"""Bytes of a file, until it goes to a disk."""
PRINTED = 2_000
"""Rows that anybody wants on paper."""
Table = tuple[Sequence[Column], Sequence[Sequence[Cell]]]


def csv(name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> FileResponse:
    """Written while it is read: of however many rows, few are in memory."""
    paper = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  the response closes it
    heads = [word(column.code) for column in columns]
    paper.write((MARK + as_csv([heads], delimiter=";")).encode())
    waiting = iter(rows)
    while some := list(islice(waiting, SOME)):
        lines = ([text(*pair) for pair in zip(row, columns, strict=True)] for row in some)
        paper.write(as_csv(lines, delimiter=";").encode())
    paper.seek(0)
    return FileResponse(
        paper,
        as_attachment=True,
        filename=f"{name}.csv",
        content_type="text/csv; charset=utf-8",
    )


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
        Letterhead(tenant.name, tenant.brand_color, tenancy.letterhead_mark()),
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
