"""Rows of a forecast as a file for spreadsheets."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from alicerce.apps.forecasts.types import DifferenceRow, HappeningRow, InvoiceRow, Leaf
from alicerce.apps.forecasts.web.words import KINDS, SIDES, detail_of
from alicerce.kernel.spreadsheets import as_csv

MARK, CHUNK, MOST = "\ufeff", 5_000, 100_000
"""A spreadsheet opens so many rows; whoever needs more reads them by API."""


def all_rows(read: Callable[[str, int], Leaf]) -> list[Any]:
    """Page by page, as far as a spreadsheet goes."""
    found: list[Any] = []
    after = ""
    while len(found) < MOST:
        leaf = read(after, CHUNK)
        found += leaf.rows
        after = leaf.next_after
        if not after:
            break
    return found


def csv(name: str, lines: Sequence[Sequence[str]]) -> HttpResponse:
    body = MARK + as_csv(lines, delimiter=";")
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def invoice_lines(rows: Sequence[InvoiceRow]) -> list[list[str]]:
    """A line of the file for each line of an invoice."""
    heads = [
        _("Cliente"), _("Livro"), _("Fatura"), _("Emitida em"), _("Vence em"), _("Paga em"),
        _("Moeda"), _("Total"), _("Impostos"), _("Descrição"), _("Quantidade"), _("Unitário"),
    ]  # fmt: skip
    return [heads, *(_line(row, line) for row in rows for line in row.lines or [{}])]


def _line(row: InvoiceRow, line: Mapping[str, Any]) -> list[str]:
    unit = line.get("unit_cents")
    return [
        row.customer,
        str(SIDES[row.side]) if row.side != "both" else "",
        row.ref,
        row.issued_on.isoformat(),
        row.due_on.isoformat(),
        row.paid_on.isoformat() if row.paid_on else "",
        row.currency,
        decimal(row.total_cents),
        decimal(row.tax_cents),
        str(line.get("description", "")),
        str(line.get("quantity", "")),
        decimal(unit) if isinstance(unit, int) else "",
    ]


def happening_lines(rows: Sequence[HappeningRow]) -> list[list[str]]:
    heads = [
        _("Quando"), _("Cliente"), _("Livro"), _("O que acontece"), _("Detalhe"), _("Fatura"),
        _("Valor"), _("Moeda"),
    ]  # fmt: skip
    return [
        heads,
        *(
            [
                row.on.isoformat(),
                row.customer,
                str(SIDES[row.side]) if row.side != "both" else "",
                str(KINDS[row.kind]),
                detail_of(row),
                row.ref,
                decimal(row.cents) if row.currency else "",
                row.currency,
            ]
            for row in rows
        ),
    ]


def difference_lines(rows: Sequence[DifferenceRow]) -> list[list[str]]:
    heads = [_("Cliente"), _("Moeda"), _("Como está"), _("Com a mudança"), _("Diferença")]
    return [
        heads,
        *(
            [
                row.customer,
                row.currency,
                decimal(row.base.cents),
                decimal(row.changed.cents),
                decimal((row.changed - row.base).cents),
            ]
            for row in rows
        ),
    ]


def decimal(cents: int) -> str:
    """As spreadsheets of this country read numbers."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100},{abs(cents) % 100:02}"
