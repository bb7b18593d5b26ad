"""Money of nobody is given to a customer once, and leaves suspense with all that follows from it."""

from datetime import timedelta

import pytest

from alicerce.apps.billing.errors import (
    AttributionOver,
    AttributionSpent,
    InvoiceNotOpen,
    NotUnclaimed,
    RefundOfTwo,
)
from alicerce.apps.billing.models import Attribution, Payment, Refund
from alicerce.apps.billing.queries.payments import wallet_balance
from alicerce.apps.billing.queries.suspense import attributions, unclaimed, unclaimed_of
from alicerce.apps.billing.services.attribute_payment import (
    give_to_customer,
    give_to_invoice,
    take_back,
)
from alicerce.apps.billing.services.begin_refund import begin_refund
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.end_refund import fail
from alicerce.apps.billing.services.follow_contest import follow_contest
from alicerce.apps.billing.services.request_refund import request_refund
from alicerce.apps.billing.tests.factories import (
    NOON,
    a_payment,
    an_account,
    an_invoice,
    give_credit,
)
from alicerce.apps.billing.types.contests import Contested, ContestState
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.ledger.public import ledger_balance, ledger_imbalance
from alicerce.kernel.db import transaction
from alicerce.kernel.money import Money

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def stray(tenant, provider):
    """A Pix of 49,90 that no invoice and no customer explains."""
    book_payment(account_id=an_account().id, paid=a_payment(), at=NOON)
    return Payment.objects.get()


def give(payment, customer_id, **given):
    facts = {"cents": 4990, "reason": "mandou o comprovante", "at": LATER} | given
    return give_to_customer(payment_id=payment.id, customer_id=customer_id, **facts)


def undo(attribution_id):
    take_back(attribution_id=attribution_id, reason="era de outro", at=LATER)


def test_becomes_credit_once_and_nobody_s_again_as_often_as_somebody_was_wrong(stray):
    ana, bia = a_customer(), a_customer(email="bia@padaria.example")
    with pytest.raises(NotUnclaimed):
        give(stray, ana.id, cents=4000)
    for customer in (ana, bia, ana):
        given = give(stray, customer.id)
        with pytest.raises(NotUnclaimed):
            give(stray, bia.id)
        assert wallet_balance(customer.id) == (Money(4990),)
        assert ledger_balance("suspense") == (Money(0),)
        assert unclaimed().found == []
        undo(given)
        with pytest.raises(AttributionOver):
            undo(given)
        assert wallet_balance(customer.id) == ()
        assert ledger_balance("suspense") == (Money(-4990),)
        assert [one.left for one in unclaimed().found] == [Money(4990)]
    assert len(attributions()) == 3
    assert ledger_imbalance() == 0


def test_pays_an_invoice_of_its_customer_and_what_is_beyond_stays_theirs(stray):
    invoice = an_invoice(Money(3000))
    given = {"payment_id": stray.id, "cents": 4990, "reason": "pagou a mais", "at": LATER}
    made = give_to_invoice(invoice_id=invoice.id, **given)

    invoice.refresh_from_db()
    assert (invoice.status, invoice.paid_cents) == ("paid", 3000)
    assert wallet_balance(invoice.customer_id) == (Money(1990),)
    assert ledger_balance("suspense") == (Money(0),)
    with pytest.raises(AttributionSpent):  # thirty of it are in the invoice
        undo(made)
    assert Attribution.objects.get().undone_at is None
    with pytest.raises(InvoiceNotOpen):
        give_to_invoice(invoice_id=invoice.id, **given)
    assert ledger_imbalance() == 0


def test_given_away_goes_back_out_of_its_customer_s_wallet(stray, provider):
    customer = a_customer()
    part = begin_refund(payment_id=stray.id, cents=990, reason="x", at=NOON)
    assert Refund.objects.get(pk=part).source == "suspense"
    given = give(stray, customer.id, cents=4000)

    refund_id = begin_refund(payment_id=stray.id, cents=4000, reason="desistiu", at=LATER)
    request_refund(refund_id=refund_id, at=LATER)

    refund = Refund.objects.get(pk=refund_id)
    assert (refund.source, refund.customer_id) == ("wallet", customer.id)
    assert wallet_balance(customer.id) == ()
    with pytest.raises(AttributionSpent):
        undo(given)
    assert unclaimed_of([stray.id]) == {stray.id: 0}
    assert ledger_imbalance() == 0


def test_given_back_whole_takes_no_more_from_its_customer_than_was_given(stray, provider):
    """A part that could not go back is nobody's again: it goes by itself, the rest from the wallet."""
    customer = a_customer()
    part = begin_refund(payment_id=stray.id, cents=990, reason="x", at=NOON)
    give(stray, customer.id, cents=4000)
    bounced = Refund.objects.get(pk=part)
    with transaction():
        fail(refund=bounced, payment=stray, invoice=None, error="encerrada", at=LATER)
    give_credit(customer.id, Money(990))

    with pytest.raises(RefundOfTwo):
        begin_refund(payment_id=stray.id, cents=4990, reason="desistiu", at=LATER)

    for cents, source in ((990, "suspense"), (4000, "wallet")):
        part = begin_refund(payment_id=stray.id, cents=cents, reason="desistiu", at=LATER)
        assert Refund.objects.get(pk=part).source == source
    assert wallet_balance(customer.id) == (Money(990),)
    assert unclaimed_of([stray.id]) == {stray.id: 0}


def test_claimed_by_its_payer_s_bank_is_held_in_the_wallet_it_is_in(stray):
    customer = a_customer()
    given = give(stray, customer.id)
    told = Contested(
        key="dp_1", payment_id=stray.id, amount=Money(4990), state=ContestState.OPEN, moves=()
    )

    follow_contest(told=told, at=LATER)

    assert wallet_balance(customer.id) == ()
    with pytest.raises(AttributionSpent):
        undo(given)
