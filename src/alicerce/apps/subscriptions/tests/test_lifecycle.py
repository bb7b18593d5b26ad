"""Canceling, pausing, another day: what is asked for afterwards, to the day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.queries.dossiers import credit_notes_of
from alicerce.apps.billing.services.record_payment import record_payment
from alicerce.apps.billing.tests.factories import by_hand
from alicerce.apps.ledger.public import ledger_imbalance
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.errors import (
    NotCanceled,
    SubscriptionEnded,
    SubscriptionNotStarted,
)
from alicerce.apps.subscriptions.events import SubscriptionEnded as Ended
from alicerce.apps.subscriptions.models import BilledPeriod, Schedule
from alicerce.apps.subscriptions.queries.addons import preview_addon
from alicerce.apps.subscriptions.queries.pages import (
    latest_runs,
    parked_customers,
    periods_of,
)
from alicerce.apps.subscriptions.queries.terms import terms
from alicerce.apps.subscriptions.services.add_on import add_addon
from alicerce.apps.subscriptions.services.billing_run import begin_run, take_run_step
from alicerce.apps.subscriptions.services.cancel import (
    cancel_at_period_end,
    cancel_now,
    reactivate,
)
from alicerce.apps.subscriptions.services.pause import pause_billing, resume_billing
from alicerce.apps.subscriptions.services.set_terms import set_billing_day, set_terms
from alicerce.apps.subscriptions.tests.factories import (
    NOON,
    a_pending_subscription,
    a_subscription,
    an_addon,
)
from alicerce.apps.subscriptions.types import EndCause, Terms
from alicerce.apps.subscriptions.types.addons import AddonWanted
from alicerce.apps.taxes.tests.factories import a_tax

DUE = datetime(2026, 9, 24, 12, tzinfo=UTC)


def bill(at=DUE):
    run_id = begin_run(on=at.date(), at=at)
    if run_id:
        take_run_step(run_id=run_id, on=at.date(), at=at)


def an_added(parent):
    """An add-on whose first days were asked for."""
    wanted = AddonWanted(an_addon(2990).id)
    asked = {"subscription_id": parent.id, "wanted": wanted, "at": NOON}
    seen = preview_addon(**asked)
    addon_id = add_addon(expected_cents=seen.total.cents, **asked)
    bill(NOON)
    return addon_id


def card_of(subscription):
    return subscriptions.subscription(subscription.id)


def at_end(subscription, at=NOON):
    return cancel_at_period_end(subscription_id=subscription.id, reason="Mudei", at=at)


class TestCancelAtPeriodEnd:
    def test_lets_what_is_paid_run_out_and_asks_for_no_more(self, tenant):
        subscription = a_subscription()

        assert at_end(subscription) == at_end(subscription) == date(2026, 10, 1)

        bill()
        assert len(periods_of(subscription.id)) == 1
        assert card_of(subscription).status == "active"

    def test_takes_back_the_invoice_of_days_that_are_to_come(self, tenant):
        subscription = a_subscription()
        bill()
        asked = periods_of(subscription.id)[0]

        assert at_end(subscription, DUE) == date(2026, 10, 1)

        assert billing.invoice(asked.invoice_id).status == "void"
        assert len(periods_of(subscription.id)) == 1
        assert ledger_imbalance() == 0

    def test_takes_its_own_lines_off_an_invoice_that_also_asks_for_something_else(self, tenant):
        subscription = a_subscription(domain="um.com.br")
        other = a_subscription(domain="dois.com.br")
        addon_id = an_added(other)
        a_tax()
        bill()
        invoice_id = periods_of(subscription.id)[0].invoice_id

        assert at_end(subscription, DUE) == date(2026, 10, 1)

        invoice = billing.invoice(invoice_id)
        (note,) = credit_notes_of(invoice_id)
        assert (invoice.status, invoice.total.cents) == ("open", 9419)
        assert [money.cents for _, money in note.lines] == [note.relieved.cents] == [3139]
        assert invoice.remaining.cents == 9419 - 3139
        assert len(periods_of(subscription.id)) == 1

        assert at_end(other, DUE) == date(2026, 10, 1)
        assert billing.invoice(invoice_id).status == "void"
        assert [len(periods_of(id_)) for id_ in (other.id, addon_id)] == [1, 1]
        assert ledger_imbalance() == 0
        reactivate(subscription_id=other.id, at=DUE)
        bill(DUE + timedelta(days=1))
        assert [len(periods_of(id_)) for id_ in (other.id, addon_id)] == [2, 2]

    def test_keeps_what_was_paid_of_an_invoice_that_asks_for_other_things(self, tenant):
        subscription = a_subscription(domain="um.com.br")
        a_subscription(domain="dois.com.br")
        bill()
        invoice_id = periods_of(subscription.id)[0].invoice_id
        record_payment(invoice_id=invoice_id, told=by_hand(3000), at=DUE)
        assert billing.invoice(invoice_id).remaining.cents == 2980

        assert at_end(subscription, DUE) == date(2026, 11, 1)
        assert credit_notes_of(invoice_id) == ()

    def test_is_for_what_has_started(self, tenant):
        with pytest.raises(SubscriptionNotStarted):
            at_end(a_pending_subscription())


class TestReactivate:
    def test_asks_again_for_what_was_taken_back(self, tenant):
        subscription = a_subscription()
        bill()
        at_end(subscription, DUE)

        reactivate(subscription_id=subscription.id, at=DUE)
        bill(DUE + timedelta(days=1))

        (again, _first) = periods_of(subscription.id)
        assert again.period.starts_on == date(2026, 10, 1)
        assert billing.invoice(again.invoice_id).status == "open"
        assert BilledPeriod.objects.filter(released_at__isnull=False).count() == 1

    def test_is_for_what_was_canceled(self, tenant):
        with pytest.raises(NotCanceled):
            reactivate(subscription_id=a_subscription().id, at=NOON)


class TestCancelNow:
    def test_ends_it_once_and_says_who(self, tenant, published):
        subscription = a_subscription()
        asked = {"subscription_id": subscription.id, "cause": EndCause.CUSTOMER, "at": NOON}

        assert (cancel_now(**asked), cancel_now(**asked)) == (True, False)

        assert [f.cause for f in published if isinstance(f, Ended)] == ["customer"]
        with pytest.raises(SubscriptionEnded):
            at_end(subscription)


class TestPause:
    def test_bills_nothing_and_starts_again_today(self, tenant):
        subscription = a_subscription()
        paused = {"subscription_id": subscription.id, "at": NOON}

        assert (pause_billing(**paused), pause_billing(**paused)) == (True, False)
        bill()
        later = {"subscription_id": subscription.id, "at": NOON + timedelta(days=60)}
        assert (resume_billing(**later), resume_billing(**later)) == (True, False)

        card = card_of(subscription)
        assert (card.next_starts_on, card.next_bill_on) == (
            date(2026, 10, 31),
            date(2026, 10, 24),
        )

    def test_changes_nothing_about_a_period_that_is_paid(self, tenant):
        subscription = a_subscription()

        pause_billing(subscription_id=subscription.id, at=NOON)
        resume_billing(subscription_id=subscription.id, at=NOON + timedelta(days=3))

        assert card_of(subscription).next_bill_on == date(2026, 9, 24)


class TestTerms:
    def test_move_everybody_to_their_new_day(self, tenant):
        subscription = a_subscription()

        assert set_terms(terms=Terms(days_ahead=10), at=NOON)
        assert not set_terms(terms=Terms(days_ahead=10), at=NOON)

        assert terms().days_ahead == 10
        assert card_of(subscription).next_bill_on == date(2026, 9, 21)
        assert Schedule.objects.get().next_bill_on == date(2026, 9, 21)


class TestBillingDay:
    def test_is_reached_by_a_shorter_period_and_kept(self, tenant):
        subscription = a_subscription()

        set_billing_day(customer_id=subscription.customer_id, day=10, at=NOON)
        bill()
        bill(datetime(2026, 10, 3, 12, tzinfo=UTC))

        spans = [
            (p.period.starts_on, p.period.ends_on, p.amount.cents)
            for p in periods_of(subscription.id)
        ]
        assert spans == [
            (date(2026, 10, 10), date(2026, 11, 10), 2990),
            (date(2026, 10, 1), date(2026, 10, 10), 897),
            (date(2026, 9, 1), date(2026, 10, 1), 2990),
        ]

    def test_is_the_day_of_what_they_buy_later(self, tenant):
        first = a_subscription(domain="um.com.br")
        set_billing_day(customer_id=first.customer_id, day=5, at=NOON)

        assert a_subscription(domain="dois.com.br").anchor_day == 5


class TestPages:
    def test_sum_up_what_the_batches_of_a_run_wrote(self, tenant):
        a_subscription()
        bill()

        (run,) = latest_runs()
        assert (run.due, run.customers, run.invoices, run.renewals) == (1, 1, 1, 1)
        assert [total.cents for total in run.totals] == [2990]
        assert parked_customers() == []
