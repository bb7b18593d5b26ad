"""What was used is asked for with the renewal, once, however it was told."""

from datetime import date, timedelta
from re import findall
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from alicerce.apps.billing.models import Invoice, InvoiceLine
from alicerce.apps.catalog.models import Price
from alicerce.apps.metering.models import MeteredStretch, UsageRecord
from alicerce.apps.metering.queries.usage import LATEST
from alicerce.apps.metering.services.meters import add_meter, retire_meter
from alicerce.apps.metering.services.record_usage import record_usage
from alicerce.apps.metering.tests.test_meters import a_form
from alicerce.apps.metering.types import Aggregation, Fate, NewRecord, TierForm
from alicerce.apps.subscriptions.models import BilledPeriod, Schedule
from alicerce.apps.subscriptions.queries.metered import usage_so_far
from alicerce.apps.subscriptions.rules import renewing
from alicerce.apps.subscriptions.services.bill_usage import bill_closing_usage, bill_left_usage
from alicerce.apps.subscriptions.services.cancel import cancel_now
from alicerce.apps.subscriptions.services.parking import release
from alicerce.apps.subscriptions.tests.changing import bill, bought, noon
from alicerce.apps.subscriptions.tests.test_changes import undone
from alicerce.apps.subscriptions.tests.test_trials import tried
from alicerce.apps.subscriptions.types import EndCause
from alicerce.kernel.testing import run_jobs

pytestmark = pytest.mark.usefixtures("tenant")


def metered(subscription, **given):
    plan_id = Price.objects.get(pk=subscription.price_id).plan_id
    return add_meter(plan_id=plan_id, form=a_form(**given), at=noon("2025-06-01"))


def used(subscription, quantity, on, *, at=None, **given):
    facts = {
        "identifier": str(uuid4()),
        "subscription_id": subscription.id,
        "meter": "requests",
        "quantity": quantity,
        "happened_at": noon(on),
    }
    [receipt] = record_usage(records=[NewRecord(**{**facts, **given})], at=noon(at or on))
    return receipt


def usage_lines():
    lines = InvoiceLine.objects.filter(kind="usage").order_by("id")
    return [(line.total_cents, line.starts_on.day, line.ends_on.day) for line in lines]


