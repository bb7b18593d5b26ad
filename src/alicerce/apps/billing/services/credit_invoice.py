"""Correct an invoice that is open or paid, by a credit note."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.billing.errors import NotCreditable
from alicerce.apps.billing.events import InvoiceCredited, InvoiceVoided
from alicerce.apps.billing.models import (
    CreditNote,
    CreditNoteCounter,
    Invoice,
    InvoiceLine,
)
from alicerce.apps.billing.queries.credited_taxes import left_of_lines
from alicerce.apps.billing.rules import postings
from alicerce.apps.billing.rules.crediting import TooMuch, amount_of, shares
from alicerce.apps.billing.rules.postings import Taxes
from alicerce.apps.billing.services.deferring import take_back
from alicerce.apps.billing.services.give_taxes_back import give_taxes_back
from alicerce.apps.billing.services.holding import hold_invoice
from alicerce.apps.billing.services.settle import (
    say_less_is_asked,
    say_paid,
    say_wallet_moved,
)
from alicerce.apps.billing.types import InvoiceStatus
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.ledger import public as ledger
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.money import Money


@transaction()
def credit_invoice(
    *, invoice_id: UUID, wanted: Sequence[Credited], reason: str, at: datetime
) -> UUID:
    """Take back so much: first of what is still asked for, the rest becomes the customer's credit.

    An open invoice that asks for nothing any more is void when all of it was taken back, and paid
    otherwise. Raises NoSuchInvoice, NotCreditable.
    """
    counter = CreditNoteCounter.hold()
    invoice = hold_invoice(invoice_id=invoice_id)
    note = credit_held(counter=counter, invoice=invoice, wanted=wanted, reason=reason, at=at)
    _close(invoice, Money(note.relieved_cents, note.currency), at=at)
    return UUID(str(note.id))


def credit_held(
    *,
    counter: CreditNoteCounter,
    invoice: Invoice,
    wanted: Sequence[Credited],
    reason: str,
    at: datetime,
) -> CreditNote:
    """The same for who holds both rows; whether less is asked for now, or nothing, is theirs to say."""
    lines = list(InvoiceLine.objects.filter(invoice_id=invoice.id).order_by("position"))
    amount = _amount(invoice, wanted)
    asked = invoice.remaining if invoice.is_payable else Money(0, invoice.currency)
    relieved, returned = shares(amount=amount, remaining=asked)
    note = issue_note(
        counter=counter,
        invoice=invoice,
        relieved=relieved,
        to_wallet=returned,
        refunded=Money(0, invoice.currency),
        reason=reason,
        at=at,
    )
    taxes = give_taxes_back(note=note, invoice=invoice, wanted=wanted)
    note.add_lines(wanted, lines)
    unearned = take_back(invoice=invoice, cents=amount.cents, wanted=wanted, taxes=taxes, at=at)
    _post(note, invoice, taxes, unearned, at=at)
    invoice.relieve(relieved=relieved.cents, returned=returned.cents)
    return note


def issue_note(
    *,
    counter: CreditNoteCounter,
    invoice: Invoice,
    relieved: Money,
    to_wallet: Money,
    refunded: Money,
    reason: str,
    at: datetime,
) -> CreditNote:
    """The next note of the series, written down and told. Its postings are the caller's."""
    total = relieved + to_wallet + refunded
    note: CreditNote = CreditNote.objects.create(
        invoice=invoice,
        customer_id=invoice.customer_id,
        series=counter.series,
        number=counter.take(),
        total_cents=total.cents,
        relieved_cents=relieved.cents,
        wallet_cents=to_wallet.cents,
        refunded_cents=refunded.cents,
        currency=invoice.currency,
        reason=reason[:300],
        issued_at=at,
    )
    audit.record(
        action="invoice.credited",
        entity="invoice",
        entity_id=invoice.id,
        after={
            "credit_note": note.code,
            "relieved_cents": relieved.cents,
            "wallet_cents": to_wallet.cents,
            "refunded_cents": refunded.cents,
            "reason": Personal(reason, of=f"customer:{invoice.customer_id}"),
        },
        at=at,
    )
    publish(
        InvoiceCredited(
            at=at,
            invoice_id=invoice.id,
            customer_id=invoice.customer_id,
            credit_note_id=note.id,
            amount_cents=total.cents,
            currency=invoice.currency,
        )
    )
    return note


def _amount(invoice: Invoice, wanted: Sequence[Credited]) -> Money:
    left = left_of_lines(invoice)
    try:
        return amount_of(wanted, creditable=invoice.creditable, left_of_lines=left)
    except TooMuch:
        raise NotCreditable from None


def _post(
    note: CreditNote,
    invoice: Invoice,
    taxes: Taxes,
    unearned: Money,
    *,
    at: datetime,
) -> None:
    returned = Money(note.wallet_cents, note.currency)
    ledger.post(
        kind="invoice.credited",
        key=f"credit-note:{note.id}",
        postings=postings.credited(
            relieved=Money(note.relieved_cents, note.currency),
            to_wallet=returned,
            customer_id=invoice.customer_id,
            unearned=unearned,
            was_written_off=invoice.status == InvoiceStatus.UNCOLLECTIBLE,
            taxes=taxes,
        ),
        at=at,
    )
    if returned.cents:
        say_wallet_moved(
            customer_id=invoice.customer_id, amount=returned, kind="credited", at=at
        )


def _close(invoice: Invoice, relieved: Money, *, at: datetime) -> None:
    if not invoice.is_payable or not relieved.cents:
        return
    if invoice.remaining.cents:
        say_less_is_asked(invoice=invoice, at=at)
    elif invoice.relieved_cents + invoice.returned_cents < invoice.total_cents:
        invoice.settle(at=at)
        say_paid(invoice=invoice, method="", at=at)
    else:
        invoice.void(at=at)
        publish(
            InvoiceVoided(
                at=at,
                invoice_id=invoice.id,
                order_id=invoice.order_id,
                customer_id=invoice.customer_id,
            )
        )
