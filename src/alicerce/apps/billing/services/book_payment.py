"""Record money. Whatever brought the news, webhook or reconciliation, it ends here, once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.events import PaymentMisfit, PaymentReceived
from alicerce.apps.billing.models import (
    SERIES,
    Charge,
    CreditNoteCounter,
    Invoice,
    InvoiceCounter,
    Issuer,
    Payment,
)
from alicerce.apps.billing.ports import ProviderPayment
from alicerce.apps.billing.queries.gateways import is_under_platform
from alicerce.apps.billing.rules.due_charges import Due, due_of
from alicerce.apps.billing.rules.fitting import fit_of
from alicerce.apps.billing.rules.late_fee import LateFee
from alicerce.apps.billing.rules.postings import payment_received
from alicerce.apps.billing.services.charge_late_fee import charge_brought_fee
from alicerce.apps.billing.services.credit_invoice import credit_held
from alicerce.apps.billing.services.holding import hold_any_invoice
from alicerce.apps.billing.services.settle import recover, say_wallet_moved, settle
from alicerce.apps.billing.types import MANUAL, PaymentFit, PaymentMethod
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.customers import public as customers
from alicerce.apps.ledger import public as ledger
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.money import Money

NO_FEE = LateFee(0, 0)
NOTHING_DUE = Due(NO_FEE, 0)


@transaction(shared=True)
def book_payment(*, account_id: UUID, paid: ProviderPayment, at: datetime) -> bool:
    """Record what a provider confirmed that it received. False when it is on record already.

    The exact amount of an open invoice settles it, and so does what the terms of a charge with a due date
    make of it on that day. Anything else is kept for the customer, or in suspense when nobody knows whose
    it is, and a person is told; it never activates anything.
    """
    if Payment.objects.filter(provider=paid.provider, reference=paid.reference).exists():
        return False
    charge = _charge_of(account_id, paid)
    invoice_id = charge.invoice_id if charge else paid.invoice_id
    invoice = hold_any_invoice(invoice_id=invoice_id) if invoice_id else None
    due = _explained(charge, invoice, paid, at=at)
    if due.discount and invoice:
        _give_discount(invoice, due.discount, at=at)
    return take_in(
        payment=_payment(account_id, paid, charge, invoice, extra=due.fee.total, at=at),
        invoice=invoice,
        fee=due.fee,
        at=at,
    )


@transaction(shared=True)
def hold_counters(*, account_id: UUID, payments: Sequence[ProviderPayment]) -> None:
    """Before anybody's wallet: what is paid late takes the number of an invoice, early that of a note."""
    charges = [(paid, _charge_of(account_id, paid)) for paid in payments]
    if any(charge and charge.due and paid.amount != charge.amount for paid, charge in charges):
        for series in sorted([SERIES, *Issuer.objects.values_list("series", flat=True)]):
            InvoiceCounter.take(series, 0)
        CreditNoteCounter.hold()


def take_in(
    *, payment: Payment, invoice: Invoice | None, at: datetime, fee: LateFee = NO_FEE
) -> bool:
    """Write a payment down and let it do its work. False when its reference is on record already."""
    if not Payment.objects.add_once(payment):
        return False
    applies = payment.fit == PaymentFit.APPLIED
    if applies:
        assert invoice is not None
        recover(invoice=invoice, amount=payment.settled, key=str(payment.id), at=at)
    _post(payment, at=at)
    if payment.charge_id:
        Charge.objects.lock(payment.charge_id).pay()
    if applies and invoice:
        settle(
            invoice=invoice,
            amount=payment.settled,
            method=PaymentMethod(payment.method),
            by={"payment_id": payment.id},
            received_at=payment.received_at,
            at=at,
        )
        if fee.total:
            say_wallet_moved(
                customer_id=payment.customer_id, amount=payment.extra, kind="payment", at=at
            )
            charge_brought_fee(invoice=invoice, brought=fee, at=at)
    elif payment.provider != MANUAL:  # who writes one down by hand knows
        _report_misfit(payment, at=at)
    return True


