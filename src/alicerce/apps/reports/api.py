"""The endpoint about reports: the same figures as on the pages."""

from datetime import date
from typing import Any, Literal

from ninja import Field, Query, Schema

from alicerce.apps.billing import public as billing
from alicerce.apps.reports.queries.reports import report
from alicerce.apps.reports.types import Figure, Ratio, Report, ReportName, Span, Value
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.routing import Endpoints

router = Endpoints(tags=["Reports"])


class FigureOut(Schema):
    """Um número e o do período anterior; o que não se pode dizer é nulo."""

    code: str = Field(examples=["mrr"])
    value: int | None = Field(
        description="Centavos, quantidade ou centésimos de por cento, como diz `unit`."
    )
    before: int | None
    unit: Literal["cents", "count", "basis_points"]


class ReportCellOut(Schema):
    """Uma célula da tabela."""

    code: str = Field(description="A coluna.", examples=["new"])
    value: int | str | None


class ReportRowOut(Schema):
    """Uma linha da tabela: um mês, uma faixa, um plano."""

    cells: list[ReportCellOut]


class ReportOut(Schema):
    """Um relatório de meses inteiros, em uma moeda."""

    object: Literal["report"]
    name: ReportName
    currency: str = Field(examples=["BRL"])
    first_day: date
    last_day: date
    figures: list[FigureOut]
    rows: list[ReportRowOut]


class ReportQuery(Schema):
    month: str | None = Field(
        None,
        pattern=r"^\d{4}-(0[1-9]|1[0-2])$",
        description="O último mês (AAAA-MM); este, sem ele.",
    )
    months: Literal[1, 3, 6, 12] = Field(1, description="Quantos meses, até esse.")
    currency: str = Field("BRL", pattern=r"^[A-Z]{3}$", description="Só o que é nesta moeda.")


@router.get(
    "/reports/{slug:name}",
    response=ReportOut,
    operation_id="getReport",
    summary="Mostrar um relatório",
)
@requires("billing:read")
def get_report(request: Request, name: ReportName, asked: Query[ReportQuery]) -> Answer:
    """Os números do período, os do período anterior e a tabela. As fórmulas estão na documentação."""
    today = now().astimezone(billing.zone()).date()
    month = date.fromisoformat(f"{asked.month}-01") if asked.month else today.replace(day=1)
    span = Span(month, asked.months, asked.currency)
    return Answer(_record(report(name, span, today=today), span))


def _record(found: Report, span: Span) -> dict[str, Any]:
    return {
        "object": "report",
        "name": found.name,
        "currency": span.currency,
        "first_day": span.first,
        "last_day": span.last,
        "figures": [_figure(one) for one in found.figures],
        "rows": [{"cells": _cells(found, row)} for row in found.rows],
    }


def _figure(one: Figure) -> dict[str, Any]:
    return {
        "code": one.code,
        "value": _plain(one.value),
        "before": _plain(one.before),
        "unit": _unit(one),
    }


def _unit(one: Figure) -> str:
    if isinstance(one.value, Ratio) or one.code in {"customer_churn", "revenue_churn"}:
        return "basis_points"
    if one.code.endswith("share"):
        return "basis_points"
    return "count" if isinstance(one.value, int) else "cents"


def _cells(found: Report, row: Any) -> list[dict[str, Any]]:
    return [
        {"code": column.code, "value": _plain(cell.value)}
        for column, cell in zip(found.columns, row, strict=True)
    ]


def _plain(value: Value) -> int | str | None:
    if isinstance(value, Money):
        return value.cents
    if isinstance(value, Ratio):
        return value.basis_points
    return value.isoformat() if isinstance(value, date) else value
