"""Facts of fiscal."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class FiscalDocumentQueued(Event):
    """A document has its number and is to be sent, or asked about."""

    name: ClassVar[str] = "fiscal_document.queued"
    is_internal: ClassVar[bool] = True

    document_id: UUID


class CancellationAsked(Event):
    """Somebody wants an authorized document cancelled."""

    name: ClassVar[str] = "fiscal_document.cancellation_asked"
    is_internal: ClassVar[bool] = True

    document_id: UUID


class DocumentsUnsettled(Event):
    """Documents of the tenant wait for an answer for too long."""

    name: ClassVar[str] = "fiscal_document.unsettled"
    is_internal: ClassVar[bool] = True


class FiscalDocumentAuthorized(Event):
    name: ClassVar[str] = "fiscal_document.authorized"
    description: ClassVar = _("Uma nota fiscal foi autorizada.")

    document_id: UUID
    invoice_id: UUID
    customer_id: UUID
    access_key: str
    note_number: str


class FiscalDocumentRejected(Event):
    name: ClassVar[str] = "fiscal_document.rejected"
    description: ClassVar = _("Uma nota fiscal foi recusada, e espera conserto.")

    document_id: UUID
    invoice_id: UUID
    customer_id: UUID
    code: str


class FiscalDocumentCancelled(Event):
    """Cancelled by its event, or another took its place."""

    name: ClassVar[str] = "fiscal_document.cancelled"
    description: ClassVar = _("Uma nota fiscal foi cancelada ou substituída.")

    document_id: UUID
    invoice_id: UUID
    customer_id: UUID
    substituted: bool
