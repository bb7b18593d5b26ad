"""Have an authorized document cancelled, as asked; and decide about what a credit note left behind."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.fiscal.errors import DocumentNotSo, NoSuchDocument, NoSuchTask
from alicerce.apps.fiscal.events import CancellationAsked, FiscalDocumentCancelled
from alicerce.apps.fiscal.models import FiscalDocument, FiscalTask
from alicerce.apps.fiscal.ports import CancelOrder, FiscalIssuer, Rejected, issuers
from alicerce.apps.fiscal.queries.declarations import config_of, sure_issuing
from alicerce.apps.fiscal.types import CancelCode, FiscalStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def ask_cancellation(*, document_id: UUID, code: CancelCode, reason: str, at: datetime) -> None:
    """Raises NoSuchDocument, DocumentNotSo."""
    row = _held(document_id)
    if not row.ask_to_cancel(code=code, reason=reason, at=at):
        raise DocumentNotSo
    audit.record(
        action="fiscal.cancellation_asked",
        entity="fiscal_document",
        entity_id=row.id,
        after={
            "code": code.value,
            "reason": Personal(reason, of=f"customer:{row.customer_id}"),
        },
        at=at,
    )
    publish(CancellationAsked(at=at, document_id=row.id))


def perform_cancellation(*, document_id: UUID, at: datetime) -> None:
    """Safe to repeat: whether it is cancelled is asked before asking for it. Raises Unavailable, Unknown."""
    prepared = _prepare(document_id)
    if prepared is None:
        return
    issuer, order = prepared
    try:
        if not issuer.is_cancelled(order.access_key):
            issuer.cancel(order)
    except Rejected as rejected:
        _keep(document_id, rejected, at=at)
    else:
        _end(document_id, at=at)
    finally:
        issuer.close()


@transaction()
def open_task(*, credit_note_id: UUID, invoice_id: UUID, at: datetime) -> UUID | None:
    """A credit note of an invoice that has a document asks somebody to decide. Once; safe to repeat."""
    own = FiscalDocument.objects.current().filter(invoice_id=invoice_id)
    row = own.exclude(status=FiscalStatus.REJECTED).first()
    if row is None:
        return None
    task = FiscalTask(document=row, credit_note_id=credit_note_id, opened_at=at)
    if not FiscalTask.objects.add_once(task):
        return None
    return UUID(str(task.id))


@transaction()
def dismiss_task(*, task_id: UUID, reason: str, at: datetime) -> None:
    """The document stays as it is. Raises NoSuchTask."""
    task = FiscalTask.objects.select_for_update(of=("self",)).filter(pk=task_id).first()
    if task is None or not task.close("kept", at=at):
        raise NoSuchTask
    audit.record(
        action="fiscal.task_dismissed",
        entity="fiscal_document",
        entity_id=task.document_id,
        after={"reason": reason},
        at=at,
    )


@transaction()
def settle_tasks(*, document_id: UUID, resolution: str, at: datetime) -> None:
    """Its document is over: nothing is left to decide."""
    for task in FiscalTask.objects.filter(document_id=document_id, closed_at=None):
        task.close(resolution, at=at)


@transaction()
def _prepare(document_id: UUID) -> tuple[FiscalIssuer, CancelOrder] | None:
    row = FiscalDocument.objects.lock(document_id)
    if row.status != FiscalStatus.CANCEL_REQUESTED:
        return None
    assert row.cancel_asked_at, "it was asked for"
    order = CancelOrder(
        row.access_key, CancelCode(row.cancel_code), row.cancel_reason, row.cancel_asked_at
    )
    return issuers["nfse"](config_of(sure_issuing(row.invoice_id), row)), order


@transaction()
def _keep(document_id: UUID, rejected: Rejected, *, at: datetime) -> None:
    row = FiscalDocument.objects.lock(document_id)
    if row.keep_after_all(code=rejected.code, reason=rejected.reason):
        audit.record(
            action="fiscal.cancellation_refused",
            entity="fiscal_document",
            entity_id=row.id,
            after={"code": rejected.code},
            at=at,
        )


@transaction()
def _end(document_id: UUID, *, at: datetime) -> None:
    row = FiscalDocument.objects.lock(document_id)
    if not row.cancel(at=at):
        return
    audit.record(
        action="fiscal.document_cancelled",
        entity="fiscal_document",
        entity_id=row.id,
        after={"access_key": row.access_key},
        at=at,
    )
    publish(
        FiscalDocumentCancelled(
            at=at,
            document_id=row.id,
            invoice_id=row.invoice_id,
            customer_id=row.customer_id,
            substituted=False,
        )
    )


def _held(document_id: UUID) -> FiscalDocument:
    found: FiscalDocument | None = (
        FiscalDocument.objects.select_for_update(of=("self",)).filter(pk=document_id).first()
    )
    if found is None:
        raise NoSuchDocument
    return found
