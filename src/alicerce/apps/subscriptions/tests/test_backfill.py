"""Orders that were paid before there were subscriptions get theirs, once, and nobody pays for what passed."""

from datetime import date
from uuid import uuid4

import pytest

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Invoice
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.tests.factories import a_payment, an_account
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.ledger.public import ledger_imbalance
from alicerce.apps.orders.models import Order
from alicerce.apps.orders.tests.factories import an_order
from alicerce.apps.subscriptions.models import BilledPeriod, Movement, Subscription
from alicerce.apps.subscriptions.ports import deliverers
from alicerce.apps.subscriptions.public import backfill_some
from alicerce.apps.subscriptions.services import backfill as service
from alicerce.apps.subscriptions.services.record_movements import record_movements
from alicerce.apps.subscriptions.tests.changing import bill, noon
from alicerce.apps.subscriptions.types.backfill import Late, Standing

TODAY = noon("2026-12-10")


def sold_before(on, cycle="monthly", cents=4990, *, paid=True):
    """A line that was handed over; nobody heard of its order, as when nobody listened yet."""
    price = a_price(amount_cents=cents, cycle=cycle)
    name = uuid4().hex[:8]
    order = an_order(price=price, domain=f"{name}.com.br", email=f"{name}@example.com")
    if paid:
        invoice = billing.invoice_of_order(order.id)
        payment = a_payment(invoice.id, amount=invoice.total, paid_at=noon(on))
        book_payment(account_id=an_account().id, paid=payment, at=noon(on))
    Order.objects.filter(pk=order.id).update(status="delivering", paid_by="pix")
    return order.lines[0]


def backfilled(*, dry=False, at=TODAY, most=2):
    lines, after = {}, None
    while True:
        page = backfill_some(after=after, dry=dry, at=at, most=most)
        lines.update({line.line_id: line for line in page.lines})
        after = page.next_after
        if after is None:
            return lines


@pytest.mark.usefixtures("tenant")
class TestBackfill:
    def test_begins_what_was_paid_and_leaves_out_the_rest_with_its_reason(self, monkeypatch):
        monthly, yearly = sold_before("2026-08-31"), sold_before("2026-03-05", "annual", 59900)
        unpaid, gone, held = (
            sold_before("2026-09-01", paid=False),
            sold_before("2026-09-02"),
            sold_before("2026-09-03"),
        )
        monkeypatch.setitem(
            deliverers, "test", lambda ids: {gone.id: Standing.OVER, held.id: Standing.STOPPED}
        )
        invoices = Invoice.objects.count()

        told = backfilled(dry=True)

        assert {id_: line.outcome for id_, line in told.items()} == {
            monthly.id: Late.BEGINS,
            yearly.id: Late.BEGINS,
            unpaid.id: Late.NOT_PAID,
            gone.id: Late.OVER,
            held.id: Late.STOPPED,
        }
        assert told[monthly.id].renews_on == date(2026, 12, 31)
        assert told[yearly.id].renews_on == date(2027, 3, 5)
        assert not Subscription.objects.exists()

        assert backfilled() == told
        assert backfilled() == {id_: told[id_] for id_ in (unpaid.id, gone.id, held.id)}

        lapsed = Subscription.objects.get(line_id=monthly.id)
        assert (lapsed.status, lapsed.anchor_day, lapsed.started_at) == ("active", 31, TODAY)
        assert (lapsed.next_starts_on, lapsed.next_bill_on) == (
            date(2026, 12, 31),
            date(2026, 12, 24),
        )
        periods = BilledPeriod.objects.order_by("subscription_id").values_list(
            "starts_on", "ends_on", "amount_cents"
        )
        assert list(periods) == [
            (date(2026, 8, 31), date(2026, 9, 30), 4990),
            (date(2026, 3, 5), date(2027, 3, 5), 59900),
        ]
        assert Invoice.objects.count() == invoices
        record_movements(at=TODAY)
        assert {row.on for row in Movement.objects.all()} == {TODAY.date()}
        bill("2026-12-24")
        assert [row.total_cents for row in Invoice.objects.order_by("-id")[:1]] == [4990]
        assert Invoice.objects.count() == invoices + 1
        assert ledger_imbalance() == 0

    def test_killed_between_two_lines_it_goes_on_to_the_same_end(self, monkeypatch):
        lines = [sold_before(f"2026-09-0{day}") for day in (1, 2, 3)]
        begin = service.begin

        def dies_at_the_second(**given):
            if Subscription.objects.filter(status="active").exists():
                raise RuntimeError
            begin(**given)

        monkeypatch.setattr(service, "begin", dies_at_the_second)
        with pytest.raises(RuntimeError):
            backfilled()
        assert Subscription.objects.count() == 1
        monkeypatch.undo()

        backfilled()

        begun = Subscription.objects.filter(status="active").values_list("line_id", flat=True)
        assert set(begun) == {line.id for line in lines}
