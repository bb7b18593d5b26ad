"""The endpoints about invoices, and about what happened to them. Programs read; money is moved by people."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.billing import permissions as may
from alicerce.apps.billing.queries import records
from alicerce.apps.billing.queries.sheets import invoice_sheet
from alicerce.apps.billing.services.print_paper import printing
from alicerce.apps.billing.types import InvoiceKind
from alicerce.apps.billing.types.corrections import RefundSource, RefundStatus
from alicerce.apps.metadata.public import change_metadata, hold_metadata
from alicerce.apps.metadata.types import ThingKind
from alicerce.apps.taxes.types import Manner, TaxKind
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, FileAnswer
from alicerce.kernel.rest.changes import given
from alicerce.kernel.rest.etags import require_match
from alicerce.kernel.rest.listing import MADE, NEWEST, ListOut, ListQuery
from alicerce.kernel.rest.metadata import (
    MetadataChange,
    MetadataOut,
    asked_metadata,
    found_by_metadata,
)
from alicerce.kernel.rest.routing import Endpoints, expanding, giving, refusing
from alicerce.ui.paper import PDF

router = Endpoints(tags=["Invoices"])

InvoiceState = Literal["open", "paid", "void", "uncollectible", "disputed", "charged_back"]


class InvoiceOut(Schema):
    """Um pedido de pagamento."""

    object: Literal["invoice"]
    id: UUID
    number: str = Field(description="Série e número, como na fatura.", examples=["A1042"])
    kind: InvoiceKind = Field(description="Do que se vende, ou de créditos para o saldo.")
    status: InvoiceState
    customer_id: UUID
    order_id: UUID | None
    total_cents: int = Field(examples=[4990])
    paid_cents: int = Field(description="Pago, por pagamentos e pelo saldo.", examples=[4990])
    relieved_cents: int = Field(description="Tirado por notas de crédito.", examples=[0])
    returned_cents: int = Field(description="Devolvido do que foi pago.", examples=[0])
    remaining_cents: int = Field(description="O que falta pagar.", examples=[0])
    currency: str = Field(examples=["BRL"])
    due_on: date
    opened_at: datetime
    paid_at: datetime | None
    voided_at: datetime | None
    page_path: str = Field(
        description="O caminho da página de pagamento, no endereço da sua empresa."
    )
    metadata: MetadataOut


class InvoiceLineOut(Schema):
    """Uma linha de fatura."""

    description: str
    quantity: int
    unit_cents: int
    total_cents: int


class InvoiceTaxOut(Schema):
    """Um imposto da fatura, como era no dia da emissão."""

    name: str = Field(examples=["ISS"])
    kind: TaxKind
    rate_ppm: int = Field(description="A alíquota, em milionésimos.", examples=[50000])
    manner: Manner
    withheld: bool = Field(description="O cliente retém e recolhe.")
    base_cents: int
    amount_cents: int
    given_back_cents: int = Field(description="O que notas de crédito devolveram.")


class InvoiceDetailOut(InvoiceOut):
    """Uma fatura com as suas linhas e os seus impostos."""

    lines: list[InvoiceLineOut]
    taxes: list[InvoiceTaxOut]


class InvoiceListOut(ListOut):
    """Uma página de faturas."""

    data: list[InvoiceOut]


class InvoiceQuery(ListQuery):
    orders = {**MADE, "number": ("series", "number"), "due_on": ("due_on", "id")}

    sort: Literal["-created_at", "created_at", "number", "-number", "due_on", "-due_on"] = (
        Field(  # type: ignore[assignment]
            NEWEST,
            description="As mais novas primeiro (`-created_at`), por série e número, ou por vencimento.",
        )
    )
    status: InvoiceState | None = Field(None, description="Só neste estado.")
    customer_id: UUID | None = Field(None, description="Só deste cliente.")
    order_id: UUID | None = Field(None, description="Só deste pedido.")


@router.get(
    "/invoices",
    response=InvoiceListOut,
    operation_id="listInvoices",
    summary="Listar faturas",
)
@requires(may.READ)
@expanding("customer", "order", "order.customer")
@found_by_metadata
def list_invoices(request: Request, asked: Query[InvoiceQuery]) -> Answer:
    """As faturas emitidas, da mais nova para a mais antiga."""
    rows = records.invoice_rows(
        asked.window(),
        status=asked.status,
        customer_id=asked.customer_id,
        order_id=asked.order_id,
        metadata=asked_metadata(request),
    )
    return Answer(rows)


@router.get(
    "/invoices/{uuid:invoice_id}",
    response=InvoiceDetailOut,
    operation_id="getInvoice",
    summary="Mostrar uma fatura",
)
@requires(may.READ)
@expanding("customer", "order", "order.customer")
def get_invoice(request: Request, invoice_id: UUID) -> Answer:
    """Uma fatura e as suas linhas."""
    return Answer(records.invoice_record(invoice_id))


@router.get(
    "/invoices/{uuid:invoice_id}/pdf",
    response=None,
    operation_id="getInvoicePdf",
    summary="Baixar o PDF de uma fatura",
)
@requires(may.READ)
@refusing((503, "paper_unavailable"))
@giving(PDF)
def get_invoice_pdf(request: Request, invoice_id: UUID) -> Answer:
    """A fatura como o cliente a recebe: com a marca da empresa, na língua dele."""
    found = invoice_sheet(invoice_id)
    return FileAnswer(printing(found=found, at=now()), name=f"{found.name}.pdf", media=PDF)


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


@router.patch(
    "/invoices/{uuid:invoice_id}",
    response=InvoiceDetailOut,
    operation_id="updateInvoice",
    summary="Anotar uma fatura",
)
@requires(may.ANNOTATE)
@refusing((422, "too_much_metadata"))
@expanding("customer", "order", "order.customer")
def patch_invoice(request: Request, invoice_id: UUID, wanted: MetadataChange) -> Answer:
    """Guarda em `metadata` o que os seus sistemas precisam lembrar: o resto de uma fatura não muda por aqui."""
    hold_metadata(kind=ThingKind.INVOICE, thing_id=invoice_id)
    require_match(request, records.invoice_record(invoice_id))
    changes = given(wanted).get("metadata", {})
    change_metadata(kind=ThingKind.INVOICE, thing_id=invoice_id, changes=changes, at=now())
    return Answer(records.invoice_record(invoice_id))
