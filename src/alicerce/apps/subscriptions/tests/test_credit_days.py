"""Days without service: credited to the cent, once, by a credit note."""

from datetime import UTC, date, datetime

import pytest

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.queries.dossiers import credit_notes_of
from alicerce.apps.ledger.public import ledger_imbalance
from alicerce.apps.subscriptions.errors import (
    DaysChanged,
    DaysCredited,
    DaysNotBilled,
    DaysNotOver,
    PreviewOutdated,
)
from alicerce.apps.subscriptions.queries.crediting import days_credit
from alicerce.apps.subscriptions.queries.pages import periods_of
from alicerce.apps.subscriptions.services.credit_days import credit_days
from alicerce.apps.subscriptions.tests.changing import bought, changed, costing
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.apps.subscriptions.types.changes import ChangeWhen
from alicerce.kernel.money import Money

LATER = datetime(2026, 9, 20, 15, tzinfo=UTC)


def days(subscription, first, last, cents, at=LATER):
    return credit_days(
        subscription_id=subscription.id,
        first_on=date(2026, 9, first),
        last_on=date(2026, 9, last),
        expected=Money(cents, "BRL"),
        reason="Servidor fora do ar",
        at=at,
    )


def test_days_are_credited_once_to_the_cent_and_become_the_customers(tenant):
    subscription = a_subscription(priced={"amount_cents": 24995})
    seen = days_credit(
        subscription_id=subscription.id,
        first_on=date(2026, 9, 3),
        last_on=date(2026, 9, 9),
    )
    assert (seen.days, seen.total) == (7, Money(5832, "BRL"))  # 24995 * 7 / 30

    with pytest.raises(PreviewOutdated):
        days(subscription, 3, 9, 5833)
    days(subscription, 3, 9, 5832)
    days(subscription, 10, 10, 6665 - 5832)  # eight days in all: 24995 * 8 / 30

    (period,) = periods_of(subscription.id)
    notes = credit_notes_of(period.invoice_id)
    assert sum(note.total.cents for note in notes) == 6665
    assert {note.reason for note in notes} == {"Servidor fora do ar"}
    assert billing.wallet_balance(subscription.customer_id) == (Money(6665, "BRL"),)
    assert ledger_imbalance() == 0


@pytest.mark.parametrize(
    ("first", "last", "error"),
    [(9, 12, DaysCredited), (19, 21, DaysNotOver)],
)
def test_a_day_is_credited_once_and_not_before_it_is_here(tenant, first, last, error):
    subscription = a_subscription(priced={"amount_cents": 24995})
    days(subscription, 3, 9, 5832)

    with pytest.raises(error):
        days(subscription, first, last, 833)


def test_days_that_no_invoice_asks_for_are_not_credited(tenant):
    subscription = a_subscription()

    with pytest.raises(DaysNotBilled):
        days_credit(
            subscription_id=subscription.id,
            first_on=date(2026, 8, 30),
            last_on=date(2026, 9, 2),
        )


def test_days_that_a_change_gave_back_already_are_not_given_back_again(tenant):
    subscription = bought(120000, "2025-06-01", "annual")
    changed(subscription, costing(10000), "2025-07-01", when=ChangeWhen.NOW)

    with pytest.raises(DaysChanged):
        days_credit(
            subscription_id=subscription.id,
            first_on=date(2025, 7, 5),
            last_on=date(2025, 7, 9),
        )
