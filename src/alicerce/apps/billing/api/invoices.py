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
    issuer: UUID = Field(description="Quem a emitiu, dos emissores da empresa. Não muda.")
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
    page_url: str | None = Field(
        description="A mesma página com o endereço; em teste, o do ambiente de testes. Nulo enquanto "
        "nenhum endereço leva até ele."
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
    found = invoice_sheet(invoice_id, at=now())
    return FileAnswer(printing(found=found, at=now()), name=f"{found.name}.pdf", media=PDF)


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
