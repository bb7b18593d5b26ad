"""Start to collect an invoice: a row and an event. The provider is asked later, by a job."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.errors import (
    BeingDebited,
    CardBeingCharged,
    InvoiceNotOpen,
    MethodNotOffered,
    NoSuchInvoice,
)
from alicerce.apps.billing.events import ChargeBegun
from alicerce.apps.billing.models import Charge, GatewayAccount, Invoice
from alicerce.apps.billing.queries.rulings import billing_rules
from alicerce.apps.billing.rules.charging import KIND_OF, expiry, idempotency_key
from alicerce.apps.billing.rules.due_charges import BRASILIA, due_terms, last_moment
from alicerce.apps.billing.types import InvoiceKind, PaymentMethod, Renewal
from alicerce.apps.billing.types.cards import NO_CARD, CardUse
from alicerce.apps.billing.types.due import DueTerms
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
    card: CardUse = NO_CARD,
) -> UUID:
    """The charge to pay what remains of the invoice; the one that is still good when there is one.

    A kept card is charged by a charge of its own, and never beside another by card, nor beside a debit.
    Raises NoSuchInvoice, InvoiceNotOpen, MethodNotOffered, CardBeingCharged or BeingDebited.
    """
    invoice = lock_payable(invoice_id=invoice_id)
    if card.card and Charge.objects.live().debits().filter(invoice_id=invoice_id).exists():
        raise BeingDebited
    own = Charge.objects.live().shown().filter(invoice_id=invoice_id, method=method)
    live = own.select_for_update(of=("self",), no_key=True).first()
    if live and (live.is_good(at=at) or not live.expire()):
        if card.card:
            raise CardBeingCharged
        return UUID(str(live.id))
    charge = _begin(
        invoice, _account(method, card), method, return_url, renewal, card=card, at=at
    )
    audit.record(
        action="charge.begun",
        entity="charge",
        entity_id=charge.id,
        after={
            "invoice_id": invoice.id,
            "method": method,
            "attempt": charge.attempt,
            **({"keeps_card": True} if card.keeps else {}),
        },
        at=at,
    )
    publish(ChargeBegun(at=at, charge_id=charge.id))
    return UUID(str(charge.id))


def lock_payable(*, invoice_id: UUID) -> Invoice:
    """Raises NoSuchInvoice or InvoiceNotOpen."""
    try:
        invoice: Invoice = Invoice.objects.lock(invoice_id)
    except Invoice.DoesNotExist:
        raise NoSuchInvoice from None
    if not invoice.is_payable:
        raise InvoiceNotOpen
    return invoice


def _account(method: PaymentMethod, card: CardUse) -> GatewayAccount:
    kind = KIND_OF.get(method)
    if kind is None:
        raise MethodNotOffered
    account: GatewayAccount | None = GatewayAccount.objects.latest_of(kind)
    if card.account_id:
        own = GatewayAccount.objects.enabled().filter(kind=kind)
        account = own.filter(pk=card.account_id).first()
    if account is None or not account.offers(method):
        raise MethodNotOffered
    return account


def _begin(
    invoice: Invoice,
    account: GatewayAccount,
    method: PaymentMethod,
    return_url: str,
    renewal: Renewal | None,
    *,
    card: CardUse,
    at: datetime,
) -> Charge:
    due = _due(invoice, account, method, at=at)
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
        payer_reference=card.payer,
        card_reference=card.card,
        keeps_card=card.keeps,
        begun_at=at,
        checked_at=at,
        expires_at=last_moment(due)
        if due
        else expiry(kind=KIND_OF[method], at=at, seconds=account.charge_seconds()),
        **(asdict(due) if due else {}),
        return_url=return_url,
    )
    return charge


def _due(
    invoice: Invoice, account: GatewayAccount, method: PaymentMethod, *, at: datetime
) -> DueTerms | None:
    """A Pix for later: never of an order, which is paid at once, nor of funds, which nobody owes."""
    on = at.astimezone(BRASILIA).date()
    is_for_later = invoice.due_on > on and not invoice.order_id and account.has_due_dates()
    if method != PaymentMethod.PIX or not is_for_later or invoice.kind == InvoiceKind.FUNDS:
        return None
    return due_terms(
        invoice.remaining.cents, due_on=invoice.due_on, on=on, rules=billing_rules()
    )
