"""The endpoints about invoices."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.billing import permissions as may
from alicerce.apps.billing.queries import records
from alicerce.apps.metadata.public import change_metadata, hold_metadata
from alicerce.apps.metadata.types import ThingKind
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.changes import given
from alicerce.kernel.rest.etags import require_match
from alicerce.kernel.rest.listing import MADE, NEWEST, ListOut, ListQuery
from alicerce.kernel.rest.metadata import (
    MetadataChange,
    MetadataOut,
    asked_metadata,
    found_by_metadata,
)
from alicerce.kernel.rest.routing import Endpoints, expanding, refusing

router = Endpoints(tags=["Invoices"])


class InvoiceOut(Schema):
    """Um pedido de pagamento."""

    object: Literal["invoice"]
    id: UUID
    number: str = Field(description="Série e número, como na fatura.", examples=["A1042"])
    status: Literal["open", "paid", "void"]
    customer_id: UUID
    order_id: UUID | None
    total_cents: int = Field(examples=[4990])
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


class InvoiceDetailOut(InvoiceOut):
    """Uma fatura com as suas linhas."""

    lines: list[InvoiceLineOut]


class InvoiceListOut(ListOut):
    """Uma página de faturas."""

    data: list[InvoiceOut]


class InvoiceQuery(ListQuery):
    orders = {
        **MADE,
        "number": ("series", "number"),
        "due_on": ("due_on", "id"),
    }

    sort: Literal["-created_at", "created_at", "number", "-number", "due_on", "-due_on"] = (
        Field(  # type: ignore[assignment]
            NEWEST,
            description="As mais novas primeiro (`-created_at`), por série e número, ou por vencimento.",
        )
    )
    status: Literal["open", "paid", "void"] | None = Field(None, description="Só neste estado.")
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
