"""The ladder at work, on real rows."""

from datetime import date, timedelta

import pytest

from alicerce.apps.billing.models import Charge, Invoice
from alicerce.apps.billing.services.ask_funds import ask_funds
from alicerce.apps.billing.services.begin_charge import begin_charge
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.void_invoice import void_invoice
from alicerce.apps.billing.services.write_off import write_off
from alicerce.apps.billing.tests.factories import a_payment, an_account, an_invoice
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.dunning.models import Hold, Taken, Walk
from alicerce.apps.dunning.queries.walks import standing
from alicerce.apps.dunning.rules.ladders import SHIPPED
from alicerce.apps.dunning.rules.plan import plan
from alicerce.apps.dunning.services import take_steps as service
from alicerce.apps.dunning.services.begin_walk import adopt_strays, begin_walk
from alicerce.apps.dunning.services.settle import settle
from alicerce.apps.dunning.services.take_steps import take_due_steps
from alicerce.apps.dunning.tests.factories import (
    DUE,
    OPENED,
    ZONE,
    a_renewal,
    after,
    live_through,
    local,
    walk_of,
)
from alicerce.apps.dunning.types import End, Outcome, StepKind
from alicerce.apps.notify.models import Message
from alicerce.apps.orders.tests.factories import an_order
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.apps.subscriptions.types import Scope, SubscriptionStatus, SuspendCause
from alicerce.kernel.money import Money
from alicerce.kernel.testing import run_jobs

pytestmark = pytest.mark.usefixtures("tenant")


def steps_of(invoice):
    rows = Taken.objects.filter(invoice_id=invoice.id).order_by("id")
    return [(row.step, row.at.astimezone(ZONE).date()) for row in rows]


def status_of(subscription):
    return Subscription.objects.get(pk=subscription.id).card()


def pay(invoice, at):
    paid = a_payment(invoice.id, paid_at=at)
    book_payment(account_id=an_account().id, paid=paid, at=at)
    settle(invoice_id=invoice.id, end=End.PAID, at=at)


