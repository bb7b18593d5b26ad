"""Whatever is done to invoices and in which order: nothing is lost, nothing is made, nothing goes below zero."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from alicerce.apps.billing.models import Invoice, Payment, Refund, Wallet
from alicerce.apps.billing.ports import ProviderRefund
from alicerce.apps.billing.queries.payments import wallet_balance
from alicerce.apps.billing.services.adjust_wallet import adjust_wallet
from alicerce.apps.billing.services.begin_refund import begin_refund
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.services.follow_refund import follow_refund
from alicerce.apps.billing.services.record_payment import record_payment
from alicerce.apps.billing.services.use_wallet import use_wallet, use_wallet_after_misfit
from alicerce.apps.billing.services.void_invoice import void_invoice
from alicerce.apps.billing.services.write_off import write_off
from alicerce.apps.billing.tests.factories import (
    NOON,
    a_payment,
    an_account,
    an_invoice,
    by_hand,
)
from alicerce.apps.billing.types.corrections import Credited, RefundStatus
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.ledger.models import LedgerEntry
from alicerce.apps.ledger.public import ledger_balance
from alicerce.apps.ledger.queries.books import receivable_difference, trial_balance
from alicerce.kernel.errors import Refused
from alicerce.kernel.money import Money

cents = some.integers(1, 6000)
which = some.integers(0, 5)
ends = some.sampled_from([RefundStatus.PENDING, RefundStatus.SUCCEEDED, RefundStatus.FAILED])


class Desk(RuleBasedStateMachine):
    """One customer, a few invoices, and people who press every button, also those that refuse."""

    def __init__(self):
        super().__init__()
        self.customer_id, self.account = a_customer().id, an_account()
        self.invoices = [an_invoice(Money(5000), customer_id=self.customer_id).id]

    @rule(total=cents)
    def open(self, total):
        if len(self.invoices) < 4:
            opened = an_invoice(Money(total), customer_id=self.customer_id)
            self.invoices.append(opened.id)

    @rule(n=which, exact=some.booleans(), amount=cents)
    def pay(self, n, exact, amount):
        invoice_id = self._invoice(n)
        left = Invoice.objects.get(pk=invoice_id).remaining.cents
        amount = left if exact and left else amount
        paid = a_payment(invoice_id, amount=Money(amount))
        for _ in range(2):
            book_payment(account_id=self.account.id, paid=paid, at=NOON)
        use_wallet_after_misfit(invoice_id=invoice_id, at=NOON)

    @rule(n=which, amount=cents)
    def mark_paid(self, n, amount):
        with suppress(Refused):
            record_payment(invoice_id=self._invoice(n), told=by_hand(amount), at=NOON)

    @rule(n=which, amount=some.none() | cents)
    def use(self, n, amount):
        with suppress(Refused):
            use_wallet(invoice_id=self._invoice(n), cents=amount, at=NOON)

    @rule(amount=some.integers(-3000, 3000))
    def adjust(self, amount):
        with suppress(Refused):
            adjust_wallet(
                customer_id=self.customer_id, amount=Money(amount), reason="x", at=NOON
            )

    @rule(n=which, amount=cents)
    def credit(self, n, amount):
        with suppress(Refused):
            credit_invoice(
                invoice_id=self._invoice(n), wanted=[Credited(amount)], reason="x", at=NOON
            )

    @rule(n=which)
    def void(self, n):
        with suppress(Refused):
            void_invoice(invoice_id=self._invoice(n), at=NOON)

    @rule(n=which)
    def give_up(self, n):
        with suppress(Refused):
            write_off(invoice_id=self._invoice(n), reason="x", at=NOON)

    @rule(n=which, amount=cents)
    def refund(self, n, amount):
        payments = list(Payment.objects.order_by("id"))
        if payments:
            payment = payments[n % len(payments)]
            with suppress(Refused):
                begin_refund(payment_id=payment.id, cents=amount, reason="x", at=NOON)

    @rule(n=which, status=ends)
    def hear(self, n, status):
        refunds = list(Refund.objects.exclude(account=None).order_by("id"))
        if refunds:
            one = refunds[n % len(refunds)]
            said = ProviderRefund(
                f"d{one.id}", one.payment.reference, one.amount, status, refund_id=one.id
            )
            follow_refund(account_id=self.account.id, told=said, at=NOON)

    @invariant()
    def the_books_balance(self):
        assert sum(line.balance.cents for line in trial_balance()) == 0
        assert receivable_difference() == {}

    @invariant()
    def credit_is_what_the_ledger_says_and_never_below_zero(self):
        drawn = {row.balance for row in Wallet.objects.exclude(balance_cents=0)}
        assert drawn == set(wallet_balance(self.customer_id))
        assert all(one.cents > 0 for one in drawn)

    @invariant()
    def invoices_ask_for_no_less_than_nothing(self):
        for one in Invoice.objects.all():
            assert 0 <= one.remaining.cents <= one.total_cents
            assert 0 <= one.returned_cents + one.refunding_cents <= one.paid_cents
            assert one.relieved_cents + one.returned_cents <= one.total_cents
            assert (one.status == "paid") <= (one.remaining.cents == 0)

    @invariant()
    def no_more_goes_back_than_came(self):
        for payment in Payment.objects.all():
            going = Refund.objects.standing().filter(payment=payment)
            assert sum(one.amount_cents for one in going) <= payment.amount_cents

    @invariant()
    def what_is_on_its_way_is_what_was_reserved(self):
        under_way = Refund.objects.under_way().filter(source="wallet")
        held = sum(one.cents for one in ledger_balance("refunding"))
        assert -held == sum(one.amount_cents for one in under_way)
        asked = Refund.objects.under_way().filter(source="invoice")
        reserved = sum(one.refunding_cents for one in Invoice.objects.all())
        assert reserved == sum(one.amount_cents for one in asked)

    @invariant()
    def money_with_us_is_what_came_less_what_went(self):
        held = LedgerEntry.objects.filter(account__in=["clearing:pix", "bank"])
        came = sum(payment.amount_cents for payment in Payment.objects.all())
        went = Refund.objects.filter(status="succeeded")
        assert sum(row.amount_cents for row in held) == came - sum(
            one.amount_cents for one in went
        )

    def _invoice(self, n):
        return self.invoices[n % len(self.invoices)]


@pytest.mark.django_db
def test_any_story_converges(tenant, db):
    from django.db import transaction

    class InASavepoint(Desk):
        def __init__(self):
            self.block = transaction.atomic()
            self.block.__enter__()
            super().__init__()

        def teardown(self):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    run_state_machine_as_test(
        InASavepoint,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
