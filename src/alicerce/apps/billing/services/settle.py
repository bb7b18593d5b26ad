"""Money meets an invoice. Whatever it is, a payment or credit, it settles here."""

from datetime import datetime

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.events import (
    ChargeOutdated,
    InvoicePaid,
    InvoicePartlyPaid,
    WalletMoved,
)
from alicerce.apps.billing.models import Charge, Invoice
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.types import InvoiceKind, InvoiceStatus, PaymentMethod
from alicerce.apps.ledger import public as ledger
from alicerce.kernel.events import publish
from alicerce.kernel.money import Money


def recover(*, invoice: Invoice, amount: Money, key: str, at: datetime) -> None:
    """What was written off is owed again, so far as somebody pays it: before the payment is posted."""
    if invoice.status != InvoiceStatus.UNCOLLECTIBLE:
        return
    ledger.post(
        kind="invoice.recovered",
        key=f"invoice:{invoice.id}:recovered:{key}",
        postings=postings.recovered(amount=amount, customer_id=invoice.customer_id),
        at=at,
    )


def settle(
    *,
    invoice: Invoice,
    amount: Money,
    method: PaymentMethod,
    by: dict[str, object],
    received_at: datetime,
    at: datetime,
) -> None:
    """Take money that is posted off a locked invoice, which asks for at least as much."""
    before = invoice.status
    if not invoice.receive(amount.cents, at=received_at):
        _say_partly_paid(invoice, amount, by, at=at)
        return
    audit.record(
        action="invoice.paid",
        entity="invoice",
        entity_id=invoice.id,
        before={"status": str(before)},
        after={"status": "paid", **by},
        at=at,
    )
    say_paid(invoice=invoice, method=method, at=at)


def say_paid(*, invoice: Invoice, method: PaymentMethod | str, at: datetime) -> None:
    """The last of it came, or is not asked for any more."""
    if invoice.kind == InvoiceKind.FUNDS:
        _fill_wallet(invoice, at=at)
    publish(
        InvoicePaid(
            at=at,
            invoice_id=invoice.id,
            order_id=invoice.order_id,
            customer_id=invoice.customer_id,
            method=str(method),
            total_cents=invoice.total_cents,
            currency=invoice.currency,
            has_live_charges=Charge.objects.live().filter(invoice_id=invoice.id).exists(),
        )
    )


def say_less_is_asked(*, invoice: Invoice, at: datetime) -> None:
    """What was handed out to pay with asks for too much: it ends here, and soon at its provider."""
    asked = invoice.remaining.cents
    live = Charge.objects.live().filter(invoice_id=invoice.id).exclude(amount_cents=asked)
    for charge in live.select_for_update(of=("self",), no_key=True).order_by("id"):
        charge.expire()
        publish(ChargeOutdated(at=at, charge_id=charge.id))
    publish(
        InvoicePartlyPaid(
            at=at,
            invoice_id=invoice.id,
            order_id=invoice.order_id,
            customer_id=invoice.customer_id,
            paid_cents=invoice.paid_cents,
            remaining_cents=asked,
            currency=invoice.currency,
        )
    )


def _say_partly_paid(
    invoice: Invoice, amount: Money, by: dict[str, object], *, at: datetime
) -> None:
    audit.record(
        action="invoice.partly_paid",
        entity="invoice",
        entity_id=invoice.id,
        after={
            "amount_cents": amount.cents,
            "remaining_cents": invoice.remaining.cents,
            **by,
        },
        at=at,
    )
    say_less_is_asked(invoice=invoice, at=at)


def _fill_wallet(invoice: Invoice, *, at: datetime) -> None:
    ledger.post(
        kind="wallet.funded",
        key=f"invoice:{invoice.id}:funded",
        postings=postings.funds_added(total=invoice.total, customer_id=invoice.customer_id),
        at=at,
    )
    say_wallet_moved(customer_id=invoice.customer_id, amount=invoice.total, kind="funds", at=at)


def say_wallet_moved(*, customer_id: object, amount: Money, kind: str, at: datetime) -> None:
    publish(
        WalletMoved(
            at=at,
            customer_id=customer_id,  # type: ignore[arg-type]
            amount_cents=amount.cents,
            currency=amount.currency,
            kind=kind,
        )
    )
