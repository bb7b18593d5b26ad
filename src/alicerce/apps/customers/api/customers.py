"""The endpoints about customers."""

from dataclasses import replace
from uuid import UUID

from ninja import Query

from alicerce.apps.customers import permissions as may
from alicerce.apps.customers.api.schemas import (
    CustomerChange,
    CustomerIn,
    CustomerListOut,
    CustomerOut,
    CustomerQuery,
)
from alicerce.apps.customers.errors import BadCustomer
from alicerce.apps.customers.queries import records
from alicerce.apps.customers.queries.customers import customer_detail
from alicerce.apps.customers.services.save_customer import (
    create_customer,
    locked,
    update_customer,
)
from alicerce.apps.customers.types import Profile
from alicerce.apps.metadata.public import change_metadata
from alicerce.apps.metadata.types import ThingKind
from alicerce.kernel.access import Request, requires
from alicerce.kernel.brazil import document
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, Row, created
from alicerce.kernel.rest.changes import given
from alicerce.kernel.rest.etags import require_match
from alicerce.kernel.rest.metadata import asked_metadata, found_by_metadata
from alicerce.kernel.rest.problems import Invalid, invalid
from alicerce.kernel.rest.routing import Endpoints, refusing

router = Endpoints(tags=["Customers"])
POINTERS = {"tier": "/tier_id"}


@router.get(
    "/customers",
    response=CustomerListOut,
    operation_id="listCustomers",
    summary="Listar clientes",
)
@requires(may.READ)
@found_by_metadata
def list_customers(request: Request, asked: Query[CustomerQuery]) -> Answer:
    """Os clientes, do mais novo para o mais antigo."""
    bare = "".join(sign for sign in asked.document or "" if sign.isalnum()).upper()
    rows = records.customer_rows(
        asked.window(),
        email=asked.email and asked.email.lower(),
        document=bare or None,
        status=asked.status,
        tier_id=asked.tier_id,
        tag=asked.tag,
        external_reference=asked.external_reference,
        metadata=asked_metadata(request),
    )
    return Answer(rows)


@router.post(
    "/customers",
    response={201: CustomerOut},
    operation_id="createCustomer",
    summary="Criar um cliente",
)
@requires(may.CREATE)
@refusing((409, "customer_taken"), (409, "limit_reached"), (422, "too_much_metadata"))
def post_customer(request: Request, wanted: CustomerIn) -> Answer:
    """Cria um cliente. Um documento, e um código externo, são de um cliente só."""
    profile, at = wanted.dict(), now()
    metadata = profile.pop("metadata")
    try:
        customer_id = create_customer(profile=Profile(**_read(profile)), at=at)
    except BadCustomer as refused:
        raise _at_its_place(refused) from None
    change_metadata(kind=ThingKind.CUSTOMER, thing_id=customer_id, changes=metadata, at=at)
    return created(
        records.customer_record(customer_id), location=f"/v1/customers/{customer_id}"
    )


@router.get(
    "/customers/{uuid:customer_id}",
    response=CustomerOut,
    operation_id="getCustomer",
    summary="Mostrar um cliente",
)
@requires(may.READ)
def get_customer(request: Request, customer_id: UUID) -> Answer:
    """Um cliente, com o ETag que uma alteração precisa informar."""
    return Answer(records.customer_record(customer_id))


@router.patch(
    "/customers/{uuid:customer_id}",
    response=CustomerOut,
    operation_id="updateCustomer",
    summary="Alterar um cliente",
)
@requires(may.UPDATE)
@refusing((409, "customer_taken"), (422, "too_much_metadata"))
def patch_customer(request: Request, customer_id: UUID, wanted: CustomerChange) -> Answer:
    """Altera o que vier no corpo, se ninguém mudou o cliente desde a leitura (If-Match)."""
    locked(customer_id=customer_id)
    before = records.customer_record(customer_id)
    require_match(request, before)
    changes, at = given(wanted), now()
    metadata = changes.pop("metadata", {})
    profile = replace(customer_detail(customer_id).profile, **_read(changes))
    try:
        update_customer(customer_id=customer_id, profile=profile, at=at)
    except BadCustomer as refused:
        raise _at_its_place(refused) from None
    change_metadata(kind=ThingKind.CUSTOMER, thing_id=customer_id, changes=metadata, at=at)
    return Answer(records.customer_record(customer_id))


def _read(values: Row) -> Row:
    """The values of a profile: the kind of a document comes with it."""
    if "document" in values:
        number = values["document"]
        values["document_kind"] = document(number).kind if number else ""
    if "tags" in values:
        values["tags"] = tuple(values["tags"])
    return values


def _at_its_place(refused: BadCustomer) -> Invalid:
    place = POINTERS.get(refused.field, f"/{refused.field}")
    return invalid(place, refused.code, refused.message)
