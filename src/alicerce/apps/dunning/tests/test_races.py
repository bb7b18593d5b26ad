"""Two runs at once, and a payment in the middle: each step once, and nothing held in vain."""

from datetime import timedelta

import pytest

from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.factories import a_payment, an_account
from alicerce.apps.billing.tests.test_races import company, crowd, looking
from alicerce.apps.dunning.models import Hold, Taken, Walk
from alicerce.apps.dunning.services.settle import settle
from alicerce.apps.dunning.services.take_steps import take_due_steps
from alicerce.apps.dunning.tests.factories import DUE, a_renewal, after
from alicerce.apps.dunning.types import End
from alicerce.apps.notify.models import Message
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.kernel.db import transaction

__all__ = ["company"]


@pytest.fixture
def late(company, letters, provider):
    """Six invoices of two customers, due from a Saturday to a Monday; their letters are sent."""
    with transaction():
        for _ in range(2):
            subscription = a_subscription()
            for days in range(3):
                a_renewal(subscription, due_on=DUE - timedelta(days=days))
    take_due_steps(at=after(1))
    return company


class TestTwoRuns:
    def test_take_every_step_once(self, late):
        crowd(late, lambda _: take_due_steps(at=after(8)), times=16)
        take_due_steps(at=after(8))

        taken = looking(lambda: list(Taken.objects.values_list("invoice_id", "step")))
        assert len(taken) == len(set(taken))
        suspended = looking(lambda: Taken.objects.filter(step="suspend_web").count())
        assert suspended == 6
        letters = looking(
            lambda: Message.objects.filter(template__startswith="dunning_").count()
        )
        assert letters == looking(
            lambda: (
                Taken.objects.exclude(outcome__in=["skipped", "nothing"])
                .exclude(kind__in=["overdue", "banner"])
                .count()
            )
        )

    def test_and_everybody_paying_at_once_leave_nothing_suspended(self, late):
        take_due_steps(at=after(8))
        ids = looking(lambda: list(Walk.objects.values_list("invoice_id", flat=True)))
        with transaction():
            account_id = an_account().id

        def act(turn):
            if turn % 2:
                take_due_steps(at=after(16))
                return
            invoice_id = ids[turn // 2]
            paid = a_payment(invoice_id, paid_at=after(16))
            book_payment(account_id=account_id, paid=paid, at=after(16))
            settle(invoice_id=invoice_id, end=End.PAID, at=after(16))

        crowd(late, act, times=2 * len(ids))

        assert not looking(lambda: Hold.objects.held().exists())
        states = looking(lambda: set(Subscription.objects.values_list("status", flat=True)))
        assert states == {"active"}
