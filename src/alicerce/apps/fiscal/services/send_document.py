"""Have a document authorized. What may have been sent before is asked about first, never sent again blind."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.fiscal.events import (
    FiscalDocumentAuthorized,
    FiscalDocumentCancelled,
    FiscalDocumentRejected,
)
from alicerce.apps.fiscal.models import FiscalDocument
from alicerce.apps.fiscal.ports import (
    Authorized,
    DocumentOrder,
    FiscalIssuer,
    Rejected,
    issuers,
)
from alicerce.apps.fiscal.queries.declarations import config_of, order_of, sure_issuing
from alicerce.apps.fiscal.rules import flaw_of
from alicerce.apps.fiscal.types import FiscalStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.http import Unavailable, Unknown


@dataclass(frozen=True, slots=True)
class Prepared:
    issuer: FiscalIssuer
    dps_id: str
    xml: str
    was_sent: bool


def send_document(*, document_id: UUID, at: datetime) -> None:
    """Safe to repeat from any point of failure. Raises Unavailable or Unknown: again later."""
    prepared = _prepare(document_id, at=at)
    if prepared is None:
        return
    try:
        found = _find_or_send(prepared)
    except Rejected as rejected:
        reject_document(
            document_id=document_id, code=rejected.code, reason=rejected.reason, at=at
        )
    except Unavailable as trouble:
        _wait(document_id, str(trouble), was_sent=prepared.was_sent, at=at)
        raise
    except Unknown as doubt:
        _wait(document_id, str(doubt), was_sent=True, at=at)
        raise
    else:
        _authorize(document_id, found, at=at)
    finally:
        prepared.issuer.close()


def _find_or_send(prepared: Prepared) -> Authorized:
    found = prepared.issuer.find(prepared.dps_id) if prepared.was_sent else None
    return found or prepared.issuer.send(prepared.xml)


@transaction()
def _prepare(document_id: UUID, *, at: datetime) -> Prepared | None:
    """The last look before sending. That it is sent is on record before anybody else knows."""
    row = FiscalDocument.objects.lock(document_id)
    issuer = sure_issuing(row.invoice_id)
    if row.status == FiscalStatus.SENT:
        maker = issuers["nfse"](config_of(issuer, row))
        return Prepared(maker, row.dps_id, row.sent_xml, was_sent=True)
    if row.status != FiscalStatus.QUEUED:
        return None
    order = order_of(row, issuer)
    if flaw := _flaw(order):
        _reject(row, code=flaw, reason="", at=at)
        return None
    maker = issuers["nfse"](config_of(issuer, row))
    row.send(maker.write(order), at=at)
    return Prepared(maker, row.dps_id, row.sent_xml, was_sent=False)


def _flaw(order: DocumentOrder) -> str:
    iss = order.declared.taxes.get("iss")
    found = flaw_of(
        cents=order.declared.service_cents,
        service_code=order.declared.service_code,
        taker_document=order.taker.document,
        has_address=order.taker.address is not None,
        withheld=bool(iss and iss[2]),
    )
    return found.value if found else ""


@transaction()
def _wait(document_id: UUID, trouble: str, *, was_sent: bool, at: datetime) -> None:
    row = FiscalDocument.objects.lock(document_id)
    if row.status == FiscalStatus.SENT:
        row.wait(trouble, at=at, was_sent=was_sent)


@transaction()
def reject_document(*, document_id: UUID, code: str, reason: str, at: datetime) -> None:
    _reject(FiscalDocument.objects.lock(document_id), code=code, reason=reason, at=at)


def _reject(row: FiscalDocument, *, code: str, reason: str, at: datetime) -> None:
    if not row.reject(code=code, reason=reason):
        return
    _record("fiscal.document_rejected", row, at=at)
    publish(
        FiscalDocumentRejected(
            at=at,
            document_id=row.id,
            invoice_id=row.invoice_id,
            customer_id=row.customer_id,
            code=row.code,
        )
    )


@transaction()
def _authorize(document_id: UUID, found: Authorized, *, at: datetime) -> None:
    row = FiscalDocument.objects.lock(document_id)
    if not row.authorize(key=found.access_key, number=found.number, xml=found.xml, at=at):
        return
    _record("fiscal.document_authorized", row, at=at)
    publish(
        FiscalDocumentAuthorized(
            at=at,
            document_id=row.id,
            invoice_id=row.invoice_id,
            customer_id=row.customer_id,
            access_key=row.access_key,
            note_number=row.note_number,
        )
    )
    if row.replaces_id:
        _end_replaced(row.replaces_id, at=at)


def _end_replaced(document_id: UUID, *, at: datetime) -> None:
    old = FiscalDocument.objects.lock(document_id)
    if not old.be_substituted(at=at):
        return
    _record("fiscal.document_substituted", old, at=at)
    publish(
        FiscalDocumentCancelled(
            at=at,
            document_id=old.id,
            invoice_id=old.invoice_id,
            customer_id=old.customer_id,
            substituted=True,
        )
    )


def _record(action: str, row: FiscalDocument, *, at: datetime) -> None:
    audit.record(
        action=action,
        entity="fiscal_document",
        entity_id=row.id,
        after={"access_key": row.access_key, "code": row.code},
        at=at,
    )
