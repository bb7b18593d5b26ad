"""What corrects invoices, goes back, and stays as credit, by API."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.billing import permissions as may
from alicerce.apps.billing.queries import records
from alicerce.apps.billing.types.corrections import RefundSource, RefundStatus
from alicerce.kernel.access import Request, requires
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.routing import Endpoints, expanding

router = Endpoints(tags=["Invoices"])


class CreditNoteOut(Schema):
    """Quanto de uma fatura foi tirado: do que falta pagar, para o saldo, ou por devolução."""

    object: Literal["credit_note"]
    id: UUID
    number: str = Field(description="Série e número, como na nota.", examples=["NC7"])
    invoice_id: UUID
    customer_id: UUID
    total_cents: int = Field(examples=[990])
    relieved_cents: int = Field(description="Do que faltava pagar.", examples=[990])
    wallet_cents: int = Field(description="Virou saldo do cliente.", examples=[0])
    refunded_cents: int = Field(description="Voltou pela forma do pagamento.", examples=[0])
    currency: str = Field(examples=["BRL"])
    reason: str
    issued_at: datetime


class CreditNoteListOut(ListOut):
    """Uma página de notas de crédito."""

    data: list[CreditNoteOut]


class RefundOut(Schema):
    """Uma devolução de um pagamento, inteira ou em parte."""

    object: Literal["refund"]
    id: UUID
    payment_id: UUID
    invoice_id: UUID | None
    customer_id: UUID | None
    status: RefundStatus
    source: RefundSource
    amount_cents: int = Field(examples=[990])
    currency: str = Field(examples=["BRL"])
    reason: str
    begun_at: datetime
    ended_at: datetime | None


class RefundListOut(ListOut):
    """Uma página de devoluções."""

    data: list[RefundOut]


class WalletBalanceOut(Schema):
    """O saldo e o que falta pagar em uma moeda."""

    currency: str = Field(examples=["BRL"])
    balance_cents: int = Field(description="O que o cliente tem.", examples=[1000])
    open_cents: int = Field(description="O que as faturas dele ainda pedem.", examples=[4990])


class WalletOut(Schema):
    """O que um cliente tem com a empresa."""

    object: Literal["wallet"]
    customer_id: UUID
    balances: list[WalletBalanceOut]


class CorrectionQuery(ListQuery):
    invoice_id: UUID | None = Field(None, description="Só desta fatura.")
    customer_id: UUID | None = Field(None, description="Só deste cliente.")

    def named(self) -> dict[str, object]:
        return {"invoice_id": self.invoice_id, "customer_id": self.customer_id}


@router.get(
    "/credit-notes",
    response=CreditNoteListOut,
    operation_id="listCreditNotes",
    summary="Listar notas de crédito",
)
@requires(may.READ)
@expanding("customer", "invoice", "invoice.customer")
def list_credit_notes(request: Request, asked: Query[CorrectionQuery]) -> Answer:
    """As notas de crédito, da mais nova para a mais antiga."""
    return Answer(records.credit_note_rows(asked.window(), **asked.named()))


@router.get(
    "/credit-notes/{uuid:credit_note_id}",
    response=CreditNoteOut,
    operation_id="getCreditNote",
    summary="Mostrar uma nota de crédito",
)
@requires(may.READ)
@expanding("customer", "invoice", "invoice.customer")
def get_credit_note(request: Request, credit_note_id: UUID) -> Answer:
    """Uma nota de crédito."""
    return Answer(records.credit_note_record(credit_note_id))


@router.get(
    "/refunds", response=RefundListOut, operation_id="listRefunds", summary="Listar devoluções"
)
@requires(may.READ)
@expanding("customer", "invoice", "invoice.customer")
def list_refunds(request: Request, asked: Query[CorrectionQuery]) -> Answer:
    """As devoluções, da mais nova para a mais antiga, com o que foi feito delas."""
    return Answer(records.refund_rows(asked.window(), **asked.named()))


@router.get(
    "/refunds/{uuid:refund_id}",
    response=RefundOut,
    operation_id="getRefund",
    summary="Mostrar uma devolução",
)
@requires(may.READ)
@expanding("customer", "invoice", "invoice.customer")
def get_refund(request: Request, refund_id: UUID) -> Answer:
    """Uma devolução e até onde ela foi."""
    return Answer(records.refund_record(refund_id))


@router.get(
    "/customers/{uuid:customer_id}/wallet",
    response=WalletOut,
    operation_id="getCustomerWallet",
    summary="Mostrar o saldo de um cliente",
)
@requires(may.READ)
def get_wallet(request: Request, customer_id: UUID) -> Answer:
    """O que o cliente tem e o que ainda deve, por moeda."""
    return Answer(records.wallet_record(customer_id))
