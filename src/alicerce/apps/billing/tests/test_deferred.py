"""What days to come have yet to earn: whatever happens to invoices, the rows and the ledger say the same."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Deferral, Invoice
from alicerce.apps.billing.queries.deferred import (
    deferred_balance,
    deferred_difference,
    recognized_until,
    unearned,
)
from alicerce.apps.billing.rules.deferring import earned
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.services.invoice_change import invoice_change
from alicerce.apps.billing.services.recognize import recognize
from alicerce.apps.billing.services.void_invoice import void_invoice
from alicerce.apps.billing.tests.factories import a_payment, an_account, an_invoice
from alicerce.apps.billing.types import LineKind, NewLine, Period
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.ledger.models import LedgerTransaction
from alicerce.apps.ledger.public import ledger_balance
from alicerce.apps.ledger.queries.books import receivable_difference, trial_balance
from alicerce.kernel.errors import Refused
from alicerce.kernel.ids import uuid7
from alicerce.kernel.money import Money

DAY_ONE = datetime(2026, 9, 1, 15, tzinfo=UTC)
HERE = ZoneInfo("America/Sao_Paulo")
prices = some.integers(1, 40_000)
stretches = some.tuples(some.integers(-9, 9), some.integers(1, 25))
which = some.integers(0, 9)


def a_line(cents, starts_on, days, kind=LineKind.PLAN):
    ends_on = starts_on + timedelta(days=days)
    return NewLine("Hospedagem", 1, Money(cents), kind, starts_on=starts_on, ends_on=ends_on)


def deferred():
    return -sum(one.cents for one in ledger_balance("deferred"))


class TestAYear:
    def test_is_earned_by_the_day_to_the_last_cent(self, tenant):
        line = a_line(10_000, date(2026, 9, 1), 365)
        an_invoice(lines=[line], at=DAY_ONE)
        assert (deferred(), ledger_balance("revenue")) == (10_000, ())

        recognize(at=DAY_ONE + timedelta(days=1))
        assert deferred() == 10_000 - 27
        for _ in range(2):
            recognize(at=DAY_ONE + timedelta(days=400))

        assert ledger_balance("revenue") == (Money(-10_000),)
        posted = LedgerTransaction.objects.filter(kind="revenue.recognized")
        assert posted.count() == 365

    def test_gives_back_first_what_was_not_earned(self, tenant):
        invoice = an_invoice(lines=[a_line(3_000, date(2026, 9, 1), 30)], at=DAY_ONE)
        later = DAY_ONE + timedelta(days=10)
        recognize(at=later)

        credit_invoice(
            invoice_id=invoice.id, wanted=[Credited(2_500, 1)], reason="saiu", at=later
        )

        assert deferred() == 0
        assert ledger_balance("revenue") == (Money(-500),)

    def test_of_an_order_is_set_apart_when_its_days_are_known(self, tenant):
        invoice = an_invoice(Money(12_000), at=DAY_ONE)
        period, bought = Period(date(2026, 9, 3), date(2026, 12, 12)), uuid7()
        facts = {"invoice_id": invoice.id, "subscription_id": bought, "period": period}

        billing.defer_sale(amount=Money(10_000), at=DAY_ONE + timedelta(days=2), **facts)

        assert deferred() == 10_000
        recognize(at=DAY_ONE + timedelta(days=3))
        assert deferred() == 9_900
        void_invoice(invoice_id=invoice.id, at=DAY_ONE + timedelta(days=3))
        assert (deferred(), deferred_difference()) == (0, {})
        assert ledger_balance("revenue") == (Money(0),)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.lists(some.tuples(some.integers(-(10**9), 10**9), *[some.integers(1, 1200)] * 2)))
def test_the_database_earns_as_the_rules_do(db, told):
    first = date(2026, 1, 31)
    with connection.cursor() as cursor:
        for cents, days, before in told[:20]:
            period = Period(first, first + timedelta(days=days))
            day = first + timedelta(days=before - 10)
            cursor.execute(
                "select billing_earned(%s, %s, %s, %s)", [cents, first, period.ends_on, day]
            )
            assert cursor.fetchone() == (earned(cents, period, before=day),)


class Books(RuleBasedStateMachine):
    """Days that pass, and some that nobody posted; invoices for days before, now and to come."""

    def __init__(self):
        super().__init__()
        self.customer_id, self.account, self.now = a_customer().id, an_account(), DAY_ONE
        self.invoices = []
        self.open(3_650, (0, 30), 999, (0, 7))

    @rule(cents=prices, stretch=stretches, more=prices, other=stretches)
    def open(self, cents, stretch, more, other):
        off = a_line(-min(more, cents), *self._days(stretch), LineKind.DISCOUNT)
        lines = [a_line(cents, *self._days(stretch)), a_line(more, *self._days(other)), off]
        invoice = an_invoice(lines=lines, customer_id=self.customer_id, at=self.now)
        self.invoices.append(invoice.id)

    @rule(back=prices, ask=prices, stretch=stretches)
    def change(self, back, ask, stretch):
        lines = [
            a_line(-back, *self._days(stretch), LineKind.CREDIT),
            a_line(ask, *self._days(stretch), LineKind.DEBIT),
        ]
        invoice_change(
            customer_id=self.customer_id, lines=lines, due_on=self.now.date(), at=self.now
        )

    @rule(n=which, cents=prices, position=some.none() | some.integers(1, 2))
    def credit(self, n, cents, position):
        with suppress(Refused):
            credit_invoice(
                invoice_id=self._invoice(n),
                wanted=[Credited(cents, position)],
                reason="x",
                at=self.now,
            )

    @rule(n=which)
    def pay(self, n):
        left = Invoice.objects.get(pk=self._invoice(n)).remaining
        if left.cents:
            paid = a_payment(self._invoice(n), amount=left)
            book_payment(account_id=self.account.id, paid=paid, at=self.now)

    @rule(n=which)
    def void(self, n):
        with suppress(Refused):
            void_invoice(invoice_id=self._invoice(n), at=self.now)

    @rule(days=some.integers(0, 9))
    def wait(self, days):
        self.now += timedelta(days=days)

    @rule()
    def post(self):
        recognize(at=self.now)

    @invariant()
    def the_ledger_says_what_the_rows_say(self):
        assert deferred_difference() == {}
        assert sum(line.balance.cents for line in trial_balance()) == 0
        assert receivable_difference() == {}

    def teardown(self):
        recognize(at=self.now)
        reached = recognized_until()
        for back in range(9):
            day = reached - timedelta(days=back)
            night = datetime.combine(day + timedelta(days=1), datetime.min.time(), HERE)
            assert unearned(day) == deferred_balance(night), day
        recognize(at=self.now + timedelta(days=40))
        assert deferred() == 0

    def _days(self, stretch):
        return self.now.date() + timedelta(days=stretch[0]), stretch[1]

    def _invoice(self, n):
        return self.invoices[n % len(self.invoices)]


@pytest.mark.django_db
def test_any_story_of_days_converges(tenant, db):
    class InASavepoint(Books):
        def __init__(self):
            self.block = transaction.atomic()
            self.block.__enter__()
            super().__init__()

        def teardown(self):
            try:
                super().teardown()
            finally:
                transaction.set_rollback(True)
                self.block.__exit__(None, None, None)

    run_state_machine_as_test(
        InASavepoint,
        settings=settings(
            max_examples=6,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert not Deferral.objects.exists()
