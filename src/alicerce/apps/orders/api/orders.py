"""The endpoints about orders."""

from uuid import UUID

from ninja import Query

from alicerce.apps.catalog.errors import BadAnswers
from alicerce.apps.catalog.types import Chosen
from alicerce.apps.metadata.public import change_metadata, hold_metadata
from alicerce.apps.metadata.types import ThingKind
from alicerce.apps.orders import permissions as may
from alicerce.apps.orders.api.schemas import (
    CancelIn,
    OrderListOut,
    OrderOut,
    OrderQuery,
    ServiceIn,
)
from alicerce.apps.orders.queries import records
from alicerce.apps.orders.services.cancel_order import cancel_order as end_order
from alicerce.apps.orders.services.order_for_customer import order_for_customer
from alicerce.apps.orders.types import CancelCause, Extras
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, Row, accepted
from alicerce.kernel.rest.changes import given
from alicerce.kernel.rest.etags import require_match
from alicerce.kernel.rest.metadata import MetadataChange, asked_metadata, found_by_metadata
from alicerce.kernel.rest.problems import Fault, Invalid
from alicerce.kernel.rest.routing import Endpoints, expanding, refusing

router = Endpoints(tags=["Orders"])
READS_PEOPLE = "customers:read"


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
            with_personal=_reads_personal(request),
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
    (422, "no_room"),
    (422, "bad_coupon"),
    (422, "coupon_used"),
    (422, "terms_changed"),
    (422, "trial_used"),
)
@expanding("customer", "invoice")
def create_service(request: Request, wanted: ServiceIn) -> Answer:
    """Cria o pedido e a fatura. O serviço nasce quando a fatura é paga: acompanhe pelo pedido."""
    order_id = _order(wanted)
    change_metadata(kind=ThingKind.ORDER, thing_id=order_id, changes=wanted.metadata, at=now())
    made = _shown(request, order_id)
    return accepted(made, location=f"/v1/orders/{order_id}")


def _order(wanted: ServiceIn) -> UUID:
    extras = Extras(
        chosen=tuple(Chosen(**one.dict()) for one in wanted.options),
        coupon=wanted.coupon,
        terms_version=wanted.terms_version,
        skip_trial=wanted.skip_trial,
        answers=wanted.answers,
    )
    try:
        return order_for_customer(
            customer_id=wanted.customer_id,
            price_id=wanted.price_id,
            domain=wanted.domain,
            at=now(),
            extras=extras,
        )
    except BadAnswers as refused:
        faults = refused.faults.items()
        raise Invalid(
            faults=tuple(Fault(f"/answers/{id_}", "bad_answer", words) for id_, words in faults)
        ) from None


def _shown(request: Request, order_id: UUID) -> Row:
    return records.order_record(
        order_id,
        with_pages=_hands_pages_on(request),
        with_personal=_reads_personal(request),
    )


def _reads_personal(request: Request) -> bool:
    return READS_PEOPLE in request.permissions


def _hands_pages_on(request: Request) -> bool:
    return may.CREATE_SERVICES in request.permissions