class TestLadder:
    def test_is_walked_day_by_day(self):
        invoice = a_renewal()

        live_through(after(60))

        assert steps_of(invoice) == [
            ("letter-7", date(2026, 11, 2)),
            ("letter-3", date(2026, 11, 6)),
            ("letter0", DUE),
            ("overdue", date(2026, 11, 10)),
            ("banner", date(2026, 11, 10)),
            ("letter1", date(2026, 11, 10)),
            ("letter3", date(2026, 11, 12)),
            ("suspend_web", date(2026, 11, 16)),  # the 14th is a Saturday, the 15th a holiday
            ("suspend_all", date(2026, 11, 23)),  # a Saturday again
            ("letter25", date(2026, 12, 4)),
            ("end", date(2026, 12, 14)),
        ]
        assert walk_of(invoice).next_at is None

    def test_does_what_its_plan_said_when_it_began(self):
        invoice = a_renewal()
        told = standing(invoice.id, at=OPENED)

        live_through(after(60))

        assert [step.step for step in told.coming] == [name for name, _ in steps_of(invoice)]
        assert [step.at.astimezone(ZONE).date() for step in told.coming] == [
            day for _, day in steps_of(invoice)
        ]
        assert plan(SHIPPED, told.course, at=OPENED) == told.coming

    def test_tells_once_that_an_invoice_is_overdue(self, published):
        invoice, said = a_renewal(), "invoice.overdue"

        live_through(after(3))

        (told,) = [fact for fact in published if fact.name == said]
        assert (told.invoice_id, told.due_on) == (invoice.id, DUE)
        assert Subscription.objects.get().status == "past_due"

    def test_suspends_the_site_then_everything_then_ends(self):
        subscription = a_subscription()
        a_renewal(subscription)

        live_through(after(8))
        assert (status_of(subscription).status, status_of(subscription).scope) == (
            "suspended",
            "web",
        )
        live_through(after(15), begin=after(8))
        assert status_of(subscription).scope == "all"
        live_through(after(60), begin=after(15))
        assert status_of(subscription).status == "ended"

    def test_never_charges_anew_for_a_reminder(self, provider):
        """PIX-001: four reminders, one charge."""
        an_account()
        invoice = a_renewal()
        begin_charge(
            invoice_id=invoice.id, method=PaymentMethod.PIX, return_url="https://x", at=OPENED
        )

        live_through(after(3, hour=20))

        keys = Message.objects.filter(key__startswith="dunning:").values_list("key", flat=True)
        assert len(keys) == 5
        assert Charge.objects.filter(invoice_id=invoice.id).count() == 1

    def test_writes_each_letter_once_with_the_link_and_what_comes_next(self, letters):
        invoice = a_renewal()
        live_through(after(8))
        run_jobs()

        ours = [letter for letter in letters if "Veja e pague aqui" in letter.text]
        late = [letter.text for letter in ours if "ainda não recebemos" in letter.text]
        assert (len(ours), len(late)) == (6, 2)
        assert all(f"/fatura/{invoice.token}/" in letter.text for letter in ours)
        assert all("sai do ar em 16 de nov. de 2026" in text for text in late)
        (suspended,) = [letter.text for letter in ours if "saiu do ar" in letter.subject]
        assert "o que ainda funciona para em 23 de nov. de 2026" in suspended

    def test_leaves_invoices_of_orders_to_their_orders(self):
        order = an_order()
        invoice = Invoice.objects.get(order_id=order.id)

        assert not begin_walk(invoice_id=invoice.id, at=OPENED)
        assert adopt_strays(at=OPENED) == 0

    def test_leaves_alone_the_funds_that_a_customer_asked_to_pay_in(self):
        invoice_id = ask_funds(
            customer_id=a_subscription().customer_id, amount=Money(5000), due_on=DUE, at=OPENED
        )

        assert not begin_walk(invoice_id=invoice_id, at=OPENED)
        assert adopt_strays(at=OPENED) == 0

    def test_asks_no_more_for_what_was_given_up_and_holds_it_until_late_money_comes(self):
        subscription = a_subscription()
        invoice = a_renewal(subscription)
        live_through(after(12))
        taken = len(steps_of(invoice))
        write_off(invoice_id=invoice.id, reason="Sumiu", at=after(12))

        live_through(after(60), begin=after(12))

        assert len(steps_of(invoice)) == taken
        assert status_of(subscription).status == SubscriptionStatus.SUSPENDED
        pay(invoice, after(61))
        assert status_of(subscription).status == SubscriptionStatus.ACTIVE

    def test_takes_in_what_was_open_before_it_was_there(self):
        invoice = an_invoice(due_on=DUE, at=OPENED)

        assert adopt_strays(at=after(40)) == 1
        assert adopt_strays(at=after(40)) == 0
        take_due_steps(at=after(40))

        sent = Taken.objects.filter(invoice_id=invoice.id, outcome=Outcome.DONE)
        assert set(sent.values_list("step", flat=True)) == {"overdue", "banner", "letter25"}


class TestOutage:
    def test_of_days_sends_one_letter_and_suspends_nobody_at_once(self):
        subscription = a_subscription()
        invoice = a_renewal(subscription)
        live_through(after(-4))
        back = after(22)  # a Tuesday

        for _ in range(3):
            take_due_steps(at=back)

        letters = Taken.objects.filter(invoice_id=invoice.id, kind=StepKind.REMINDER)
        done = letters.filter(outcome=Outcome.DONE).values_list("step", flat=True)
        assert list(done) == ["letter3"]
        assert status_of(subscription).status == "past_due"
        live_through(back + timedelta(days=1), begin=back)
        assert status_of(subscription).scope == "web"

    def test_in_the_evening_waits_for_the_morning(self):
        invoice = a_renewal()

        take_due_steps(at=after(1, hour=22))

        assert not Taken.objects.filter(invoice_id=invoice.id, kind=StepKind.REMINDER).exists()
        assert walk_of(invoice).next_at == after(2, hour=8)

    def test_in_the_middle_of_an_invoice_undoes_that_step_and_no_other(self, monkeypatch):
        first, second = a_renewal(), a_renewal()
        write = service.write_letter

        def break_down(*, invoice, **given):
            if invoice.id == first.id:
                raise ConnectionError
            write(invoice=invoice, **given)

        monkeypatch.setattr(service, "write_letter", break_down)
        with pytest.raises(ExceptionGroup):
            take_due_steps(at=after(3))
        assert steps_of(first) == []
        assert steps_of(second)

        monkeypatch.undo()
        take_due_steps(at=after(3))
        assert steps_of(first) == steps_of(second)


