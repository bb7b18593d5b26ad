"""What fiscal does when something happens."""

from alicerce.apps.billing.events import InvoiceCredited, InvoiceIssued, InvoicePaid
from alicerce.apps.fiscal.events import (
    CancellationAsked,
    DocumentsUnsettled,
    FiscalDocumentCancelled,
    FiscalDocumentQueued,
)
from alicerce.apps.fiscal.queries.documents import tenants_with_unsettled
from alicerce.apps.fiscal.services.cancel_document import (
    open_task,
    perform_cancellation,
    settle_tasks,
)
from alicerce.apps.fiscal.services.look_again import look_again
from alicerce.apps.fiscal.services.queue_document import queue_by_itself
from alicerce.apps.fiscal.services.send_document import send_document
from alicerce.apps.fiscal.types import IssueWhen
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.jobs import every, on

LOOK = 300


@on(InvoiceIssued, queue="bulk")
def document_issued_invoice(issued: InvoiceIssued) -> None:
    queue_by_itself(invoice_id=issued.invoice_id, when=IssueWhen.ISSUED, at=now())


@on(InvoicePaid, queue="bulk")
def document_paid_invoice(paid: InvoicePaid) -> None:
    queue_by_itself(invoice_id=paid.invoice_id, when=IssueWhen.PAID, at=now())


@on(FiscalDocumentQueued, queue="bulk")
def send_queued_document(queued: FiscalDocumentQueued) -> None:
    send_document(document_id=queued.document_id, at=now())


@on(CancellationAsked)
def cancel_asked_document(asked: CancellationAsked) -> None:
    perform_cancellation(document_id=asked.document_id, at=now())


@on(InvoiceCredited, queue="bulk")
def ask_about_document(credited: InvoiceCredited) -> None:
    open_task(
        credit_note_id=credited.credit_note_id, invoice_id=credited.invoice_id, at=credited.at
    )


@on(FiscalDocumentCancelled, queue="bulk")
def settle_tasks_of_document(cancelled: FiscalDocumentCancelled) -> None:
    resolution = "substituted" if cancelled.substituted else "cancelled"
    settle_tasks(document_id=cancelled.document_id, resolution=resolution, at=cancelled.at)


@every(seconds=LOOK)
def find_unsettled_documents() -> None:
    for tenant_id in tenants_with_unsettled(now()):
        with acting(tenant_id=tenant_id), transaction():
            publish(DocumentsUnsettled(at=now()))


@on(DocumentsUnsettled, queue="bulk")
def look_at_unsettled_documents(unsettled: DocumentsUnsettled) -> None:
    look_again(at=now())
