"""A forecast writes nothing but itself, goes on after any interruption, and says what would be different."""

from datetime import date, timedelta

import pytest
from django.db.utils import InternalError

from alicerce.apps.billing.models import Invoice
from alicerce.apps.catalog.models import Price
from alicerce.apps.customers.tests.factories import a_cpf
from alicerce.apps.dunning import public as dunning
from alicerce.apps.forecasts.errors import BadWhatIf, ForecastUnderWay
from alicerce.apps.forecasts.events import ForecastReady
from alicerce.apps.forecasts.models import (
    Forecast,
    ForecastHappening,
    ForecastInvoice,
    ForecastSum,
)
from alicerce.apps.forecasts.queries.books import only_read
from alicerce.apps.forecasts.queries.rows import differences, happenings, invoices, sums
from alicerce.apps.forecasts.rules.laddering import moved
from alicerce.apps.forecasts.services import run
from alicerce.apps.forecasts.services.run import (
    ask_forecast,
    cancel_forecast,
    finish,
    forget_old_forecasts,
    take_chunk,
    take_forecast_on,
)
from alicerce.apps.forecasts.tests.factories import NOON, a_forecast
from alicerce.apps.forecasts.types import (
    Assumption,
    HappeningKind,
    Measure,
    NewForecast,
    PriceChange,
    Side,
    TaxChange,
    Wanted,
    WhatIf,
)
from alicerce.apps.notify.models import Message
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.tests.factories import a_subscription
from alicerce.apps.taxes.tests.factories import a_spec
from alicerce.kernel.db import transaction
from alicerce.kernel.testing import queued_jobs

pytestmark = pytest.mark.usefixtures("tenant")


def asked(**given):
    facts = {"months": 3, "assumption": Assumption.DUE, "what_if": WhatIf()}
    return ask_forecast(wanted=NewForecast(**{**facts, **given}), at=NOON)


def ten_percent(subscription, since=date(2026, 11, 1)):
    plan_id = Price.objects.get(pk=subscription.price_id).plan_id
    return WhatIf(price=PriceChange(plan_id, since, percent_bp=1_000))


class TestForecast:
    def test_leaves_the_book_and_the_queue_as_they_were(self):
        a_subscription()
        before = (Subscription.objects.values().get(), Invoice.objects.count())
        jobs, letters = queued_jobs(), Message.objects.count()

        a_forecast(months=12)

        assert ForecastInvoice.objects.count() == 12
        assert (Subscription.objects.values().get(), Invoice.objects.count()) == before
        assert Message.objects.count() == letters
        assert sorted(set(queued_jobs()) - set(jobs)) == ["forecasts.go_on_with_forecast"]

    def test_reads_where_the_database_refuses_to_write(self):
        with transaction():
            only_read()
            with pytest.raises(InternalError, match="read-only"):
                Forecast.objects.update(step=1)

    def test_is_the_same_however_often_it_is_interrupted(self, monkeypatch, published):
        for name in ("um", "dois", "tres"):
            a_subscription(name=name, email=f"{name}@example.com", document=a_cpf())
        whole = told(a_forecast())
        Forecast.objects.all().delete()
        monkeypatch.setattr(run, "CUSTOMERS", 1)

        forecast_id = asked(months=2)
        assert [take_chunk(forecast_id=forecast_id, step=step) for step in (0, 0, 1, 0)] == [
            1, None, 1, None,
        ]  # fmt: skip
        take_forecast_on(forecast_id=forecast_id, step=2, at=NOON)

        assert told(forecast_id) == whole
        assert not finish(forecast_id=forecast_id, at=NOON)
        assert [type(one) for one in published].count(ForecastReady) == 2

    def test_is_one_at_a_time_stopped_and_forgotten(self):
        a_subscription()
        forecast_id = asked()
        with pytest.raises(ForecastUnderWay):
            asked()

        cancel_forecast(forecast_id=forecast_id, at=NOON)
        assert take_chunk(forecast_id=forecast_id, step=0) is None

        a_forecast()
        assert forget_old_forecasts(at=NOON + timedelta(days=30)) == 0
        assert forget_old_forecasts(at=NOON + timedelta(days=31)) == 2
        rows = (ForecastInvoice, ForecastHappening, ForecastSum, Forecast)
        assert [model.objects.count() for model in rows] == [0, 0, 0, 0]


class TestWhatIf:
    def test_of_a_price_asks_for_more_from_its_day_on_and_opens_the_rows(self):
        what_if = ten_percent(a_subscription())

        forecast_id = a_forecast(months=3, what_if=what_if)

        rows = invoices(forecast_id, Wanted(side=Side.BOTH)).rows
        assert [(one.side, one.issued_on.month, one.total_cents) for one in rows] == [
            (Side.BOTH, 9, 2990),
            (Side.BASE, 10, 2990),
            (Side.CHANGED, 10, 3289),
            (Side.BASE, 11, 2990),
            (Side.CHANGED, 11, 3289),
        ]
        both = sums(forecast_id)[date(2026, 11, 1), "BRL", Measure.INVOICES]
        assert (both[Side.CHANGED] - both[Side.BASE]).cents == 299
        [one] = differences(forecast_id).rows
        assert (one.changed - one.base).cents == 598

    def test_of_a_tax_adds_it_to_every_line_from_its_day_on(self):
        a_subscription()
        tax = TaxChange(a_spec(starts_on=date(2026, 10, 1)))

        forecast_id = a_forecast(what_if=WhatIf(tax=tax))

        changed = invoices(forecast_id, Wanted(side=Side.CHANGED)).rows
        assert [(one.total_cents, one.tax_cents) for one in changed] == [(2990, 0), (3140, 150)]

    def test_of_a_ladder_suspends_later_and_asks_for_the_same(self):
        a_subscription()
        ladder = moved(dunning.default_ladder().spec, {"suspend_web": 8})

        forecast_id = a_forecast(assumption=Assumption.NOBODY, what_if=WhatIf(ladder=ladder))

        stops = Wanted(side=Side.BOTH, kind=HappeningKind.SUSPENSION, only_different=True)
        first, *_ = happenings(forecast_id, Wanted(kind=HappeningKind.SUSPENSION)).rows
        assert (first.what, first.on) == ("web", date(2026, 10, 6))
        assert (Side.CHANGED, date(2026, 10, 9)) in [
            (one.side, one.on) for one in happenings(forecast_id, stops).rows
        ]

    def test_that_says_nothing_sound_is_refused(self):
        price = PriceChange(Subscription().id, date(2026, 11, 1))
        with pytest.raises(BadWhatIf):
            asked(what_if=WhatIf(price=price))


def told(forecast_id):
    rows = ForecastInvoice.objects.filter(forecast_id=forecast_id)
    days = ForecastHappening.objects.filter(forecast_id=forecast_id)
    return (
        sorted(rows.values_list("customer_id", "ref", "total_cents", "paid_on")),
        sorted(days.values_list("customer_id", "kind", "on", "what", "cents")),
    )
