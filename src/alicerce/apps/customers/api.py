"""The endpoints about customers."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.customers import permissions as may
from alicerce.apps.customers.queries import records
from alicerce.apps.customers.queries.customers import customer_detail
from alicerce.apps.customers.services.change_status import (
    block_customer,
    close_customer,
    reopen_customer,
    unblock_customer,
)
from alicerce.apps.customers.services.save_customer import (
    create_customer,
    locked,
    update_customer,
)
from alicerce.apps.customers.types import Profile
from alicerce.kernel.access import Request, requires
from alicerce.kernel.brazil import document
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, Row, created
from alicerce.kernel.rest.changes import Blankable, given, optional
from alicerce.kernel.rest.etags import require_match
from alicerce.kernel.rest.fields import Email, PersonName, TaxNumber
from alicerce.kernel.rest.listing import MADE, NEWEST, ListOut, ListQuery
from alicerce.kernel.rest.routing import Endpoints, Input, refusing

router = Endpoints(tags=["Customers"])

Locale = Literal["pt-br", "en"]
Status = Literal["active", "blocked", "closed"]


class CustomerOut(Schema):
    """Quem compra da empresa: uma pessoa ou outra empresa."""

    object: Literal["customer"]
    id: UUID
    name: str = Field(examples=["Renata Souza"])
    email: str = Field(examples=["renata@example.com"])
    document: str = Field(description="CPF ou CNPJ, sem pontos.", examples=["52998224725"])
    document_kind: Literal["cpf", "cnpj", ""]
    locale: str = Field(examples=["pt-br"])
    status: Status = Field(
        description="`blocked` não faz pedidos novos; com `closed` a relação terminou."
    )
    created_at: datetime


class CustomerListOut(ListOut):
    """Uma página de clientes."""

    data: list[CustomerOut]


class CustomerQuery(ListQuery):
    orders = {**MADE, "name": ("name", "id")}

    sort: Literal["-created_at", "created_at", "name", "-name"] = Field(  # type: ignore[assignment]
        NEWEST, description="Os mais novos primeiro (`-created_at`), ou por nome."
    )
    email: str | None = Field(None, max_length=254, description="Só com este e-mail.")
    document: str | None = Field(None, max_length=20, description="Só com este CPF ou CNPJ.")
    status: Status | None = Field(None, description="Só nesta situação.")


class CustomerIn(Input):
    """Um cliente novo."""

    name: PersonName
    email: Email
    document: TaxNumber
    locale: Locale = "pt-br"


class CustomerChange(Input):
    """O que muda num cliente; o que não vier fica como está, e `null` esvazia."""

    name: PersonName = optional()
    email: Email = optional()
    document: Annotated[TaxNumber | None, Blankable] = optional()
    locale: Locale = optional()


@router.get(
    "/customers",
    response=CustomerListOut,
    operation_id="listCustomers",
    summary="Listar clientes",
)
@requires(may.READ)
def list_customers(request: Request, asked: Query[CustomerQuery]) -> Answer:
    """Os clientes, do mais novo para o mais antigo."""
    bare = "".join(sign for sign in asked.document or "" if sign.isalnum()).upper()
    rows = records.customer_rows(
        asked.window(),
        email=asked.email and asked.email.lower(),
        document=bare or None,
        status=asked.status,
    )
    return Answer(rows)


@router.post(
    "/customers",
    response={201: CustomerOut},
    operation_id="createCustomer",
    summary="Criar um cliente",
)
@requires(may.CREATE)
@refusing((409, "customer_taken"), (409, "limit_reached"))
def post_customer(request: Request, wanted: CustomerIn) -> Answer:
    """Cria um cliente. O e-mail e o documento, juntos, são de um cliente só."""
    customer_id = create_customer(profile=_profile(wanted.dict()), at=now())
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
@refusing((409, "customer_taken"))
def patch_customer(request: Request, customer_id: UUID, wanted: CustomerChange) -> Answer:
    """Altera o que vier no corpo, se ninguém mudou o cliente desde a leitura (If-Match)."""
    locked(customer_id=customer_id)
    before = records.customer_record(customer_id)
    require_match(request, before)
    profile = customer_detail(customer_id).profile
    update_customer(customer_id=customer_id, profile=_changed(profile, wanted), at=now())
    return Answer(records.customer_record(customer_id))


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
@refusing((409, "customer_has_services"))
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


def _changed(profile: Profile, wanted: CustomerChange) -> Profile:
    changes = given(wanted)
    if "document" in changes:
        changes["document_kind"] = _kind_of(changes["document"])
    return replace(profile, **changes)


def _profile(wanted: Row) -> Profile:
    number = wanted["document"]
    return Profile(
        name=wanted["name"],
        email=wanted["email"],
        document=number,
        document_kind=_kind_of(number),
        locale=wanted["locale"],
    )


def _kind_of(number: str) -> str:
    return document(number).kind if number else ""
