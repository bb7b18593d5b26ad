"""The endpoints about orders."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.catalog.types import Chosen, Cycle, ItemKind
from alicerce.apps.metadata.public import change_metadata, hold_metadata
from alicerce.apps.metadata.types import ThingKind
from alicerce.apps.orders import permissions as may
from alicerce.apps.orders.queries import records
from alicerce.apps.orders.rules import MOST_QUANTITY
from alicerce.apps.orders.services.cancel_order import cancel_order as end_order
from alicerce.apps.orders.services.order_for_customer import order_for_customer
from alicerce.apps.orders.types import CancelCause, Extras, LineStatus, OrderStatus
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, Row, accepted
from alicerce.kernel.rest.changes import given
from alicerce.kernel.rest.etags import require_match
from alicerce.kernel.rest.fields import Domain
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.metadata import (
    Metadata,
    MetadataChange,
    MetadataOut,
    asked_metadata,
    found_by_metadata,
)
from alicerce.kernel.rest.routing import Endpoints, Input, expanding, refusing

router = Endpoints(tags=["Orders"])


class OrderItemOut(Schema):
    """Uma parte de um item, pelo preço em que foi vendida. `setup` se cobra uma vez."""

    kind: ItemKind
    price_id: UUID
    option_id: UUID | None
    choice_id: UUID | None
    name: str = Field(examples=["Disco extra"])
    quantity: int
    unit_cents: int = Field(examples=[4990])


class OrderLineOut(Schema):
    """Uma coisa a entregar."""

    object: Literal["order_line"]
    id: UUID
    kind: str = Field(examples=["hosting.account"])
    description: str
    domain: str | None
    cycle: Cycle
    amount_cents: int = Field(examples=[4990])
    status: LineStatus
    coupon: str | None
    discount_cents: int = Field(description="O que o cupom tirou desta primeira cobrança.")
    items: list[OrderItemOut]


class OrderOut(Schema):
    """Uma compra: o que foi pedido e até onde foi a entrega."""

    object: Literal["order"]
    id: UUID
    number: int = Field(examples=[1042])
    status: OrderStatus
    customer_id: UUID
    total_cents: int = Field(examples=[4990])
    currency: str = Field(examples=["BRL"])
    placed_at: datetime
    completed_at: datetime | None
    canceled_at: datetime | None
    terms_version: int | None = Field(
        description="A versão dos termos que o comprador aceitou."
    )
    cancel_cause: CancelCause | None = Field(
        description="Por que acabou sem pagamento; nulo enquanto não acabou assim."
    )
    trial_days: int = Field(
        description="Dias de teste antes do primeiro período: o pedido não tem fatura, e espera que "
        "o comprador confirme o e-mail.",
        examples=[0],
    )
    trial_card: bool = Field(
        description="Se o teste só começa quando o cliente guarda um cartão."
    )
    page_path: str | None = Field(
        description="O caminho da página do pedido, onde o comprador paga e acompanha. Só para "
        "quem pode `services:create`, e nunca num pedido expandido; nulo para os outros."
    )
    page_url: str | None = Field(
        description="A mesma página com o endereço; em teste, o do ambiente de testes. Nulo quando "
        "`page_path` é, e enquanto nenhum endereço leva até ele."
    )
    lines: list[OrderLineOut]
    metadata: MetadataOut


class OrderListOut(ListOut):
    """Uma página de pedidos."""

    data: list[OrderOut]


class ChosenIn(Input):
    """O que se escolhe de uma opção do plano."""

    option_id: UUID = Field(description="Uma das `options` de `GET /v1/plans`.")
    choice_id: UUID | None = Field(None, description="Numa opção do tipo `choice`, qual delas.")
    quantity: int = Field(1, ge=0, le=MOST_QUANTITY, description="Numa `quantity`, quantas.")


class ServiceIn(Input):
    """O que se pede: um plano, por um dos seus preços, para um domínio de um cliente."""

    customer_id: UUID
    price_id: UUID = Field(description="Um dos `prices` de `GET /v1/plans`.")
    domain: Domain
    metadata: Metadata = {}
    options: list[ChosenIn] = Field(
        [],
        max_length=50,
        description="O que não vier fica no mínimo, na primeira escolha ou desligado.",
    )
    coupon: str = Field("", max_length=32, examples=["NATAL10"])
    terms_version: int | None = Field(
        None, ge=1, description="A versão dos termos que o cliente aceitou, se aceitou."
    )
    skip_trial: bool = Field(
        False, description="Pagar já, mesmo que o preço tenha dias de teste."
    )


class CancelIn(Input):
    """Por que cancelar. O motivo vai no e-mail ao cliente."""

    reason: str = Field("", max_length=300, examples=["O cliente desistiu por telefone."])


class OrderQuery(ListQuery):
    status: OrderStatus | None = Field(None, description="Só neste estado.")
    customer_id: UUID | None = Field(None, description="Só deste cliente.")


@router.get(
    "/orders", response=OrderListOut, operation_id="listOrders", summary="Listar pedidos"
)
@requires(may.READ)
@expanding("customer", "invoice", "invoice.customer")
@found_by_metadata
def list_orders(request: Request, asked: Query[OrderQuery]) -> Answer:
    """Os pedidos, do mais novo para o mais antigo."""
    return Answer(
        records.order_rows(
            asked.window(),
            with_pages=_hands_pages_on(request),
            metadata=asked_metadata(request),
            status=asked.status,
            customer_id=asked.customer_id,
        )
    )


@router.get(
    "/orders/{uuid:order_id}",
    response=OrderOut,
    operation_id="getOrder",
    summary="Mostrar um pedido",
)
@requires(may.READ)
@expanding("customer", "invoice", "invoice.customer")
def get_order(request: Request, order_id: UUID) -> Answer:
    """Um pedido e as suas linhas: é o que se consulta depois de pedir um serviço."""
    return Answer(_shown(request, order_id))


@router.patch(
    "/orders/{uuid:order_id}",
    response=OrderOut,
    operation_id="updateOrder",
    summary="Anotar um pedido",
)
@requires(may.ANNOTATE)
@refusing((422, "too_much_metadata"))
@expanding("customer", "invoice", "invoice.customer")
def patch_order(request: Request, order_id: UUID, wanted: MetadataChange) -> Answer:
    """Guarda em `metadata` o que os seus sistemas precisam lembrar.

    O resto de um pedido é o que foi combinado e não muda; desistir dele é `cancel`, enquanto ninguém pagou.
    """
    hold_metadata(kind=ThingKind.ORDER, thing_id=order_id)
    require_match(request, _shown(request, order_id))
    changes = given(wanted).get("metadata", {})
    change_metadata(kind=ThingKind.ORDER, thing_id=order_id, changes=changes, at=now())
    return Answer(_shown(request, order_id))


@router.post(
    "/orders/{uuid:order_id}/cancel",
    response=OrderOut,
    operation_id="cancelOrder",
    summary="Cancelar um pedido",
)
@requires(may.CANCEL)
@refusing((404, "no_such_order"), (409, "order_not_unpaid"))
@expanding("customer", "invoice", "invoice.customer")
def cancel_order(request: Request, order_id: UUID, wanted: CancelIn) -> Answer:
    """Cancela um pedido que ninguém pagou, e a sua fatura. Repetir não muda nada."""
    end_order(order_id=order_id, cause=CancelCause.STAFF, reason=wanted.reason, at=now())
    return Answer(_shown(request, order_id))


@router.post(
    "/services",
    response={202: OrderOut},
    operation_id="createService",
    summary="Pedir um serviço",
    tags=["Services"],
)
@requires(may.CREATE_SERVICES)
@refusing(
    (422, "no_such_customer"),
    (422, "not_for_sale"),
    (422, "domain_taken"),
    (422, "too_much_metadata"),
    (422, "bad_choice"),
    (422, "out_of_stock"),
    (422, "bad_coupon"),
    (422, "coupon_used"),
    (422, "terms_changed"),
    (422, "trial_used"),
)
@expanding("customer", "invoice")
def create_service(request: Request, wanted: ServiceIn) -> Answer:
    """Cria o pedido e a fatura. O serviço nasce quando a fatura é paga: acompanhe pelo pedido."""
    order_id = order_for_customer(
        customer_id=wanted.customer_id,
        price_id=wanted.price_id,
        domain=wanted.domain,
        at=now(),
        extras=Extras(
            chosen=tuple(Chosen(**one.dict()) for one in wanted.options),
            coupon=wanted.coupon,
            terms_version=wanted.terms_version,
            skip_trial=wanted.skip_trial,
        ),
    )
    change_metadata(kind=ThingKind.ORDER, thing_id=order_id, changes=wanted.metadata, at=now())
    made = records.order_record(order_id, with_pages=True)
    return accepted(made, location=f"/v1/orders/{order_id}")


def _shown(request: Request, order_id: UUID) -> Row:
    return records.order_record(order_id, with_pages=_hands_pages_on(request))


def _hands_pages_on(request: Request) -> bool:
    return may.CREATE_SERVICES in request.permissions