def _charge_of(account_id: UUID, paid: ProviderPayment) -> Charge | None:
    """By the provider's name for it; by our own mark when it was paid before we learned that name."""
    named, marked = Charge.objects.none(), Charge.objects.none()
    if paid.external_id:
        named = Charge.objects.filter(account_id=account_id, external_id=paid.external_id)
    if paid.charge_id:
        marked = Charge.objects.filter(pk=paid.charge_id)
    found: Charge | None = named.first() or marked.first()
    return found


def _explained(
    charge: Charge | None, invoice: Invoice | None, paid: ProviderPayment, *, at: datetime
) -> Due:
    """What was added and taken off by the terms of the charge; nothing where they do not apply."""
    if charge is None or charge.due is None or invoice is None or not invoice.is_payable:
        return NOTHING_DUE
    if {charge.amount, Money(charge.amount_cents, paid.amount.currency)} != {invoice.remaining}:
        return NOTHING_DUE
    found = due_of(
        charge.due,
        asked=charge.amount_cents,
        amount=paid.amount.cents,
        at=paid.paid_at or at,
        said=paid.parts,
    )
    return found or NOTHING_DUE


def _give_discount(invoice: Invoice, cents: int, *, at: datetime) -> None:
    with translation.override(customers.customer(invoice.customer_id).locale):
        reason = _("Desconto por pagamento antecipado")
    credit_held(
        counter=CreditNoteCounter.hold(),
        invoice=invoice,
        wanted=[Credited(cents)],
        reason=reason,
        at=at,
    )


def _payment(
    account_id: UUID,
    paid: ProviderPayment,
    charge: Charge | None,
    invoice: Invoice | None,
    *,
    extra: int,
    at: datetime,
) -> Payment:
    settled = paid.amount - Money(extra, paid.amount.currency)
    fit, misfit = fit_of(amount=settled, asked=invoice.asked if invoice else None)
    return Payment(
        provider=paid.provider,
        reference=paid.reference,
        account_id=account_id,
        read_as=paid.read_as,
        invoice=invoice,
        customer_id=invoice.customer_id if invoice else None,
        charge=charge,
        method=paid.method,
        amount_cents=paid.amount.cents,
        extra_cents=extra,
        currency=paid.amount.currency,
        received_at=paid.paid_at or at,
        fit=fit,
        reason=misfit or "",
    )


def _post(payment: Payment, *, at: datetime) -> None:
    ledger.post(
        kind="payment.received",
        key=f"payment:{payment.provider}:{payment.reference}",
        postings=payment_received(
            amount=payment.amount,
            provider=payment.provider,
            fit=PaymentFit(payment.fit),
            customer_id=payment.customer_id,
            extra=payment.extra,
        ),
        at=at,
    )
    audit.record(
        action="payment.received",
        entity="payment",
        entity_id=payment.id,
        after={
            "invoice_id": payment.invoice_id,
            "provider": payment.provider,
            "reference": payment.reference,
            "amount_cents": payment.amount_cents,
            **({"extra_cents": payment.extra_cents} if payment.extra_cents else {}),
            "currency": payment.currency,
            "fit": payment.fit,
            "reason": payment.reason,
        },
        at=at,
    )
    publish(
        PaymentReceived(
            at=at,
            payment_id=payment.id,
            invoice_id=payment.invoice_id,
            customer_id=payment.customer_id,
            amount_cents=payment.amount_cents,
            currency=payment.currency,
            fit=payment.fit,
            through_platform=is_under_platform(payment.account_id),
        )
    )


def _report_misfit(payment: Payment, *, at: datetime) -> None:
    if payment.fit == PaymentFit.CREDITED:
        say_wallet_moved(
            customer_id=payment.customer_id, amount=payment.amount, kind="payment", at=at
        )
    publish(
        PaymentMisfit(
            at=at,
            payment_id=payment.id,
            invoice_id=payment.invoice_id,
            reason=payment.reason,
            amount_cents=payment.amount_cents,
            currency=payment.currency,
        )
    )
