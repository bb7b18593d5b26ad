"""Start to debit an invoice by an authorisation: a row and an event. The PSP is asked later, by a job."""

from datetime import datetime, time, timedelta
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.errors import AlreadyDebited, CardBeingCharged, MethodNotOffered
from alicerce.apps.billing.events import ChargeBegun
from alicerce.apps.billing.models import Charge, GatewayAccount, Invoice
from alicerce.apps.billing.rules.charging import idempotency_key
from alicerce.apps.billing.rules.due_charges import BRASILIA
from alicerce.apps.billing.services.begin_charge import lock_payable
from alicerce.apps.billing.types import GatewayKind, PaymentMethod
from alicerce.apps.billing.types.debits import DebitUse
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

LAST_TRY = timedelta(days=9)
"""After its day: seven days of new tries, and what a weekend puts off."""


@transaction()
def begin_debit(*, invoice_id: UUID, use: DebitUse, at: datetime) -> UUID:
    """The charge by which the bank debits what remains; at most one is live for an invoice.

    It may stand beside a Pix that its payer was shown: who pays that ends this, where the PSP still lets us.
    It never stands beside a kept card that is being charged.
    Raises NoSuchInvoice, InvoiceNotOpen, MethodNotOffered, AlreadyDebited or CardBeingCharged.
    """
    invoice = lock_payable(invoice_id=invoice_id)
    account = _account(use)
    if Charge.objects.live().debits().filter(invoice_id=invoice_id).exists():
        raise AlreadyDebited
    if Charge.objects.live().exclude(card_reference="").filter(invoice_id=invoice_id).exists():
        raise CardBeingCharged
    charge = _begin(invoice, account, use, at=at)
    audit.record(
        action="charge.begun",
        entity="charge",
        entity_id=charge.id,
        after={"invoice_id": invoice.id, "method": charge.method, "debit_on": use.on},
        at=at,
    )
    publish(ChargeBegun(at=at, charge_id=charge.id))
    return UUID(str(charge.id))


def _account(use: DebitUse) -> GatewayAccount:
    own = GatewayAccount.objects.enabled().filter(kind=GatewayKind.PIX, pk=use.account_id)
    account: GatewayAccount | None = own.first()
    if account is None or not account.has_automatic():
        raise MethodNotOffered
    return account


def _begin(invoice: Invoice, account: GatewayAccount, use: DebitUse, *, at: datetime) -> Charge:
    attempt = Charge.objects.filter(invoice_id=invoice.id).count() + 1
    charge: Charge = Charge.objects.create(
        invoice=invoice,
        account=account,
        method=PaymentMethod.PIX,
        attempt=attempt,
        idempotency_key=idempotency_key(
            tenant_id=invoice.tenant_id,
            invoice_id=invoice.id,
            attempt=attempt,
            amount=invoice.remaining,
        ),
        amount_cents=invoice.remaining.cents,
        currency=invoice.currency,
        mandate_reference=use.mandate,
        debit_on=use.on,
        begun_at=at,
        checked_at=at,
        expires_at=datetime.combine(use.on, time(), BRASILIA) + LAST_TRY,
        return_url="",
    )
    return charge
