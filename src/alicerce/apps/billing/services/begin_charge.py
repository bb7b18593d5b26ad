"""Start to collect an invoice: a row and an event. The provider is asked later, by a job."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.errors import InvoiceNotOpen, MethodNotOffered, NoSuchInvoice
from alicerce.apps.billing.events import ChargeBegun
from alicerce.apps.billing.models import Charge, GatewayAccount, Invoice
from alicerce.apps.billing.rules.charging import KIND_OF, expiry, idempotency_key
from alicerce.apps.billing.types import PaymentMethod, Renewal
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def begin_charge(
    *,
    invoice_id: UUID,
    method: PaymentMethod,
    return_url: str,
    at: datetime,
    renewal: Renewal | None = None,
) -> UUID:
    """The charge to pay what remains of the invoice; the one that is still good when there is one.

    Raises NoSuchInvoice, InvoiceNotOpen or MethodNotOffered.
    """
    invoice = _lock(invoice_id)
    own = Charge.objects.live().filter(invoice_id=invoice_id, method=method)
    live = own.select_for_update(of=("self",)).first()
    if live and (live.expires_at > at or not live.expire()):
        return UUID(str(live.id))
    kind = KIND_OF.get(method)
    account = GatewayAccount.objects.latest_of(kind) if kind else None
    if account is None:
        raise MethodNotOffered
    charge = _begin(invoice, account, method, return_url, renewal, at=at)
    audit.record(
        action="charge.begun",
        entity="charge",
        entity_id=charge.id,
        after={"invoice_id": invoice.id, "method": method, "attempt": charge.attempt},
        at=at,
    )
    publish(ChargeBegun(at=at, charge_id=charge.id))
    return UUID(str(charge.id))


def _lock(invoice_id: UUID) -> Invoice:
    try:
        invoice: Invoice = Invoice.objects.lock(invoice_id)
    except Invoice.DoesNotExist:
        raise NoSuchInvoice from None
    if not invoice.is_payable:
        raise InvoiceNotOpen
    return invoice


def _begin(
    invoice: Invoice,
    account: GatewayAccount,
    method: PaymentMethod,
    return_url: str,
    renewal: Renewal | None,
    *,
    at: datetime,
) -> Charge:
    attempt = Charge.objects.filter(invoice_id=invoice.id).count() + 1
    charge: Charge = Charge.objects.create(
        invoice=invoice,
        account=account,
        method=method,
        attempt=attempt,
        idempotency_key=idempotency_key(
            tenant_id=invoice.tenant_id,
            invoice_id=invoice.id,
            attempt=attempt,
            amount=invoice.remaining,
        ),
        amount_cents=invoice.remaining.cents,
        currency=invoice.currency,
        renews_every=renewal.interval if renewal else "",
        renews_count=renewal.count if renewal else 1,
        begun_at=at,
        checked_at=at,
        expires_at=expiry(kind=KIND_OF[method], at=at, seconds=account.charge_seconds()),
        return_url=return_url,
    )
    return charge
