"""MED by hand and as the PSP's own books tell it: what is blocked, freed and given back."""

from datetime import timedelta

import pytest

from alicerce.apps.billing.models import (
    Charge,
    Contest,
    CreditNote,
    Invoice,
    Payment,
    Refund,
)
from alicerce.apps.billing.ports import ProviderRefund
from alicerce.apps.billing.services.begin_charge import begin_charge
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.change_rules import change_rules
from alicerce.apps.billing.services.follow_refund import follow_refund
from alicerce.apps.billing.tests.factories import (
    NOON,
    PRICE,
    a_paid_invoice,
    a_payment,
    an_account,
    an_invoice,
)
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.billing.types.corrections import BillingRules, RefundStatus
from alicerce.apps.disputes.errors import MedKnown, MedNotSound, NotAMed
from alicerce.apps.disputes.models import Dispute
from alicerce.apps.disputes.services.med import (
    note_defence,
    record_med,
    reject_med,
    return_med,
)
from alicerce.apps.disputes.types import NewMed
from alicerce.apps.ledger.public import ledger_balance
from alicerce.kernel.money import Money
from alicerce.kernel.testing import run_jobs

NONE = (Money(0),)


@pytest.fixture
def account(tenant):
    return an_account()


@pytest.fixture
def paid(account):
    a_paid_invoice(account=account)
    return Payment.objects.get()


def a_med(paid, **given):
    facts = {
        "payment_id": paid.id,
        "reference": "MED-1",
        "cents": PRICE.cents,
        "reason": "med_fraud",
        "notified_at": NOON + timedelta(days=1),
        "respond_by": NOON + timedelta(days=3),
    }
    return record_med(told=NewMed(**{**facts, **given}), at=NOON + timedelta(days=1))


def test_blocked_then_rejected_is_ours_again(paid):
    med = a_med(paid)
    assert ledger_balance("clearing:pix") == NONE
    assert ledger_balance("dispute_reserve") == (PRICE,)
    assert Invoice.objects.get().status == "disputed"
    note_defence(dispute_id=med, at=NOON)
    reject_med(dispute_id=med, at=NOON)

    assert ledger_balance("clearing:pix") == (PRICE,)
    assert ledger_balance("dispute_reserve") == NONE
    assert Invoice.objects.get().status == "paid"
    with pytest.raises(NotAMed):
        reject_med(dispute_id=med, at=NOON)


def test_given_back_in_part_loses_that_part(paid):
    return_med(dispute_id=a_med(paid), cents=1000, reference="D1", at=NOON)

    assert ledger_balance("dispute_losses") == (Money(1000),)
    assert ledger_balance("dispute_reserve") == NONE
    assert ledger_balance("clearing:pix") == (Money(PRICE.cents - 1000),)
    assert Contest.objects.get().frozen_cents == 1000
    assert Invoice.objects.get().charged_back_cents == 1000


@pytest.mark.parametrize("by_hand", [True, False])
def test_what_the_psp_gave_back_is_no_refund_of_ours(account, paid, by_hand):
    """Read again and again, it is booked once; a MED that a person wrote down is that one."""
    if by_hand:
        a_med(paid)
    told = ProviderRefund("D1", paid.reference, PRICE, RefundStatus.SUCCEEDED, by_rule=True)
    for _again in range(3):
        follow_refund(account_id=account.id, told=told, at=NOON)
        follow_refund(account_id=account.id, told=told, at=NOON)
        run_jobs()

    assert Dispute.objects.get().status == "lost"
    assert ledger_balance("dispute_losses") == (PRICE,)
    assert ledger_balance("clearing:pix") == NONE
    assert ledger_balance("dispute_reserve") == NONE
    assert Invoice.objects.get().status == "charged_back"
    assert not Refund.objects.exists()
    assert not CreditNote.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"cents": PRICE.cents + 1},
        {"notified_at": NOON + timedelta(days=81), "respond_by": NOON + timedelta(days=90)},
        {"respond_by": NOON},
    ],
)
def test_one_that_cannot_be_is_refused(paid, given):
    with pytest.raises(MedNotSound):
        a_med(paid, **given)


def test_one_is_written_down_once(paid):
    a_med(paid)
    with pytest.raises(MedKnown):
        a_med(paid)


def test_a_late_pix_is_taken_back_with_what_it_brought_for_being_late(account):
    """A charge with a due date: more came than its invoice, and the special mechanism takes all of it."""
    change_rules(wanted=BillingRules(False, fine_basis_points=200), at=NOON)
    due_on = NOON.date() + timedelta(days=9)
    invoice = an_invoice(Money(10000), due_on=due_on)
    charge = Charge.objects.get(
        pk=begin_charge(invoice_id=invoice.id, method=PaymentMethod.PIX, return_url="", at=NOON)
    )
    Charge.objects.filter(pk=charge.id).update(external_id="late")
    late = NOON + timedelta(days=20)
    came = a_payment(amount=Money(10200), external_id="late", paid_at=late)
    book_payment(account_id=charge.account_id, paid=came, at=late)
    assert Invoice.objects.get(pk=invoice.id).status == "paid"

    told = ProviderRefund(
        "D9", came.reference, Money(10200), RefundStatus.SUCCEEDED, by_rule=True
    )
    for _again in range(2):
        follow_refund(account_id=charge.account_id, told=told, at=late)
        run_jobs()

    assert Invoice.objects.get(pk=invoice.id).status == "charged_back"
    assert ledger_balance("clearing:pix") == NONE
    assert not Refund.objects.exists()
