"""The endpoints about tax documents. Programs read; what is declared is asked for by people and by payments."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.fiscal import permissions as may
from alicerce.apps.fiscal.queries.documents import document_record, document_rows
from alicerce.apps.fiscal.types import Environment, FiscalStatus
from alicerce.kernel.access import Request, requires
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.routing import Endpoints, expanding

router = Endpoints(tags=["Fiscal documents"])


class FiscalDocumentOut(Schema):
    """Uma nota fiscal de serviço, do pedido à autorização."""

    object: Literal["fiscal_document"]
    id: UUID
    invoice_id: UUID
    customer_id: UUID
    status: FiscalStatus
    environment: Environment = Field(description="1 é produção; 2 não tem valor fiscal.")
    series: str = Field(examples=["1"])
    number: int = Field(description="O número da DPS na série, sem saltos.", examples=[42])
    dps_id: str = Field(description="O nome da DPS, o mesmo de sempre.")
    note_number: str = Field(description="O número da NFS-e; vazio até ser autorizada.")
    access_key: str = Field(description="A chave da NFS-e; vazia até ser autorizada.")
    amount_cents: int = Field(description="O valor do serviço.", examples=[4990])
    currency: str = Field(examples=["BRL"])
    code: str = Field(description="Por que foi recusada, no código de quem recusou.")
    reason: str
    replaces_id: UUID | None = Field(description="A nota que esta substitui.")
    queued_at: datetime
    authorized_at: datetime | None
    ended_at: datetime | None


class FiscalDocumentListOut(ListOut):
    """Uma página de notas fiscais."""

    data: list[FiscalDocumentOut]


class FiscalDocumentQuery(ListQuery):
    status: FiscalStatus | None = Field(None, description="Só neste estado.")
    invoice_id: UUID | None = Field(None, description="Só desta fatura.")
    customer_id: UUID | None = Field(None, description="Só deste cliente.")


@router.get(
    "/fiscal-documents",
    response=FiscalDocumentListOut,
    operation_id="listFiscalDocuments",
    summary="Listar notas fiscais",
)
@requires(may.READ)
@expanding("customer", "invoice", "invoice.customer")
def list_fiscal_documents(request: Request, asked: Query[FiscalDocumentQuery]) -> Answer:
    """As notas fiscais, da mais nova para a mais antiga."""
    found = document_rows(
        asked.window(),
        status=asked.status,
        invoice_id=asked.invoice_id,
        customer_id=asked.customer_id,
    )
    return Answer(found)


@router.get(
    "/fiscal-documents/{uuid:document_id}",
    response=FiscalDocumentOut,
    operation_id="getFiscalDocument",
    summary="Mostrar uma nota fiscal",
)
@requires(may.READ)
@expanding("customer", "invoice", "invoice.customer")
def get_fiscal_document(request: Request, document_id: UUID) -> Answer:
    """Uma nota fiscal e até onde ela foi."""
    return Answer(document_record(document_id))
