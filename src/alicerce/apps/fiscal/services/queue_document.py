"""Give an invoice its document, with the next number; and another one in its place."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.fiscal.errors import (
    DocumentNotSo,
    NoIssuer,
    NoSuchDocument,
    NothingToDeclare,
)
from alicerce.apps.fiscal.events import FiscalDocumentQueued
from alicerce.apps.fiscal.models import DpsCounter, FiscalDocument, Issuer
from alicerce.apps.fiscal.models.document import LOOK_AGAIN
from alicerce.apps.fiscal.ports import issuers
from alicerce.apps.fiscal.queries.declarations import config_of, issuing
from alicerce.apps.fiscal.types import FiscalStatus, IssueWhen
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def queue_by_itself(*, invoice_id: UUID, when: IssueWhen, at: datetime) -> UUID | None:
    """What follows an invoice, or its payment, where the company wants it to. Safe to repeat."""
    if not Issuer.objects.filter(enabled=True, when=when).exists():  # as in most companies
        return None
    issuer = issuing(invoice_id)
    if issuer is None or issuer.when != when or not issuer.is_ready:
        return None
    try:
        return queue_document(invoice_id=invoice_id, at=at)
    except NothingToDeclare:
        return None


@transaction()
def queue_document(*, invoice_id: UUID, at: datetime) -> UUID:
    """The document of an invoice; asked again, it is the same. Raises NoIssuer, NothingToDeclare."""
    if known := _current(invoice_id):
        return UUID(str(known.id))
    issuer = _ready(invoice_id)
    billing.hold_invoice(invoice_id=invoice_id)
    if known := _current(invoice_id):  # whoever held the invoice before made it
        return UUID(str(known.id))
    return _write(issuer, invoice_id, None, at=at)


@transaction()
def substitute_document(*, document_id: UUID, at: datetime) -> UUID:
    """Another for what the invoice stands for now. The old one stands until that is authorized.

    Raises NoSuchDocument, DocumentNotSo, NoIssuer, NothingToDeclare.
    """
    found = FiscalDocument.objects.filter(pk=document_id).first()
    if found is None:
        raise NoSuchDocument
    billing.hold_invoice(invoice_id=found.invoice_id)
    old = FiscalDocument.objects.lock(document_id)
    issuer = _ready(old.invoice_id)
    if old.status != FiscalStatus.AUTHORIZED or not old.is_current:
        raise DocumentNotSo
    old.give_way()
    return _write(issuer, old.invoice_id, old, at=at)


@transaction()
def retry_document(*, document_id: UUID, at: datetime) -> None:
    """Send what was refused again, as the facts are by now. Raises NoSuchDocument, DocumentNotSo."""
    row = FiscalDocument.objects.select_for_update(of=("self",)).filter(pk=document_id).first()
    if row is None:
        raise NoSuchDocument
    cents = billing.declared_of(row.invoice_id).cents
    if not row.queue_again(amount_cents=cents, at=at):
        raise DocumentNotSo
    _record("fiscal.document_queued", row, at=at)
    publish(FiscalDocumentQueued(at=at, document_id=row.id))


def _write(
    issuer: Issuer, invoice_id: UUID, replaced: FiscalDocument | None, *, at: datetime
) -> UUID:
    summary = billing.invoice(invoice_id)
    declared = billing.declared_of(invoice_id)
    if declared.cents <= 0:
        raise NothingToDeclare
    number = DpsCounter.take(
        document=issuer.document, city_code=issuer.city_code, series=issuer.series
    )
    maker = issuers["nfse"](config_of(issuer))
    row = FiscalDocument.objects.create(
        invoice_id=invoice_id,
        customer_id=summary.customer_id,
        replaces=replaced,
        environment=issuer.environment,
        series=issuer.series,
        number=number,
        dps_id=maker.name_of(series=issuer.series, number=number),
        amount_cents=declared.cents,
        currency=summary.total.currency,
        queued_at=at,
        look_at=at + LOOK_AGAIN,
    )
    _record("fiscal.document_queued", row, at=at)
    publish(FiscalDocumentQueued(at=at, document_id=row.id))
    return UUID(str(row.id))


def _ready(invoice_id: UUID) -> Issuer:
    issuer = issuing(invoice_id)
    if issuer is None or not issuer.is_ready:
        raise NoIssuer
    return issuer


def _current(invoice_id: UUID) -> FiscalDocument | None:
    found: FiscalDocument | None = (
        FiscalDocument.objects.current().filter(invoice_id=invoice_id).first()
    )
    return found


def _record(action: str, row: FiscalDocument, *, at: datetime) -> None:
    audit.record(
        action=action,
        entity="fiscal_document",
        entity_id=row.id,
        after={
            "invoice_id": row.invoice_id,
            "dps_id": row.dps_id,
            "amount_cents": row.amount_cents,
        },
        at=at,
    )
