"""The tables: growth, two books instead of one, and the same rows by SQL alone."""

import time
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import psycopg

from alicerce.apps.catalog import public as catalog
from alicerce.apps.forecasts.queries.rows import forecast
from alicerce.apps.forecasts.services.run import ask_forecast, finish, take_chunk
from alicerce.apps.forecasts.types import Assumption, NewForecast, PriceChange, WhatIf
from alicerce.kernel import jobs
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from bench.databases import Database
from bench.figures import show, times
from bench.renewals.book import NOON, Book, open_book

SIZES, MONTHS = (200, 1_000, 10_000), 12
HEADINGS = (
    *("services", "written by", "seconds", "invoices", "happenings", "services/s"),
    "of SQL alone",
)
KEEP = """
create temp table old_invoice as select * from forecasts_forecastinvoice where forecast_id = %(one)s;
create temp table old_happening as select * from forecasts_forecasthappening where forecast_id = %(one)s;
update old_invoice set id = uuidv7(), ref = 'x' || ref;
update old_happening set id = uuidv7();
set session_replication_role = replica;
"""
WRITE = """
insert into forecasts_forecastinvoice select * from old_invoice;
insert into forecasts_forecasthappening select * from old_happening;
"""


@dataclass(frozen=True)
class Taken:
    size: int
    seconds: float
    invoices: int
    happenings: int


def report(database: Database, *, most: int) -> None:
    jobs.discover()
    rows: list[tuple[str, ...]] = []
    for size in [size for size in SIZES if size <= most]:
        book = open_book(database, name=f"ahead-{size}", size=size)
        alone: Taken | None = None
        for name, assumption, changes in (
            ("everybody pays", Assumption.DUE, False),
            ("nobody pays", Assumption.NOBODY, False),
            ("everybody pays, and 10 % more", Assumption.DUE, True),
        ):
            forecast_id, taken = _foresee(book, assumption, changes=changes)
            alone = alone or _write_alone(database, forecast_id, taken)
            rows.append(_row(name, taken, alone))
        assert alone
        rows.append(_row("SQL alone, what everybody pays", alone, alone))
    show(f"{MONTHS} months ahead, one worker, chunks of 200 customers", HEADINGS, rows)


def _foresee(book: Book, assumption: Assumption, *, changes: bool) -> tuple[UUID, Taken]:
    """In this process, as its jobs do it."""
    with acting(tenant_id=book.tenant_id):
        wanted = NewForecast(MONTHS, assumption, _more() if changes else WhatIf())
        began, step = time.monotonic(), 0
        forecast_id = ask_forecast(wanted=wanted, at=NOON)
        while take_chunk(forecast_id=forecast_id, step=step):
            step += 1
        finish(forecast_id=forecast_id, at=NOON)
        seconds = time.monotonic() - began
        with transaction():
            card = forecast(forecast_id)
    assert card.customers == book.size, f"{card.customers} of {book.size} were told of"
    return forecast_id, Taken(book.size, seconds, card.invoices, card.happenings)


def _more() -> WhatIf:
    with transaction():
        [plan] = catalog.plans()
    return WhatIf(price=PriceChange(plan.id, date(2026, 9, 1), percent_bp=1_000))


def _write_alone(database: Database, forecast_id: UUID, taken: Taken) -> Taken:
    """The rows that are there, written once more under other ids and another forecast's name."""
    with psycopg.connect(database.admin, cursor_factory=psycopg.ClientCursor) as admin:
        admin.execute(KEEP, {"one": forecast_id})
        admin.commit()
        began = time.monotonic()
        admin.execute(WRITE)
        admin.commit()
        seconds = time.monotonic() - began
    return Taken(taken.size, seconds, taken.invoices, taken.happenings)


def _row(name: str, taken: Taken, alone: Taken) -> tuple[str, ...]:
    return (
        f"{taken.size:,}",
        name,
        f"{taken.seconds:,.1f}",
        f"{taken.invoices:,}",
        f"{taken.happenings:,}",
        f"{taken.size / taken.seconds:,.0f}",
        times(taken.seconds, alone.seconds),
    )
