"""The endpoints about having subscriptions pay the price of their plan that is in force."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.catalog.types import Cycle
from alicerce.apps.subscriptions import permissions as may
from alicerce.apps.subscriptions.queries.move_pages import move_record, move_rows
from alicerce.apps.subscriptions.queries.price_moves import preview_move
from alicerce.apps.subscriptions.services.move_prices import (
    cancel_price_move as call_off,
)
from alicerce.apps.subscriptions.services.move_prices import schedule_price_move
from alicerce.apps.subscriptions.types.price_moves import MoveForm, MovePreview, MoveStatus
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, Row
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.routing import Endpoints, Input, refusing

router = Endpoints(tags=["Subscriptions"])
REFUSALS = ((404, "no_such_price"), (422, "bad_price_move"))


class PriceMovePreviewIn(Input):
    """Quem passa a pagar o preço em vigor, e a partir de quando."""

    price_id: UUID = Field(description="O preço em vigor do plano.")
    first_on: date = Field(description="Vale na primeira renovação desse dia em diante.")
    from_price_ids: list[UUID] = Field(
        [], max_length=100, description="Versões antigas desse preço; vazio são todas."
    )


class PriceMoveIn(PriceMovePreviewIn):
    """O reajuste que foi mostrado: quantas assinaturas, e quanto elas somam depois."""

    reason: str = Field(min_length=1, max_length=300, examples=["Custos de energia."])
    expected_count: int = Field(ge=1, description="O `subscriptions` que foi mostrado.")
    expected_after_cents: int = Field(
        ge=0, description="O `after_cents` que foi mostrado; se mudou, nada é feito."
    )


class PriceMovePreviewOut(Schema):
    """O que um reajuste faria, ao centavo. Nada foi feito ainda."""

    object: Literal["price_move_preview"]
    price_id: UUID
    from_price_ids: list[UUID]
    cycle: Cycle
    amount_cents: int
    currency: str = Field(examples=["BRL"])
    first_on: date
    notice_days: int = Field(description="Quantos dias antes, no mínimo, o cliente é avisado.")
    subscriptions: int
    customers: int
    before_cents: int = Field(description="O que elas somam hoje, em um ciclo.")
    after_cents: int
    monthly_before_cents: int
    monthly_after_cents: int
    first_effective_on: date | None
    last_effective_on: date | None
    own_price: int = Field(description="Ficam de fora: têm preço próprio.")
    leaving: int = Field(description="Ficam de fora: já vão terminar.")
    in_another: int = Field(description="Ficam de fora: estão em outro reajuste.")


class PriceMoveProgressOut(Schema):
    """Até onde um reajuste chegou, em assinaturas."""

    told: int = Field(description="Quantas tiveram o aviso enviado.")
    applied: int = Field(description="Quantas já foram faturadas pelo novo preço.")
    left: int = Field(description="Quantas terminaram ou mudaram de plano antes.")
    waiting: int
    withdrawn: int


class PriceMoveOut(Schema):
    """Um reajuste agendado."""

    object: Literal["price_move"]
    id: UUID
    status: MoveStatus
    price_id: UUID
    from_price_ids: list[UUID]
    cycle: Cycle
    currency: str = Field(examples=["BRL"])
    first_on: date
    notice_days: int
    reason: str
    subscriptions: int
    customers: int
    before_cents: int
    after_cents: int
    monthly_before_cents: int
    monthly_after_cents: int
    progress: PriceMoveProgressOut
    asked_at: datetime
    canceled_at: datetime | None


class PriceMoveListOut(ListOut):
    """Uma página de reajustes."""

    data: list[PriceMoveOut]


@router.post(
    "/price-moves/preview",
    response=PriceMovePreviewOut,
    operation_id="previewPriceMove",
    summary="Mostrar o que um reajuste faria",
)
@requires(may.WRITE)
@refusing(*REFUSALS)
def preview_price_move(request: Request, wanted: PriceMovePreviewIn) -> Answer:
    """Quantas assinaturas, quanto somam antes e depois, e quem fica de fora. Não muda nada."""
    return Answer(_shown(preview_move(form=_form(wanted), at=now())))


@router.post(
    "/price-moves",
    response={201: PriceMoveOut},
    operation_id="createPriceMove",
    summary="Agendar um reajuste",
)
@requires(may.WRITE)
@refusing(
    *REFUSALS,
    (409, "nobody_to_move"),
    (409, "preview_outdated"),
    (422, "reason_required"),
)
def create_price_move(request: Request, wanted: PriceMoveIn) -> Answer:
    """Pelos valores mostrados. Cada cliente é avisado por e-mail antes, uma vez só."""
    move_id = schedule_price_move(
        form=_form(wanted),
        reason=wanted.reason,
        expected_after_cents=wanted.expected_after_cents,
        expected_count=wanted.expected_count,
        at=now(),
    )
    return Answer(move_record(move_id), status=201)


@router.get(
    "/price-moves",
    response=PriceMoveListOut,
    operation_id="listPriceMoves",
    summary="Listar reajustes",
)
@requires("billing:read")
def list_price_moves(request: Request, asked: Query[ListQuery]) -> Answer:
    """Os reajustes agendados, do mais novo para o mais antigo, e até onde chegaram."""
    return Answer(move_rows(asked.window()))


@router.get(
    "/price-moves/{uuid:price_move_id}",
    response=PriceMoveOut,
    operation_id="getPriceMove",
    summary="Mostrar um reajuste",
)
@requires("billing:read")
@refusing((404, "no_such_price_move"))
def get_price_move(request: Request, price_move_id: UUID) -> Answer:
    """Um reajuste, com quantas assinaturas já foram avisadas e quantas já pagam o novo preço."""
    return Answer(move_record(price_move_id))


@router.post(
    "/price-moves/{uuid:price_move_id}/cancel",
    response=PriceMoveOut,
    operation_id="cancelPriceMove",
    summary="Cancelar um reajuste",
)
@requires(may.WRITE)
@refusing((404, "no_such_price_move"))
def cancel_price_move(request: Request, price_move_id: UUID) -> Answer:
    """Vale para quem ainda não foi faturado pelo novo preço. Repetir não muda nada."""
    call_off(move_id=price_move_id, at=now())
    return Answer(move_record(price_move_id))


def _form(wanted: PriceMovePreviewIn) -> MoveForm:
    return MoveForm(wanted.price_id, wanted.first_on, tuple(wanted.from_price_ids))


def _shown(shown: MovePreview) -> Row:
    sums = shown.sums
    return {
        "object": "price_move_preview",
        "price_id": shown.price_id,
        "from_price_ids": list(shown.from_price_ids),
        "cycle": shown.cycle,
        "amount_cents": shown.amount.cents,
        "currency": shown.amount.currency,
        "first_on": shown.first_on,
        "notice_days": shown.notice_days,
        "subscriptions": sums.subscriptions,
        "customers": sums.customers,
        "before_cents": sums.before.cents,
        "after_cents": sums.after.cents,
        "monthly_before_cents": sums.monthly_before.cents,
        "monthly_after_cents": sums.monthly_after.cents,
        "first_effective_on": shown.first_effective_on,
        "last_effective_on": shown.last_effective_on,
        "own_price": shown.own_price,
        "leaving": shown.leaving,
        "in_another": shown.in_another,
    }
