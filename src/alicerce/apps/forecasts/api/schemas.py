"""What programs send and are told about forecasts."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from alicerce.apps.catalog.types import Cycle
from alicerce.apps.forecasts.types import (
    MOST_MONTHS,
    Assumption,
    ForecastState,
    HappeningKind,
    Measure,
    Side,
)
from alicerce.apps.taxes.types import Manner, TaxKind, Withholding
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.routing import Input

Sorting = Literal["day", "-day"]


class PriceChangeIn(Input):
    """Um plano com outro preço: um aumento em centésimos de por cento, ou um valor em centavos."""

    plan_id: UUID
    since: date = Field(description="Períodos que começam neste dia ou depois.")
    percent_bp: int | None = Field(None, ge=-10_000, le=100_000, examples=[1000])
    amount_cents: int | None = Field(
        None, ge=0, le=100_000_000, description="Precisa do ciclo."
    )
    cycle: Cycle | None = Field(None, description="Só os deste ciclo.")
    currency: str = Field("BRL", pattern=r"^[A-Z]{3}$")


class TaxChangeIn(Input):
    """Um imposto a mais, ou outro no lugar de um que existe."""

    instead_of: UUID | None = Field(None, description="O imposto que acaba na véspera.")
    name: str = Field(min_length=1, max_length=40, examples=["ISS"])
    kind: TaxKind
    rate_ppm: int = Field(gt=0, lt=1_000_000, description="Em milionésimos: 50000 é 5 %.")
    manner: Manner
    starts_on: date
    withholding: Withholding = Withholding.NEVER
    state: str = Field("", pattern=r"^([A-Z]{2})?$")
    city_code: str = Field("", pattern=r"^(\d{7})?$")
    customer_kind: Literal["", "person", "company"] = ""
    service_code: str = Field("", pattern=r"^(\d{6})?$")


class LadderRungIn(Input):
    """Um passo da régua que se quer experimentar."""

    offset_days: int = Field(ge=-60, le=365)
    kind: Literal["invoice", "reminder", "banner", "suspend_web", "suspend_all", "end"]


class WhatIfIn(Input):
    """O que seria diferente. Sem nada, a previsão é uma só."""

    price: PriceChangeIn | None = None
    tax: TaxChangeIn | None = None
    ladder: list[LadderRungIn] | None = Field(
        None, description="Os passos da régua padrão; os horários são os de hoje."
    )


class ForecastIn(Input):
    """Quantos meses à frente, quem paga, e o que seria diferente."""

    months: int = Field(12, ge=1, le=MOST_MONTHS)
    assumption: Assumption = Field(
        Assumption.DUE,
        description="`due`: todos no vencimento; `nobody`: ninguém; `cards`: só cartões "
        "guardados; `habit`: como cada cliente costuma.",
    )
    what_if: WhatIfIn | None = None


class ForecastMonthOut(Schema):
    """O que um mês soma, em uma moeda, como está e com a mudança."""

    month: date
    measure: Measure
    currency: str = Field(description="Vazia no que não é dinheiro.")
    base_count: int
    base_cents: int
    changed_count: int
    changed_cents: int


class ForecastOut(Schema):
    """Uma previsão da cobrança. Nada dela foi enviado, cobrado ou suspenso."""

    object: Literal["forecast"]
    id: UUID
    state: ForecastState
    months: int
    assumption: Assumption
    changes: list[Literal["price", "tax", "ladder"]] = Field(
        description="O que seria diferente."
    )
    begins_at: datetime
    until: date
    created_at: datetime
    finished_at: datetime | None
    customers: int = Field(description="Clientes já calculados.")
    total: int = Field(description="Clientes a calcular.")
    invoices: int
    happenings: int
    sums: list[ForecastMonthOut] = Field(description="Vazia até ficar pronta.")


class ForecastListOut(ListOut):
    """Uma página de previsões."""

    data: list[ForecastOut]


class ForecastLineOut(Schema):
    """Uma linha de uma fatura prevista."""

    description: str
    quantity: int
    unit_cents: int
    kind: str = Field(examples=["plan"])
    subscription_id: UUID | None
    starts_on: date | None
    ends_on: date | None


class ForecastInvoiceOut(Schema):
    """Uma fatura como seria, ou uma que já estava em aberto."""

    object: Literal["forecast_invoice"]
    id: UUID
    side: Side = Field(description="Em qual das duas contas ela está: `both`, nas duas.")
    customer_id: UUID
    ref: str = Field(description="O nome dela na previsão, igual nas duas contas.")
    invoice_id: UUID | None = Field(description="A fatura de verdade, se já existia.")
    issued_on: date
    due_on: date
    paid_on: date | None
    currency: str = Field(examples=["BRL"])
    total_cents: int
    tax_cents: int
    withheld_cents: int
    lines: list[ForecastLineOut]


class ForecastInvoiceListOut(ListOut):
    """Uma página de faturas previstas."""

    data: list[ForecastInvoiceOut]


class ForecastHappeningOut(Schema):
    """Um e-mail, uma cobrança, um pagamento, uma suspensão: o que aconteceria."""

    object: Literal["forecast_happening"]
    id: UUID
    side: Side
    customer_id: UUID
    at: datetime
    kind: HappeningKind
    what: str = Field(description="O modelo do e-mail, o alcance da suspensão, quem pagou.")
    step: str = Field(description="O passo da régua.")
    ref: str = Field(description="A fatura da previsão.")
    subscription_id: UUID | None
    cents: int
    currency: str


class ForecastHappeningListOut(ListOut):
    """Uma página de acontecimentos previstos."""

    data: list[ForecastHappeningOut]


class ForecastInvoiceQuery(ListQuery):
    orders = {"day": ("issued_on", "id")}

    sort: Sorting = Field("day", description="Pelo dia da emissão.")  # type: ignore[assignment]
    side: Side | None = Field(None, description="Só as desta conta, e as que são das duas.")
    customer_id: UUID | None = Field(None, description="Só deste cliente.")
    different: bool = Field(default=False, description="Só as que não são iguais nas duas.")


class ForecastHappeningQuery(ForecastInvoiceQuery):
    orders = {"day": ("on", "id")}

    kind: HappeningKind | None = Field(None, description="Só deste tipo.")
