"""The endpoints by which a customer is blocked, closed and taken back."""

from uuid import UUID

from alicerce.apps.customers import permissions as may
from alicerce.apps.customers.api.schemas import CustomerOut
from alicerce.apps.customers.queries import records
from alicerce.apps.customers.services.change_status import (
    block_customer,
    close_customer,
    reopen_customer,
    unblock_customer,
)
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.routing import Endpoints, refusing

router = Endpoints(tags=["Customers"])


@router.post(
    "/customers/{uuid:customer_id}/block",
    response=CustomerOut,
    operation_id="blockCustomer",
    summary="Bloquear um cliente",
)
@requires(may.UPDATE)
@refusing((409, "customer_closed"))
def post_block(request: Request, customer_id: UUID) -> Answer:
    """O cliente não faz mais pedidos; o que já tem continua. Repetir não muda nada."""
    block_customer(customer_id=customer_id, at=now())
    return Answer(records.customer_record(customer_id))


@router.post(
    "/customers/{uuid:customer_id}/unblock",
    response=CustomerOut,
    operation_id="unblockCustomer",
    summary="Desbloquear um cliente",
)
@requires(may.UPDATE)
def post_unblock(request: Request, customer_id: UUID) -> Answer:
    """O cliente volta a fazer pedidos. Quem não está bloqueado fica como está."""
    unblock_customer(customer_id=customer_id, at=now())
    return Answer(records.customer_record(customer_id))


@router.post(
    "/customers/{uuid:customer_id}/close",
    response=CustomerOut,
    operation_id="closeCustomer",
    summary="Encerrar um cliente",
)
@requires(may.UPDATE)
@refusing((409, "customer_has_services"), (409, "customer_has_unpaid_orders"))
def post_close(request: Request, customer_id: UUID) -> Answer:
    """A relação termina, se nada mais é devido ao cliente. Repetir não muda nada."""
    close_customer(customer_id=customer_id, at=now())
    return Answer(records.customer_record(customer_id))


@router.post(
    "/customers/{uuid:customer_id}/reopen",
    response=CustomerOut,
    operation_id="reopenCustomer",
    summary="Reabrir um cliente",
)
@requires(may.UPDATE)
@refusing((409, "limit_reached"))
def post_reopen(request: Request, customer_id: UUID) -> Answer:
    """Um cliente encerrado volta a ser ativo. Quem não foi encerrado fica como está."""
    reopen_customer(customer_id=customer_id, at=now())
    return Answer(records.customer_record(customer_id))