class TestRenewal:
    def test_asks_for_what_was_used_and_late_records_come_with_the_next(self):
        subscription = bought(10000, "2025-06-01")
        metered(subscription)
        used(subscription, 101, "2025-06-10")
        [so_far] = usage_so_far(subscription.id, at=noon("2025-06-12"))
        assert (so_far.quantity, so_far.amount.cents) == (101, 51)

        bill("2025-06-24")
        used(subscription, 200, "2025-06-20", at="2025-06-25")
        used(subscription, 2, "2025-06-24")
        bill("2025-07-25")

        assert usage_lines() == [(51, 1, 24), (101, 24, 25)]
        assert Invoice.objects.order_by("id").last().total_cents == 10101
        assert set(BilledPeriod.objects.values_list("amount_cents", flat=True)) == {10000}
        assert not UsageRecord.objects.filter(stretch__isnull=True).exists()

    def test_comes_to_the_largest_or_the_latest_where_that_is_counted(self):
        subscription = bought(10000, "2025-06-01")
        for key, what in (("peak", Aggregation.MAX), ("disk", Aggregation.LAST)):
            metered(subscription, key=key, aggregation=what, tiers=(TierForm(None, "100"),))
            for quantity, on in ((3, "2025-06-12"), (9, "2025-06-05"), (4, "2025-06-02")):
                used(subscription, quantity, on, at="2025-06-13", meter=key)

        bill("2025-06-24")

        assert sorted(cents for cents, _, _ in usage_lines()) == [300, 900]

    def test_of_what_was_tried_costs_nothing(self):
        subscription = tried("2025-06-01")
        metered(subscription)
        used(subscription, 500, "2025-06-03")
        bill("2025-06-15")
        used(subscription, 10, "2025-06-16")
        bill("2025-07-09")

        assert usage_lines() == [(5, 15, 9)]
        assert MeteredStretch.objects.get(amount_cents=0).invoice_id is None

    def test_far_beyond_what_is_usual_waits_for_a_person(self):
        subscription = bought(10000, "2025-06-01")
        metered(subscription)
        used(subscription, 1000, "2025-06-10")
        bill("2025-06-24")
        used(subscription, 6000, "2025-07-10")
        bill("2025-07-25")

        assert Schedule.objects.get().parked_reason == "amount"
        assert UsageRecord.objects.filter(stretch__isnull=True).count() == 1

    def test_beyond_what_the_books_can_hold_parks_even_who_was_released(self):
        """A meter at the dearest price and a record at the largest passed what a column holds."""
        subscription = bought(10000, "2025-06-01")
        metered(subscription, tiers=(TierForm(None, "999999999"),))
        assert used(subscription, 10**12, "2025-06-10").code == "quantity_too_large"
        for day in range(10, 21):
            assert not used(subscription, 100, f"2025-06-{day}").code

        bill("2025-06-24")
        release(customer_id=subscription.customer_id, at=noon("2025-06-24"))
        bill("2025-06-24")

        parked = Schedule.objects.get()
        assert (parked.parked_reason, parked.parked_detail.split(" > ")[1]) == (
            "amount",
            "1000000000000",
        )
        assert usage_lines() == []

        cancel_now(subscription_id=subscription.id, cause=EndCause.STAFF, at=noon("2025-06-25"))
        run_jobs()
        assert usage_lines() == []

    def test_of_the_latest_reads_one_record_of_however_many(self):
        subscription = bought(10000, "2025-06-01")
        card = metered(subscription, aggregation=Aggregation.LAST)
        first, last = noon("2025-06-02"), noon("2025-06-10")
        UsageRecord.objects.bulk_create(
            UsageRecord(
                identifier=str(n),
                subscription_id=subscription.id,
                meter_id=card.id,
                quantity=n,
                happened_at=first + (last - first) * min(n, 1999) / 1999,
            )
            for n in range(2001)
        )

        with CaptureQueriesContext(connection) as asked:
            [so_far] = usage_so_far(subscription.id, at=noon("2025-06-12"))
        assert so_far.quantity == 2000, "of two in the same moment, the later one"
        assert not any("array_agg" in one["sql"].lower() for one in asked)
        with connection.cursor() as cursor:
            cursor.execute("analyze metering_usagerecord")
            cursor.execute(
                "explain (analyze) " + LATEST,
                [[subscription.id], [card.id], noon("2025-06-12")],
            )
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "usage_not_asked_for" in plan
        assert max(int(n) for n in findall(r"actual.*rows=(\d+)", plan)) < 10


class TestEnd:
    def test_asks_for_the_rest_once_and_hears_no_more(self):
        subscription = bought(10000, "2025-06-01")
        metered(subscription)
        used(subscription, 1000, "2025-06-10")

        cancel_now(subscription_id=subscription.id, cause=EndCause.STAFF, at=noon("2025-06-11"))
        run_jobs()
        bill_closing_usage(subscription_id=subscription.id, at=noon("2025-06-11"))

        assert usage_lines() == [(500, 1, 12)]
        assert used(subscription, 1, "2025-06-11").code == "subscription_ended"

    def test_that_nobody_could_invoice_is_asked_for_again_when_it_is_let_go(
        self, monkeypatch, letters
    ):
        subscription = bought(10000, "2025-06-01")
        metered(subscription)
        used(subscription, 1000, "2025-06-10")
        most = renewing.MOST_ASKED
        monkeypatch.setattr(renewing, "MOST_ASKED", 499)
        cancel_now(subscription_id=subscription.id, cause=EndCause.STAFF, at=noon("2025-06-11"))
        run_jobs()
        schedule = Schedule.objects.get()
        assert (schedule.parked_reason, usage_lines()) == ("amount", [])
        monkeypatch.setattr(renewing, "MOST_ASKED", most)

        release(customer_id=schedule.customer_id, at=noon("2025-06-12"))
        for _ in range(2):
            run_jobs()
            bill_left_usage(customer_id=schedule.customer_id, at=noon("2025-06-12"))

        assert usage_lines() == [(500, 1, 12)]

    def test_of_what_was_only_tried_asks_for_nothing(self):
        subscription = tried("2025-06-01")
        metered(subscription)
        used(subscription, 1000, "2025-06-02")
        cancel_now(subscription_id=subscription.id, cause=EndCause.STAFF, at=noon("2025-06-03"))

        assert (
            bill_closing_usage(subscription_id=subscription.id, at=noon("2025-06-03")) is None
        )
        assert MeteredStretch.objects.get().amount_cents == 0


