"""Pay invoices out of what their customers hold with us."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.errors import InvoiceNotOpen, MoreThanRemains, NotEnoughBalance
from alicerce.apps.billing.models import Invoice, Wallet, WalletUse
from alicerce.apps.billing.queries.rulings import billing_rules
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.services.holding import hold_invoice
from alicerce.apps.billing.services.settle import recover, say_wallet_moved, settle
from alicerce.apps.billing.types import InvoiceKind, PaymentMethod
from alicerce.apps.ledger import public as ledger
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money

HAS_CREDIT = Exists(
    Wallet.objects.filter(
        customer_id=OuterRef("customer_id"),
        currency=OuterRef("currency"),
        balance_cents__gt=0,
    )
)


@transaction()
def use_wallet(*, invoice_id: UUID, at: datetime, cents: int | None = None) -> Money:
    """Pay with the balance: so much, or all that both sides allow. What was used.

    Raises NoSuchInvoice, InvoiceNotOpen, MoreThanRemains or NotEnoughBalance.
    """
    invoice = hold_invoice(invoice_id=invoice_id)
    if not _takes_credit(invoice):
        raise InvoiceNotOpen
    held = Wallet.objects.hold(invoice.customer_id).get(invoice.currency)
    most = min(held or Money(0, invoice.currency), invoice.remaining)
    wanted = most if cents is None else Money(cents, invoice.currency)
    if wanted.cents > invoice.remaining.cents or wanted.cents < 0:
        raise MoreThanRemains
    if not wanted.cents or most < wanted:
        raise NotEnoughBalance
    _use(invoice, wanted, automatic=False, at=at)
    return wanted


@transaction(shared=True)
def use_wallets(*, invoice_ids: Sequence[UUID], at: datetime) -> None:
    """Pay invoices that were just opened, where their customers have credit; one look for all of them.

    Nothing happens in a company that wants to be asked each time.
    """
    found = list(Invoice.objects.filter(pk__among=invoice_ids).filter(HAS_CREDIT))
    if not found or not billing_rules().uses_wallet:
        return
    for invoice in sorted(found, key=lambda one: (str(one.customer_id), one.number)):
        _use_what_is_held(invoice, at=at)


@transaction()
def use_wallet_after_misfit(*, invoice_id: UUID, at: datetime) -> None:
    """A payment that did not fit became credit: let it pay its invoice, if it is enough for all of it.

    What is not enough stays where it is, to be used by whoever it belongs to, or by a person.
    """
    invoice = hold_invoice(invoice_id=invoice_id)
    held = Wallet.objects.hold(invoice.customer_id).get(invoice.currency)
    if held and invoice.remaining <= held and billing_rules().uses_wallet:
        _use_what_is_held(invoice, at=at)


@transaction(shared=True)
def use_brought(*, invoice_id: UUID, most: Money, at: datetime) -> None:
    """Pay with what a payment brought along for this, whatever the company decided about credit."""
    invoice = hold_invoice(invoice_id=invoice_id)
    held = Wallet.objects.hold(invoice.customer_id).get(invoice.currency)
    amount = min(held or most, invoice.remaining, most)
    if amount.cents > 0:
        _use(invoice, amount, automatic=True, at=at)


def _use_what_is_held(invoice: Invoice, *, at: datetime) -> None:
    held = Wallet.objects.hold(invoice.customer_id).get(invoice.currency)
    if held and held.cents and _takes_credit(invoice):
        _use(invoice, min(held, invoice.remaining), automatic=True, at=at)


def _takes_credit(invoice: Invoice) -> bool:
    """Credit does not buy credit."""
    return invoice.is_payable and invoice.kind != InvoiceKind.FUNDS


def _use(invoice: Invoice, amount: Money, *, automatic: bool, at: datetime) -> None:
    use = WalletUse.objects.create(
        invoice=invoice,
        customer_id=invoice.customer_id,
        amount_cents=amount.cents,
        currency=amount.currency,
        automatic=automatic,
        used_at=at,
    )
    recover(invoice=invoice, amount=amount, key=str(use.id), at=at)
    ledger.post(
        kind="wallet.used",
        key=f"wallet-use:{use.id}",
        postings=postings.wallet_used(amount=amount, customer_id=invoice.customer_id),
        at=at,
    )
    audit.record(
        action="wallet.used",
        entity="invoice",
        entity_id=invoice.id,
        after={
            "customer_id": invoice.customer_id,
            "amount_cents": amount.cents,
            "currency": amount.currency,
            "automatic": automatic,
        },
        at=at,
    )
    say_wallet_moved(customer_id=invoice.customer_id, amount=-amount, kind="used", at=at)
    settle(
        invoice=invoice,
        amount=amount,
        method=PaymentMethod.BALANCE,
        by={"wallet_use_id": use.id},
        received_at=at,
        at=at,
    )