class TestPaying:
    def test_brings_back_what_was_suspended_for_it(self, published):
        subscription = a_subscription()
        invoice = a_renewal(subscription)
        live_through(after(8))

        pay(invoice, after(9))

        assert status_of(subscription).status == "active"
        assert walk_of(invoice).end == End.PAID
        assert [fact.name for fact in published].count("subscription.resumed") == 1

    def test_between_the_claim_and_the_step_wins(self, monkeypatch):
        """The run had listed the invoice as due; it was paid before its turn."""
        subscription = a_subscription()
        invoice = a_renewal(subscription)
        live_through(after(6))
        listed = service.due_walks(after(8), limit=9)
        paid = a_payment(invoice.id, paid_at=after(7))
        book_payment(account_id=an_account().id, paid=paid, at=after(7))

        monkeypatch.setattr(service, "due_walks", lambda *_, **__: listed)
        take_due_steps(at=after(8))

        assert status_of(subscription).status == "active"
        assert walk_of(invoice).end == End.PAID
        assert not settle(invoice_id=invoice.id, end=End.PAID, at=after(8))

    def test_one_of_two_leaves_suspended_what_the_other_holds(self):
        subscription = a_subscription()
        october = a_renewal(subscription, due_on=DUE - timedelta(days=14))
        november = a_renewal(subscription)
        live_through(after(8))
        assert Hold.objects.held().count() == 2

        pay(october, after(9))
        assert status_of(subscription).status == "suspended"
        pay(november, after(9, hour=11))

        assert status_of(subscription).status == "active"

    def test_leaves_it_past_due_while_another_is_late(self):
        subscription = a_subscription()
        october = a_renewal(subscription, due_on=DUE - timedelta(days=14))
        a_renewal(subscription)
        live_through(after(2))

        pay(october, after(2, hour=11))

        assert status_of(subscription).status == "past_due"

    def test_never_brings_back_what_staff_has_suspended(self):
        subscription = a_subscription()
        invoice = a_renewal(subscription)
        live_through(after(8))
        subscriptions.suspend(
            subscription_id=subscription.id,
            scope=Scope.ALL,
            cause=SuspendCause.ABUSE,
            at=after(9),
        )

        pay(invoice, after(10))

        assert (status_of(subscription).status, status_of(subscription).cause) == (
            "suspended",
            "abuse",
        )

    def test_does_not_touch_what_was_suspended_by_staff_before(self):
        subscription = a_subscription()
        invoice = a_renewal(subscription)
        subscriptions.suspend(
            subscription_id=subscription.id,
            scope=Scope.ALL,
            cause=SuspendCause.STAFF,
            at=OPENED,
        )

        live_through(after(60))

        assert status_of(subscription).status == "suspended"
        assert status_of(subscription).cause == "staff"
        found = Taken.objects.filter(invoice_id=invoice.id, outcome=Outcome.NOTHING)
        assert set(found.values_list("step", flat=True)) == {
            "suspend_web",
            "suspend_all",
            "end",
        }
        assert not Hold.objects.exists()
        assert not Message.objects.filter(template="dunning_suspended").exists()

    def test_is_heard_by_the_facts_alone(self):
        subscription = a_subscription()
        invoice = a_renewal(subscription)
        live_through(after(8))
        paid = a_payment(invoice.id, paid_at=after(9))
        book_payment(account_id=an_account().id, paid=paid, at=after(9))

        assert "dunning.settle_paid_invoice" in run_jobs()
        assert status_of(subscription).status == "active"

    def test_is_not_asked_of_a_void_invoice(self):
        subscription = a_subscription()
        invoice = a_renewal(subscription)
        live_through(after(8))
        void_invoice(invoice_id=invoice.id, at=after(9))

        run_jobs()

        assert walk_of(invoice).end == End.VOID
        assert status_of(subscription).status == "active"


class TestTenants:
    def test_do_not_see_each_others_walks(self, other_tenant):
        a_renewal()
        with other_tenant:
            assert not Walk.objects.exists()
            assert take_due_steps(at=after(9)) == 0

    def test_walk_by_their_own_clock(self, tenant):
        tenant.time_zone = "America/Manaus"  # an hour behind
        tenant.save(update_fields=["time_zone"])
        invoice = a_renewal()

        take_due_steps(at=local(date(2026, 11, 2), 8))

        assert steps_of(invoice) == []
        take_due_steps(at=local(date(2026, 11, 2), 9))
        assert steps_of(invoice) == [("letter-7", date(2026, 11, 2))]
