"""A sandbox whose days really pass: the engine itself, at the stops of its clock, one day after the other."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alicerce.apps.billing.models import (
    Invoice,
    InvoiceLine,
    InvoiceLineTax,
    Payment,
    WalletUse,
)
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.factories import a_payment, an_account
from alicerce.apps.dunning.models import Taken
from alicerce.apps.dunning.services.take_steps import take_due_steps
from alicerce.apps.dunning.types import LETTERS, Outcome, StepKind
from alicerce.apps.forecasts.web.words import MAILS
from alicerce.apps.notify.models import Message
from alicerce.apps.subscriptions.services.billing_run import look_for_work
from alicerce.apps.tenancy.models import SandboxClock
from alicerce.kernel.testing import queued_jobs, run_jobs

ZONE = ZoneInfo("America/Sao_Paulo")
STOPS = (time(3), time(10), time(15))
PAID_BEFORE = time(15)
"""People pay about noon: what is due that day is paid before the last stop."""


def local(day, hour=12):
    return datetime.combine(day, time(hour), ZONE).astimezone(UTC)


def on_day(at):
    return at.astimezone(ZONE).date()


class Rehearsal:
    """`pays` says of an invoice and a day whether it is paid that day."""

    def __init__(self, at):
        SandboxClock.objects.bulk_create([SandboxClock(reads_at=at)], ignore_conflicts=True)
        self.account = an_account()
        self.at = at

    def go_to(self, last, *, pays):
        day = on_day(self.at)
        while day <= last:
            for stop in STOPS:
                moment = datetime.combine(day, stop, ZONE).astimezone(UTC)
                if moment > self.at:
                    if stop == PAID_BEFORE and local(day) > self.at:
                        self.pay(local(day), pays=pays)
                    self._stop(moment)
            day += timedelta(days=1)

    def pay(self, moment, *, pays):
        self._read(moment)
        owed = Invoice.objects.filter(status="open", order_id=None).order_by("due_on", "id")
        for invoice in owed:
            if pays(invoice, on_day(moment)):
                paid = a_payment(invoice.id, amount=invoice.remaining, paid_at=moment)
                book_payment(account_id=self.account.id, paid=paid, at=moment)
        self._work()

    def _stop(self, moment):
        self._read(moment)
        look_for_work(at=moment)
        self._work()
        take_due_steps(at=moment)
        self._work()

    def _read(self, moment):
        self.at = moment
        clock = SandboxClock.objects.get()
        clock.step(moment)

    def _work(self):
        if queued_jobs():
            run_jobs(include_delayed=True)


def invoices_since(at):
    """What the engine asked for: whose, days, cents, the day it was paid, and every line of it."""
    rows = Invoice.objects.filter(order_id=None, opened_at__gte=at)
    return sorted(
        (
            str(row.customer_id),
            on_day(row.opened_at),
            row.due_on,
            row.total_cents,
            str(row.paid_at and on_day(row.paid_at)),
            sum(one.amount_cents for one in InvoiceLineTax.objects.filter(invoice=row)),
            tuple(
                _line(one)
                for one in InvoiceLine.objects.filter(invoice=row).order_by("position")
            ),
        )
        for row in rows
    )


def _line(one):
    days = (one.starts_on, one.ends_on)
    return (one.kind, one.quantity, one.unit_cents, *(day and day.isoformat() for day in days))


def happenings_since(at, emails):
    """Letters, steps of the ladder, and money: whose, what and on which day."""
    letters = [
        (emails[row.to], "mail", row.template, on_day(row.queued_at))
        for row in Message.objects.filter(queued_at__gte=at, to__in=emails, template__in=MAILS)
    ]
    steps = [
        (str(row.walk.customer_id), "step", row.step, on_day(row.at))
        for row in Taken.objects.filter(at__gte=at, outcome=Outcome.DONE).select_related("walk")
        if row.kind not in LETTERS | {StepKind.NOTICE}
    ]
    paid = [
        (str(row.invoice.customer_id), "paid", row.amount_cents, on_day(row.received_at))
        for row in Payment.objects.filter(received_at__gte=at).select_related("invoice")
    ]
    used = [
        (str(row.customer_id), "paid", row.amount_cents, on_day(row.used_at))
        for row in WalletUse.objects.filter(used_at__gte=at)
    ]
    return sorted(map(str, [*letters, *steps, *paid, *used]))
