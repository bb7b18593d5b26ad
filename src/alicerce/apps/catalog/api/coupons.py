"""The endpoints about coupons."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema
from pydantic import AwareDatetime

from alicerce.apps.catalog import permissions as may
from alicerce.apps.catalog.queries.coupons import coupon_record, coupon_rows
from alicerce.apps.catalog.rules import MOST_CENTS, MOST_CYCLES, MOST_REDEMPTIONS, WHOLE_BP
from alicerce.apps.catalog.services.make_coupon import make_coupon, retire_coupon
from alicerce.apps.catalog.types import CouponForm, CouponKind
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, created
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.routing import Endpoints, Input, refusing

router = Endpoints(tags=["Coupons"])


class CouponOut(Schema):
    """Um desconto que o comprador pede com um código."""

    object: Literal["coupon"]
    id: UUID
    code: str = Field(examples=["NATAL10"])
    kind: CouponKind
    percent_bp: int | None = Field(description="Centésimos de um por cento: 1000 são 10%.")
    amount_cents: int | None
    currency: str = Field(examples=["BRL"])
    cycles: int | None = Field(description="Em quantas cobranças vale; nulo é em todas.")
    starts_at: datetime | None
    ends_at: datetime | None
    max_redemptions: int | None
    redeemed: int
    once_per_customer: bool
    plan_ids: list[UUID] = Field(description="Vazio: vale para todos os planos.")
    retired_at: datetime | None
    created_at: datetime


class CouponListOut(ListOut):
    """Uma página de cupons."""

    data: list[CouponOut]


class CouponIn(Input):
    """Um cupom novo. O que ele desconta não muda depois."""

    code: str = Field(min_length=2, max_length=32, examples=["NATAL10"])
    kind: CouponKind
    percent_bp: int | None = Field(
        None, ge=1, le=WHOLE_BP, description="Centésimos de um por cento: 1000 são 10%."
    )
    amount_cents: int | None = Field(None, ge=1, le=MOST_CENTS)
    currency: str = Field("BRL", pattern=r"^[A-Z]{3}$")
    cycles: int | None = Field(None, ge=1, le=MOST_CYCLES)
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    max_redemptions: int | None = Field(None, ge=1, le=MOST_REDEMPTIONS)
    once_per_customer: bool = False
    plan_ids: list[UUID] = Field([], max_length=100)


@router.get(
    "/coupons", response=CouponListOut, operation_id="listCoupons", summary="Listar cupons"
)
@requires(may.READ)
def list_coupons(request: Request, asked: Query[ListQuery]) -> Answer:
    """Os cupons, do mais novo para o mais antigo, com quantas vezes cada um foi usado."""
    return Answer(coupon_rows(asked.window()))


@router.post(
    "/coupons",
    response={201: CouponOut},
    operation_id="createCoupon",
    summary="Criar um cupom",
)
@requires(may.WRITE)
@refusing((409, "coupon_taken"), (422, "bad_coupon_form"))
def post_coupon(request: Request, wanted: CouponIn) -> Answer:
    """Cria um cupom: de porcentagem (`percent_bp`) ou de valor fixo (`amount_cents`)."""
    given = wanted.dict(exclude={"code", "max_redemptions", "plan_ids"})
    form = CouponForm(
        **given,
        code=wanted.code.upper(),
        most=wanted.max_redemptions,
        plan_ids=tuple(wanted.plan_ids),
    )
    coupon_id = make_coupon(form=form, at=now())
    return created(coupon_record(coupon_id), location=f"/v1/coupons/{coupon_id}")


@router.get(
    "/coupons/{uuid:coupon_id}",
    response=CouponOut,
    operation_id="getCoupon",
    summary="Mostrar um cupom",
)
@requires(may.READ)
def get_coupon(request: Request, coupon_id: UUID) -> Answer:
    """Um cupom, e quantas vezes foi usado."""
    return Answer(coupon_record(coupon_id))


@router.post(
    "/coupons/{uuid:coupon_id}/retire",
    response=CouponOut,
    operation_id="retireCoupon",
    summary="Encerrar um cupom",
)
@requires(may.WRITE)
def post_retire_coupon(request: Request, coupon_id: UUID) -> Answer:
    """O cupom não vale mais em pedidos novos. Repetir não muda nada."""
    retire_coupon(coupon_id=coupon_id, at=now())
    return Answer(coupon_record(coupon_id))
