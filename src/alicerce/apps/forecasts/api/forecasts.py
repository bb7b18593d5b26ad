"""The endpoints about forecasts: ask for one, watch it, and read its rows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from ninja import Query

from alicerce.apps.dunning import public as dunning
from alicerce.apps.dunning.types import LadderSpec, Rung, StepKind
from alicerce.apps.forecasts import permissions as may
from alicerce.apps.forecasts.api.schemas import (
    ForecastHappeningListOut,
    ForecastHappeningQuery,
    ForecastIn,
    ForecastInvoiceListOut,
    ForecastInvoiceQuery,
    ForecastListOut,
    ForecastOut,
    LadderRungIn,
    WhatIfIn,
)
from alicerce.apps.forecasts.queries import records
from alicerce.apps.forecasts.services.run import ask_forecast, cancel_forecast
from alicerce.apps.forecasts.types import (
    NewForecast,
    PriceChange,
    TaxChange,
    WhatIf,
)
from alicerce.apps.taxes.types import TaxSpec
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, accepted
from alicerce.kernel.rest.listing import ListQuery
from alicerce.kernel.rest.routing import Endpoints, refusing

router = Endpoints(tags=["Forecasts"])


@router.post(
    "/forecasts",
    response={202: ForecastOut},
    operation_id="createForecast",
    summary="Fazer uma previsão da cobrança",
)
@requires(may.WRITE)
@refusing((409, "forecast_in_progress"), (422, "bad_what_if"))
def post_forecast(request: Request, asked: ForecastIn) -> Answer:
    """Calcula em segundo plano, sem enviar nada. `forecast.ready` diz quando se pode ler."""
    what_if = _what_if(asked.what_if) if asked.what_if else WhatIf()
    wanted = NewForecast(asked.months, asked.assumption, what_if)
    forecast_id = ask_forecast(wanted=wanted, at=now())
    row = records.forecast_record(forecast_id)
    return accepted(row, location=f"/v1/forecasts/{forecast_id}")


@router.get(
    "/forecasts",
    response=ForecastListOut,
    operation_id="listForecasts",
    summary="Listar previsões",
)
@requires(may.READ)
def list_forecasts(request: Request, asked: Query[ListQuery]) -> Answer:
    """As que ainda não foram apagadas: cada uma vive 30 dias."""
    return Answer(records.forecast_rows(asked.window()))


@router.get(
    "/forecasts/{uuid:forecast_id}",
    response=ForecastOut,
    operation_id="getForecast",
    summary="Mostrar uma previsão",
)
@requires(may.READ)
@refusing((404, "no_such_forecast"))
def get_forecast(request: Request, forecast_id: UUID) -> Answer:
    """Até onde chegou e, pronta, as somas de cada mês."""
    return Answer(records.forecast_record(forecast_id))


@router.post(
    "/forecasts/{uuid:forecast_id}/cancel",
    response=ForecastOut,
    operation_id="cancelForecast",
    summary="Parar uma previsão",
)
@requires(may.WRITE)
@refusing((404, "no_such_forecast"), (409, "forecast_over"))
def post_cancel(request: Request, forecast_id: UUID) -> Answer:
    """O que já foi calculado fica, sem as somas."""
    cancel_forecast(forecast_id=forecast_id, at=now())
    return Answer(records.forecast_record(forecast_id))


@router.get(
    "/forecasts/{uuid:forecast_id}/invoices",
    response=ForecastInvoiceListOut,
    operation_id="listForecastInvoices",
    summary="Listar faturas previstas",
)
@requires(may.READ)
@refusing((404, "no_such_forecast"))
def list_invoices(
    request: Request, forecast_id: UUID, asked: Query[ForecastInvoiceQuery]
) -> Answer:
    """Cada fatura com as suas linhas e impostos, pelo dia da emissão."""
    return Answer(
        records.invoice_rows(
            forecast_id,
            asked.window(),
            side=asked.side,
            customer_id=asked.customer_id,
            different=asked.different,
        )
    )


@router.get(
    "/forecasts/{uuid:forecast_id}/happenings",
    response=ForecastHappeningListOut,
    operation_id="listForecastHappenings",
    summary="Listar acontecimentos previstos",
)
@requires(may.READ)
@refusing((404, "no_such_forecast"))
def list_happenings(
    request: Request, forecast_id: UUID, asked: Query[ForecastHappeningQuery]
) -> Answer:
    """E-mails, cobranças, pagamentos, suspensões e encerramentos, pelo dia."""
    return Answer(
        records.happening_rows(
            forecast_id,
            asked.window(),
            side=asked.side,
            customer_id=asked.customer_id,
            different=asked.different,
            kind=asked.kind,
        )
    )


def _what_if(said: WhatIfIn) -> WhatIf:
    return WhatIf(
        price=PriceChange(**said.price.dict()) if said.price else None,
        tax=_tax(said.tax.dict()) if said.tax else None,
        ladder=_ladder(said.ladder) if said.ladder is not None else None,
    )


def _tax(said: dict[str, Any]) -> TaxChange:
    instead_of = said.pop("instead_of")
    country = "BR" if said["state"] or said["city_code"] else ""
    return TaxChange(TaxSpec(**said, country=country), instead_of)


def _ladder(steps: Sequence[LadderRungIn]) -> LadderSpec:
    rungs = tuple(
        Rung(
            dunning.key_of(StepKind(one.kind), one.offset_days),
            one.offset_days,
            StepKind(one.kind),
        )
        for one in steps
    )
    return LadderSpec(dunning.default_ladder().spec.terms, rungs)
