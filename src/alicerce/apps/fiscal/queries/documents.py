"""Tax documents of the current tenant."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from alicerce.apps.billing.ports import DocumentLink
from alicerce.apps.fiscal.errors import NoSuchDocument
from alicerce.apps.fiscal.models import FiscalDocument, FiscalTask, Issuer
from alicerce.apps.fiscal.types import (
    DocumentCard,
    DocumentPage,
    FiscalStatus,
    IssuerCard,
    TaskCard,
)
from alicerce.kernel.db import as_operator
from alicerce.kernel.rest.answers import Row, Slice
from alicerce.kernel.rest.listing import Window, slice_of

PAGE = 50
COLUMNS = (
    "id", "invoice_id", "customer_id", "status", "series", "number", "dps_id", "environment",
    "amount_cents", "currency", "access_key", "note_number", "code", "reason", "replaces_id",
    "queued_at", "authorized_at", "ended_at",
)  # fmt: skip


def document(document_id: UUID) -> DocumentCard:
    """Raises NoSuchDocument."""
    return _row(document_id).card()


def document_of(invoice_id: UUID) -> DocumentCard | None:
    """The one that stands for an invoice now; a cancelled one only while there is no other."""
    own = FiscalDocument.objects.filter(invoice_id=invoice_id)
    found = own.order_by("-is_current", "-id").first()
    return found.card() if found else None


def documents(
    *, status: FiscalStatus | None = None, before: UUID | None = None, limit: int = PAGE
) -> DocumentPage:
    """Newest first; the next page begins before the last id."""
    rows = FiscalDocument.objects.order_by("-id")
    if status is not None:
        rows = rows.filter(status=status)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = [row.card() for row in rows.defer("sent_xml", "note_xml")[: limit + 1]]
    shown = tuple(found[:limit])
    return DocumentPage(shown, shown[-1].id if len(found) > limit else None)


def xml_of(document_id: UUID) -> tuple[str, str]:
    """Its file name and the note, or what was sent to become one. Raises NoSuchDocument."""
    row = _row(document_id)
    if row.note_xml:
        return f"NFSe-{row.access_key}.xml", row.note_xml
    if not row.sent_xml:
        raise NoSuchDocument
    return f"{row.dps_id}.xml", row.sent_xml


def links_of(invoice_id: UUID) -> Sequence[DocumentLink]:
    """The authorized note of an invoice, for who pays it."""
    found = document_of(invoice_id)
    if found is None or found.status not in {
        FiscalStatus.AUTHORIZED,
        FiscalStatus.CANCEL_REQUESTED,
    }:
        return ()
    return (DocumentLink(f"NFS-e nº {found.note_number}", found.url),)


def issuer(issuer_id: UUID | None = None) -> IssuerCard | None:
    """As the company itself declares, or another issuer of its own."""
    found = Issuer.objects.of(issuer_id).first()
    return found.card() if found else None


def open_tasks(*, limit: int = PAGE) -> list[TaskCard]:
    """The oldest first."""
    rows = FiscalTask.objects.filter(closed_at=None).select_related("credit_note", "document")
    return [row.card() for row in rows.order_by("id")[:limit]]


def tenants_with_unsettled(at: datetime) -> list[UUID]:
    """Whose documents wait for an answer too long. Call it outside of any tenant."""
    with as_operator():
        rows = FiscalDocument.objects.unsettled(at).values_list("tenant_id", flat=True)
        return sorted(set(rows.distinct()))


def document_rows(window: Window, **wanted: object) -> Slice:
    """As programs read them; a filter that is None narrows nothing."""
    narrowed = {name: value for name, value in wanted.items() if value is not None}
    found = slice_of(FiscalDocument.objects.filter(**narrowed), window, *COLUMNS)
    return Slice([_record(row) for row in found.rows], found.next_cursor)


def document_record(document_id: UUID) -> Row:
    """Raises NoSuchDocument."""
    row = FiscalDocument.objects.filter(pk=document_id).values(*COLUMNS).first()
    if row is None:
        raise NoSuchDocument
    return _record(row)


def _record(row: Row) -> Row:
    return {"object": "fiscal_document", **row}


def _row(document_id: UUID) -> FiscalDocument:
    found: FiscalDocument | None = FiscalDocument.objects.filter(pk=document_id).first()
    if found is None:
        raise NoSuchDocument
    return found