class TestRecord:
    def test_is_kept_once_and_refused_for_a_reason(self):
        subscription = bought(10000, "2025-06-01")
        meter = metered(subscription)
        first = used(subscription, 5, "2025-06-10", identifier="a")
        codes = {
            "": used(subscription, 5, "2025-06-10", identifier="a", at="2025-06-11"),
            "identifier_reused": used(subscription, 6, "2025-06-10", identifier="a"),
            "in_the_future": used(subscription, 5, "2025-06-11", at="2025-06-10"),
            "before_start": used(subscription, 5, "2025-05-31", at="2025-06-10"),
            "too_late": used(subscription, 5, "2025-06-10", at="2025-07-16"),
            "no_such_meter": used(subscription, 5, "2025-06-10", meter="disk"),
        }
        unknown = used(subscription, 5, "2025-06-10", subscription_id=uuid4())
        retire_meter(meter_id=meter.id, at=noon("2025-06-11"))

        assert first.fate == Fate.ACCEPTED
        assert [
            (receipt.code, code) for code, receipt in codes.items() if receipt.code != code
        ] == []
        assert (codes[""].fate, unknown.code) == (Fate.KNOWN, "no_such_subscription")
        assert used(subscription, 5, "2025-06-12").code == "no_such_meter"
        assert UsageRecord.objects.count() == 1


DAYS = some.integers(0, 80)
SENT = some.tuples(some.integers(0, 10**6), DAYS, some.integers(0, 30), some.integers(1, 3))


class TestAnyUsage:
    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(some.lists(SENT, max_size=8))
    def test_is_asked_for_once_whenever_it_is_told_and_however_often(self, tenant, sent):
        with undone():
            self._story(sent)

    def _story(self, sent):
        subscription = bought(10000, "2025-06-01")
        metered(subscription, tiers=(TierForm(None, "1"),))
        start, told = date(2025, 6, 1), []
        for number, (quantity, day, delay, times) in enumerate(sent):
            on = start + timedelta(days=day)
            told += [(on + timedelta(days=delay), f"r{number}", quantity, on)] * times
        for day in range(115):
            today = start + timedelta(days=day)
            for _, name, quantity, on in (one for one in told if one[0] == today):
                used(
                    subscription,
                    quantity,
                    on.isoformat(),
                    at=today.isoformat(),
                    identifier=name,
                )
            if day % 23 == 0 and day:
                Schedule.objects.update(parked_at=None, parked_reason="", is_waived=True)
                bill(today.isoformat())
        cancel_now(
            subscription_id=subscription.id,
            cause=EndCause.STAFF,
            at=noon(today.isoformat()),
        )
        bill_closing_usage(subscription_id=subscription.id, at=noon(today.isoformat()))
        whole = sum(quantity for quantity, *_ in sent)
        asked = InvoiceLine.objects.filter(kind="usage")
        assert sum(asked.values_list("total_cents", flat=True)) == whole
        assert sum(MeteredStretch.objects.values_list("quantity", flat=True)) == whole
