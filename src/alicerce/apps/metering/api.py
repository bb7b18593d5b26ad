"""The endpoints about what is counted, and what was used."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime

from alicerce.apps.billing.types.prices import Scheme
from alicerce.apps.catalog import public as catalog
from alicerce.apps.metering import permissions as may
from alicerce.apps.metering.queries.usage import meters_of
from alicerce.apps.metering.rules import LONGEST, MOST_QUANTITY, MOST_RECORDS, MOST_TIERS
from alicerce.apps.metering.services.meters import add_meter, retire_meter
from alicerce.apps.metering.services.record_usage import record_usage
from alicerce.apps.metering.types import (
    Aggregation,
    Fate,
    MeterCard,
    MeterForm,
    NewRecord,
    TierForm,
)
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, Row, created
from alicerce.kernel.rest.routing import Endpoints, Input, refusing

router = Endpoints(tags=["Usage"])
Unit = Annotated[str, Field(pattern=r"^\d{1,9}(\.\d{1,6})?$", examples=["0.5"])]


class MeterTierOut(Schema):
    """Uma faixa: até quantas unidades, e quantos centavos custa cada uma."""

    up_to: int | None = Field(description="Nulo na última; num `package`, o tamanho do pacote.")
    unit: str = Field(description="Centavos por unidade, com até seis casas.", examples=["0.5"])
    flat: int = Field(description="Centavos somados quando a faixa começa.")


class MeterOut(Schema):
    """O que um plano mede, e quanto isso custa."""

    object: Literal["meter"]
    id: UUID
    plan_id: UUID
    key: str = Field(examples=["requests"])
    name: str = Field(examples=["Requisições"])
    unit: str = Field(examples=["requisição"])
    aggregation: Aggregation
    scheme: Scheme
    tiers: list[MeterTierOut]
    currency: str = Field(examples=["BRL"])
    retired_at: datetime | None


class MeterListOut(Schema):
    """Os medidores em uso de um plano."""

    object: Literal["list"]
    data: list[MeterOut]


class MeterTierIn(Input):
    """Uma faixa. Num `package`, `up_to` é o tamanho do pacote e `unit` o preço dele."""

    up_to: int | None = Field(None, ge=1, le=MOST_QUANTITY)
    unit: Unit
    flat: int = Field(0, ge=0, le=100_000_000)


class MeterIn(Input):
    """Um medidor novo. Ele não muda depois: encerra-se, e cria-se outro."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", examples=["requests"])
    name: str = Field(min_length=1, max_length=80)
    unit: str = Field(min_length=1, max_length=20)
    aggregation: Aggregation = Aggregation.SUM
    scheme: Scheme = Scheme.FLAT
    tiers: list[MeterTierIn] = Field(min_length=1, max_length=MOST_TIERS)
    currency: str = Field("BRL", pattern=r"^[A-Z]{3}$")


class UsageRecordIn(Input):
    """Quanto se usou, e quando. O identificador é seu: repetido, é o mesmo registro."""

    identifier: str = Field(min_length=1, max_length=LONGEST["identifier"])
    subscription_id: UUID
    meter: str = Field(description="A chave do medidor.", max_length=40, examples=["requests"])
    quantity: int = Field(ge=0, le=MOST_QUANTITY)
    happened_at: AwareDatetime


class UsageIn(Input):
    """Até mil registros."""

    records: list[UsageRecordIn] = Field(min_length=1, max_length=MOST_RECORDS)


class RecordReceiptOut(Schema):
    """O que foi feito de um registro."""

    identifier: str
    status: Fate
    code: str | None = Field(
        description="Por que foi recusado: `no_such_subscription`, `subscription_ended`, "
        "`no_such_meter`, `quantity_too_large`, `in_the_future`, `before_start`, `too_late`, `identifier_reused`."
    )


class UsageReceiptOut(Schema):
    """O que foi feito de cada registro, na ordem em que vieram."""

    object: Literal["usage_receipt"]
    accepted: int
    known: int
    refused: int
    records: list[RecordReceiptOut]


@router.post(
    "/usage-records",
    response=UsageReceiptOut,
    operation_id="recordUsage",
    summary="Registrar uso medido",
)
@requires(may.WRITE)
def post_usage(request: Request, wanted: UsageIn) -> Answer:
    """Guarda cada registro uma vez. O que chega depois da fatura entra na seguinte, por até 35 dias."""
    receipts = record_usage(
        records=[NewRecord(**record.dict()) for record in wanted.records], at=now()
    )
    fates = [receipt.fate for receipt in receipts]
    rows = [
        {"identifier": one.identifier, "status": one.fate, "code": one.code or None}
        for one in receipts
    ]
    counts = {fate.value: fates.count(fate) for fate in Fate}
    return Answer({"object": "usage_receipt", **counts, "records": rows})


@router.get(
    "/plans/{uuid:plan_id}/meters",
    response=MeterListOut,
    operation_id="listMeters",
    summary="Listar os medidores de um plano",
)
@requires("catalog:read")
@refusing((404, "no_such_plan"))
def list_meters(request: Request, plan_id: UUID) -> Answer:
    """O que o plano mede hoje."""
    catalog.require_plan(plan_id)
    return Answer({"object": "list", "data": [_row(card) for card in meters_of(plan_id)]})


@router.post(
    "/plans/{uuid:plan_id}/meters",
    response={201: MeterOut},
    operation_id="createMeter",
    summary="Criar um medidor",
)
@requires("catalog:write")
@refusing((404, "no_such_plan"), (409, "meter_taken"), (422, "bad_meter"))
def post_meter(request: Request, plan_id: UUID, wanted: MeterIn) -> Answer:
    """O plano passa a medir; quem já o tem passa a pagar pelo que usar daqui em diante."""
    given = wanted.dict()
    tiers = tuple(TierForm(**tier) for tier in given.pop("tiers"))
    currency = given.pop("currency")
    form = MeterForm(**given, tiers=tiers)
    card = add_meter(plan_id=plan_id, form=form, currency=currency, at=now())
    return created(_row(card), location=f"/v1/plans/{plan_id}/meters")


@router.post(
    "/meters/{uuid:meter_id}/retire",
    response=MeterOut,
    operation_id="retireMeter",
    summary="Encerrar um medidor",
)
@requires("catalog:write")
@refusing((404, "no_such_meter"))
def post_retire_meter(request: Request, meter_id: UUID) -> Answer:
    """Nada mais se registra nele; o que já foi registrado ainda é cobrado. Repetir não muda nada."""
    return Answer(_row(retire_meter(meter_id=meter_id, at=now())))


def _row(card: MeterCard) -> Row:
    form = card.form
    return {
        "object": "meter",
        "id": card.id,
        "plan_id": card.plan_id,
        "key": form.key,
        "name": form.name,
        "unit": form.unit,
        "aggregation": form.aggregation,
        "scheme": form.scheme,
        "tiers": [
            {"up_to": tier.up_to, "unit": tier.unit, "flat": tier.flat} for tier in form.tiers
        ],
        "currency": card.currency,
        "retired_at": card.retired_at,
    }
