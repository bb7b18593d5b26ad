"""Ask for a forecast, take it on chunk by chunk, stop it, forget it. Nothing outside of its own rows is written."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Sum
from django.db.models.functions import TruncMonth

from alicerce.apps.audit import public as audit
from alicerce.apps.customers import public as customers
from alicerce.apps.forecasts.errors import (
    BadWhatIf,
    ForecastOver,
    ForecastUnderWay,
    NoSuchForecast,
)
from alicerce.apps.forecasts.events import ForecastReady, ForecastStepDue
from alicerce.apps.forecasts.models import (
    Forecast,
    ForecastHappening,
    ForecastInvoice,
    ForecastSum,
)
from alicerce.apps.forecasts.queries.books import (
    asking_nothing,
    books,
    local_day,
    next_customers,
    only_read,
    world_of,
)
from alicerce.apps.forecasts.rules.asking import fault_of, read, written
from alicerce.apps.forecasts.rules.book import Book, World
from alicerce.apps.forecasts.rules.comparing import Sided, alone, beside
from alicerce.apps.forecasts.rules.months import months_ahead
from alicerce.apps.forecasts.rules.story import tell
from alicerce.apps.forecasts.types import (
    KEPT_DAYS,
    MEASURED,
    ForecastState,
    Measure,
    NewForecast,
    WhatIf,
)
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

TOTALS = (Count("id"), Sum("total_cents"))
CUSTOMERS = 200
CHUNKS = 5
"""How many customers are copied and told of at once, and how many times that before a job makes room."""


@dataclass(frozen=True, slots=True)
class Copied:
    """All that decides what becomes of some customers, as it was at one moment."""

    ids: list[UUID]
    books: list[Book]
    world: World
    what_if: WhatIf


@transaction()
def ask_forecast(*, wanted: NewForecast, at: datetime) -> UUID:
    """Begin one, from this moment to the end of its last day. Raises BadWhatIf, ForecastUnderWay."""
    if field := fault_of(wanted.what_if):
        raise BadWhatIf(field)
    forecast = Forecast(
        months=wanted.months,
        assumption=wanted.assumption,
        what_if=written(wanted.what_if),
        begins_at=at,
        until=months_ahead(local_day(at), wanted.months),
        asked_at=at,
        total=customers.count_customers(),
    )
    if not Forecast.objects.add_once(forecast):
        raise ForecastUnderWay
    audit.record(
        action="forecast.asked",
        entity="forecast",
        entity_id=forecast.id,
        after={
            "months": wanted.months,
            "assumption": wanted.assumption.value,
            "what_if": sorted(forecast.what_if),
        },
        at=at,
    )
    publish(ForecastStepDue(at=at, forecast_id=forecast.id, step=0))
    return UUID(str(forecast.id))


def take_forecast_on(*, forecast_id: UUID, step: int, at: datetime) -> None:
    """Some chunks, then the next step; or the end. May be killed anywhere and run again."""
    for _ in range(CHUNKS):
        taken = take_chunk(forecast_id=forecast_id, step=step)
        if taken is None:
            return
        step += 1
        if not taken:
            finish(forecast_id=forecast_id, at=at)
            return
    with transaction():
        publish(ForecastStepDue(at=at, forecast_id=forecast_id, step=step))


def take_chunk(*, forecast_id: UUID, step: int) -> int | None:
    """How many customers were told of; None when this step was taken, or nobody waits for it.

    Their books are copied where the database refuses to write. The stories are told with no
    transaction open, however long that takes: nothing in the database waits for it. What was told is
    written afterwards, if the step still is the next.
    """
    copied = _copy(forecast_id, step)
    if copied is None:
        return None
    if not copied.ids:
        return 0
    with asking_nothing():
        told = [
            (book.customer_id, _sided(book, copied.world, copied.what_if))
            for book in copied.books
        ]
    return _write(forecast_id, step, copied.ids, told)


@transaction()
def _copy(forecast_id: UUID, step: int) -> Copied | None:
    only_read()
    forecast = Forecast.objects.under_way().filter(pk=forecast_id, step=step).first()
    if forecast is None:
        return None
    ids, world = next_customers(forecast, limit=CUSTOMERS), world_of(forecast)
    found, world = books(ids, world) if ids else ([], world)
    return Copied(ids, found, world, read(forecast.what_if))


def _sided(book: Book, world: World, what_if: WhatIf) -> Sided:
    if what_if.is_nothing:
        return alone(tell(book, world))
    return beside(tell(book.copied(), world), tell(book, world, what_if))


@transaction()
def _write(
    forecast_id: UUID, step: int, ids: list[UUID], told: list[tuple[UUID, Sided]]
) -> int | None:
    own = Forecast.objects.select_for_update(of=("self",), no_key=True).under_way()
    forecast = own.filter(pk=forecast_id, step=step).first()
    if forecast is None:
        return None
    invoices = ForecastInvoice.write(
        forecast, ((id_, side, one) for id_, sided in told for side, one in sided.invoices)
    )
    happenings = ForecastHappening.write(
        forecast, ((id_, side, one) for id_, sided in told for side, one in sided.happenings)
    )
    forecast.go_on(after=ids[-1], customers=len(ids), invoices=invoices, happenings=happenings)
    return len(ids)


@transaction()
def finish(*, forecast_id: UUID, at: datetime) -> bool:
    """Sum it up and say that it is there. False when it is over."""
    forecast = Forecast.objects.lock(forecast_id)
    if not forecast.finish(ForecastState.READY, at=at):
        return False
    ForecastSum.objects.bulk_create(_sums(forecast), batch_size=1_000)
    audit.record(action="forecast.ready", entity="forecast", entity_id=forecast.id, at=at)
    publish(
        ForecastReady(
            at=at,
            forecast_id=forecast.id,
            customers=forecast.customers,
            invoices=forecast.invoices,
        )
    )
    return True


def _sums(forecast: Forecast) -> list[ForecastSum]:
    """By side, month and currency. An invoice that was open before is no news of its month."""
    invoices = ForecastInvoice.objects.filter(forecast=forecast, invoice_id__isnull=True)
    asked = invoices.order_by().values_list("side", TruncMonth("issued_on"), "currency")
    taxed = asked.filter(tax_cents__gt=0).annotate(Count("id"), Sum("tax_cents"))
    found = [
        *(_sum(forecast, Measure.INVOICES, row) for row in asked.annotate(*TOTALS)),
        *(_sum(forecast, Measure.TAXES, row) for row in taxed),
    ]
    for measure, kind in MEASURED.items():
        happened = ForecastHappening.objects.filter(forecast=forecast, kind=kind)
        rows = happened.order_by().values_list("side", TruncMonth("on"), "currency")
        counted = rows.annotate(Count("id"), Sum("cents"))
        found += [_sum(forecast, measure, row) for row in counted]
    return found


def _sum(
    forecast: Forecast, measure: Measure, row: tuple[str, date, str, int, int]
) -> ForecastSum:
    side, month, currency, count, cents = row
    return ForecastSum(
        forecast=forecast,
        side=side,
        month=month,
        measure=measure,
        currency=currency,
        count=count,
        cents=cents,
    )


@transaction()
def cancel_forecast(*, forecast_id: UUID, at: datetime) -> None:
    """What was told until now stays, without sums. Raises NoSuchForecast, ForecastOver."""
    forecast = Forecast.objects.select_for_update(of=("self",), no_key=True)
    found = forecast.filter(pk=forecast_id).first()
    if found is None:
        raise NoSuchForecast
    if not found.finish(ForecastState.CANCELED, at=at):
        raise ForecastOver
    audit.record(action="forecast.canceled", entity="forecast", entity_id=found.id, at=at)


@transaction()
def abandon_forecast(*, forecast_id: UUID, at: datetime) -> None:
    """Its job died for good: another may be asked for."""
    found = Forecast.objects.under_way().filter(pk=forecast_id).first()
    if found:
        found.finish(ForecastState.FAILED, at=at)


@transaction()
def forget_old_forecasts(*, at: datetime) -> int:
    """With all their rows; how many."""
    old = Forecast.objects.filter(asked_at__lt=at - timedelta(days=KEPT_DAYS))
    ids = list(old.values_list("id", flat=True))
    for model in (ForecastInvoice, ForecastHappening, ForecastSum):
        model.objects.filter(forecast_id__in=ids).delete()
    old.filter(pk__in=ids).delete()
    return len(ids)
