"""The endpoints about kept cards. No card number ever passes here: cards are typed at the provider."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.collecting import permissions as may
from alicerce.apps.collecting.api.of_customers import TAGS, OfCustomerQuery, listed
from alicerce.apps.collecting.queries import records
from alicerce.apps.collecting.services.begin_attempt import begin_attempt
from alicerce.apps.collecting.types import (
    AttemptStatus,
    Decline,
    PayingStage,
    Trigger,
    Way,
)
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, accepted
from alicerce.kernel.rest.listing import ListOut
from alicerce.kernel.rest.routing import Endpoints, Input, expanding, refusing

router = Endpoints(tags=TAGS)


class PaymentMethodOut(Schema):
    """Um cartão que a operadora guarda para um cliente."""

    object: Literal["payment_method"]
    id: UUID
    type: Literal["card"]
    customer_id: UUID
    brand: str = Field(examples=["visa"])
    last4: str = Field(examples=["4242"])
    exp_month: int = Field(examples=[8])
    exp_year: int = Field(examples=[2030])
    is_default: bool = Field(description="Se é o que paga as faturas do cliente.")
    refused: str | None = Field(
        description="Por que o banco não quer mais este cartão; nulo enquanto quiser."
    )
    saved_at: datetime


class PaymentMethodListOut(ListOut):
    """Uma página de cartões guardados."""

    data: list[PaymentMethodOut]


class CollectionAttemptOut(Schema):
    """Uma vez que o cartão foi cobrado."""

    id: UUID
    trigger: Trigger = Field(description="Por que foi cobrado.")
    status: AttemptStatus
    payment_method_id: UUID
    decline: Decline | None = Field(
        description="O que a recusa pede: tempo, outro cartão, ou o dono."
    )
    reason: str | None = Field(examples=["insufficient_funds"])
    begun_at: datetime
    ended_at: datetime | None


class SelfPaymentOut(Schema):
    """O que paga uma fatura sozinho, e quando."""

    by: Way = Field(description="O cartão guardado (`card`) ou o banco do cliente (`bank`).")
    on: date = Field(description="O dia da cobrança.")
    stage: PayingStage = Field(
        description="Se espera o dia, se tenta de novo depois de uma recusa, se o banco já foi "
        "avisado, ou se nunca respondeu."
    )
    payment_method_id: UUID | None = Field(
        description="O cartão: o que paga, ou o próximo se o banco não debitar."
    )


class InvoiceCollectionOut(Schema):
    """Como uma fatura é cobrada no cartão guardado."""

    object: Literal["invoice_collection"]
    invoice_id: UUID
    customer_id: UUID
    next_attempt_at: datetime | None = Field(
        description="Quando o cartão é cobrado de novo; nulo se não vai ser."
    )
    ended_at: datetime | None = Field(description="Quando deixou de haver o que cobrar.")
    pays_itself: SelfPaymentOut | None = Field(
        description="O que vai pagar a fatura sem ninguém fazer nada; nulo se alguém precisa pagar."
    )
    attempts: list[CollectionAttemptOut]


class ChargeInvoiceIn(Input):
    """Qual cartão cobrar."""

    payment_method_id: UUID | None = Field(None, description="Sem ele, o principal do cliente.")


@router.get(
    "/payment-methods",
    response=PaymentMethodListOut,
    operation_id="listPaymentMethods",
    summary="Listar cartões guardados",
)
@requires("billing:read")
@expanding("customer")
def list_payment_methods(request: Request, asked: Query[OfCustomerQuery]) -> Answer:
    """Os cartões guardados, do mais novo para o mais antigo."""
    return listed(records.card_rows, asked)


@router.get(
    "/invoices/{uuid:invoice_id}/collection",
    response=InvoiceCollectionOut,
    operation_id="getInvoiceCollection",
    summary="Mostrar como uma fatura é cobrada no cartão",
)
@requires("billing:read")
def get_collection(request: Request, invoice_id: UUID) -> Answer:
    """Cada vez que um cartão foi cobrado por esta fatura, e quando será de novo."""
    return Answer(records.collection_record(invoice_id, at=now()))


@router.post(
    "/invoices/{uuid:invoice_id}/charge",
    response={202: InvoiceCollectionOut},
    operation_id="chargeInvoice",
    summary="Cobrar uma fatura no cartão guardado",
)
@requires(may.CHARGE)
@refusing(
    (404, "no_such_invoice"),
    (404, "no_such_card"),
    (409, "nothing_to_collect"),
    (409, "no_card_to_charge"),
    (409, "already_charging"),
)
def charge_invoice(request: Request, invoice_id: UUID, wanted: ChargeInvoiceIn) -> Answer:
    """Começa a cobrar agora. O resultado chega por evento, e se lê em `collection`."""
    begin_attempt(
        invoice_id=invoice_id,
        trigger=Trigger.ADMIN,
        card_id=wanted.payment_method_id,
        at=now(),
    )
    location = f"/v1/invoices/{invoice_id}/collection"
    return accepted(records.collection_record(invoice_id, at=now()), location=location)
