"""A month passes in a sandbox: a renewal is debited by its bank, first in vain, and the ladder waits."""

from datetime import UTC, date, datetime
from uuid import uuid5

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Charge, GatewayAccount, Invoice, Payment
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.factories import a_payment
from alicerce.apps.collecting.models import Debit
from alicerce.apps.collecting.services.ask_mandate import ask_mandate
from alicerce.apps.collecting.services.follow_mandate import look_at_mandate
from alicerce.apps.collecting.tests.test_automatic import (
    ROOM,
    STARTED,
    letters,
    pem,
    psp,
)
from alicerce.apps.notify.models import Message
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.services.follow_order import start_subscriptions
from alicerce.apps.subscriptions.tests.factories import a_pending_subscription
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.kernel.testing import run_jobs

__all__ = ["letters", "pem", "psp"]


def test_a_renewal_is_debited_on_the_second_try_and_the_ladder_waits(tenant, psp):
    twin = uuid5(tenant.id, "sandbox")
    tenancy.open_sandbox(of=tenant.id, as_id=twin, at=STARTED)
    with acting(tenant_id=twin), showing_rows_of(twin):
        psp.connect()
        subscription = a_pending_subscription()
        _pay_by_hand(subscription)
        _authorise(psp, subscription.customer_id)

        for day in (6, 10, 14, 18, 22, 27):
            _go_to(psp, date(2026, 11, day))
        [renewal] = Invoice.objects.filter(order_id=None)
        txid = Charge.objects.get(invoice=renewal).external_id
        first = Debit.objects.get()
        assert (renewal.due_on, first.status) == (date(2026, 12, 2), "scheduled")
        _go_to(psp, date(2026, 12, 2))
        psp.bank.settle(txid, funds=False)
        _go_to(psp, date(2026, 12, 3))
        assert Debit.objects.get().try_on == date(2026, 12, 4)
        _go_to(psp, date(2026, 12, 4))
        psp.bank.settle(txid)
        _go_to(psp, date(2026, 12, 5))

        renewal.refresh_from_db()
        assert (renewal.status, Debit.objects.get().status) == ("paid", "paid")
        assert Payment.objects.filter(invoice=renewal).count() == 1
        assert Subscription.objects.get().status == "active"
        told = set(Message.objects.values_list("template", flat=True))
        assert "debit_retry" in told
        assert not {each for each in told if each.startswith(("dunning", "reminder"))}


def _pay_by_hand(subscription):
    """The first period, so that no other account is connected for it."""
    invoice = billing.invoice_of_order(subscription.order_id)
    came = a_payment(invoice.id, amount=invoice.total, paid_at=STARTED)
    book_payment(account_id=GatewayAccount.objects.get().id, paid=came, at=STARTED)
    start_subscriptions(order_id=subscription.order_id, invoice_id=invoice.id, at=STARTED)


def _authorise(psp, customer_id):
    mandate_id = ask_mandate(customer_id=customer_id, limit=ROOM, at=STARTED)
    run_jobs()
    [asked] = psp.bank.latest()
    psp.bank.authorise(asked["idRec"], journey=2)
    look_at_mandate(mandate_id=mandate_id, at=STARTED)
    run_jobs()


def _go_to(psp, day):
    before, psp.at = psp.at, datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
    tenancy.move_clock(to=psp.at, at=before)
    run_jobs(include_delayed=True)
