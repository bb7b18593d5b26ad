"""Ask the provider to give money back. What may have been asked before is looked for, never asked twice."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from alicerce.apps.billing.models import Invoice, Payment, Refund
from alicerce.apps.billing.ports import Gateway, ProviderRefund, RefundOrder
from alicerce.apps.billing.services.end_refund import fail
from alicerce.apps.billing.services.follow_refund import follow_refund
from alicerce.apps.billing.services.holding import hold_any_invoice
from alicerce.apps.billing.services.providers import open_gateway
from alicerce.apps.billing.types.corrections import RefundStatus
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.kernel.http import Refusal, Unknown

REQUESTABLE = {RefundStatus.CREATED, RefundStatus.REQUESTED, RefundStatus.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Prepared:
    account_id: UUID
    gateway: Gateway
    order: RefundOrder
    was_asked: bool


def request_refund(*, refund_id: UUID, at: datetime) -> None:
    """Give back at the provider. Safe to repeat from any point of failure.

    Raises Unavailable or Unknown: again later.
    """
    prepared = _prepare(refund_id)
    if prepared is None:
        return
    try:
        told = _find_or_request(prepared)
    except Refusal as refusal:
        _record_refusal(refund_id, str(refusal), at=at)
    except Unknown as doubt:
        _record_doubt(refund_id, str(doubt))
        raise
    else:
        _follow(prepared.account_id, told, at=at)


def read_refund(*, refund_id: UUID, at: datetime) -> bool:
    """Ask what became of a refund that the provider has. Whether it was news."""
    prepared = _prepare(refund_id, those=REQUESTABLE | {RefundStatus.PENDING})
    told = prepared.gateway.find_refund(prepared.order) if prepared else None
    if prepared is None or told is None:
        return False
    return _follow(prepared.account_id, told, at=at)


@transaction()
def _prepare(
    refund_id: UUID, those: frozenset[RefundStatus] | set[RefundStatus] = REQUESTABLE
) -> Prepared | None:
    """The refund's name is on record before anybody else knows it."""
    refund = Refund.objects.lock(refund_id)
    if refund.status not in those or refund.account_id is None:
        return None
    was_asked = refund.status != RefundStatus.CREATED
    payment = Payment.objects.get(pk=refund.payment_id)
    gateway, order = (
        open_gateway(account_id=refund.account_id),
        order_of(refund=refund, payment=payment),
    )
    if refund.status in REQUESTABLE:
        refund.request(gateway.refund_name(order))
    named = replace(order, external_id=refund.external_id)
    return Prepared(refund.account_id, gateway, named, was_asked)


def order_of(*, refund: Refund, payment: Payment) -> RefundOrder:
    """The same refund gives the same order: what providers compare must not vary."""
    return RefundOrder(
        refund_id=refund.id,
        tenant_id=refund.tenant_id,
        payment_reference=payment.reference,
        amount=refund.amount,
        external_id=refund.external_id,
        idempotency_key=refund.idempotency_key,
        description=_words(refund.invoice_id),
    )


def _words(invoice_id: UUID | None) -> str:
    tenant = tenancy.tenant_card()
    found = Invoice.objects.filter(pk=invoice_id).first() if invoice_id else None
    if found is None:
        return tenant.name
    with translation.override(tenant.locale):
        return _("%(company)s · Fatura nº %(number)s") % {
            "company": tenant.name,
            "number": found.code,
        }


def _find_or_request(prepared: Prepared) -> ProviderRefund:
    found = prepared.gateway.find_refund(prepared.order) if prepared.was_asked else None
    return found or prepared.gateway.refund(prepared.order)


@transaction()
def _follow(account_id: UUID, told: ProviderRefund, *, at: datetime) -> bool:
    return follow_refund(account_id=account_id, told=told, at=at)


@transaction()
def _record_refusal(refund_id: UUID, reason: str, *, at: datetime) -> None:
    """The provider said no, and it never had it: what was reserved is free again."""
    seen = Refund.objects.get(pk=refund_id)
    invoice = hold_any_invoice(invoice_id=seen.invoice_id) if seen.invoice_id else None
    refund = Refund.objects.lock(refund_id)
    if refund.status not in REQUESTABLE:
        return
    payment = Payment.objects.get(pk=refund.payment_id)
    fail(refund=refund, payment=payment, invoice=invoice, error=reason, at=at)


@transaction()
def _record_doubt(refund_id: UUID, reason: str) -> None:
    Refund.objects.lock(refund_id).doubt(reason)
