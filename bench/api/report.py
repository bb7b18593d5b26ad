"""The API beside bare psycopg doing the same statements, in turns and in the same run."""

import json
import time
from collections.abc import Callable
from typing import Any

import psycopg
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from alicerce.apps.developers import public as developers
from alicerce.kernel.clock import now
from alicerce.kernel.ids import uuid7
from alicerce.kernel.ratelimit import quota, take
from bench.api.shop import a_cpf, open_shop
from bench.databases import Database
from bench.figures import microseconds, percentile, show, times

WARM = 40
UNLIMITED = (100_000, 1)
LIST = """
    select id, name, email, document, document_kind, locale, created_at
    from customers_customer order by id desc limit 21
"""
Act = Callable[[], Any]


def report(database: Database, *, rounds: int) -> None:
    tenant_id, secret = open_shop()
    settings.QUOTAS = dict.fromkeys(settings.QUOTAS, UNLIMITED)
    ask = _caller(secret)
    with psycopg.connect(database.app, autocommit=True) as bare:
        _beside(ask, bare, tenant_id, rounds)
    _parts(secret, rounds)


def _caller(secret: str) -> Callable[..., Any]:
    application: WSGIHandler = get_wsgi_application()
    factory, headers = RequestFactory(), {"Authorization": f"Bearer {secret}"}

    def ask(method: str, path: str, body: object = None) -> Any:
        given: Any = {"data": json.dumps(body), "content_type": "application/json"}
        request = factory.generic(method, path, headers=headers, **(given if body else {}))
        answer = application.get_response(request)
        answer.close()
        assert answer.status_code < 300, answer.content  # noqa: PLR2004
        return answer

    return ask


def _beside(
    ask: Callable[..., Any], bare: "psycopg.Connection[Any]", tenant_id: str, rounds: int
) -> None:
    def bare_list() -> None:
        with bare.transaction():
            _become(bare, tenant_id)
            bare.execute(LIST).fetchall()

    statement, pattern = _insertion(bare, tenant_id)

    def bare_create() -> None:
        with bare.transaction():
            _become(bare, tenant_id)
            unique = uuid7()
            own = {
                "id": unique,
                "email": f"{unique}@example.com",
                "document": a_cpf(unique.int),
            }
            bare.execute(statement, pattern | own)

    rows = []
    for name, by_api, alone in (
        ("list 20", lambda: ask("GET", "/v1/customers"), bare_list),
        ("create", lambda: ask("POST", "/v1/customers", _body()), bare_create),
    ):
        api, psycopg_alone = _in_turns(by_api, alone, rounds=rounds)
        rows += [_row(f"{name}, API", api, psycopg_alone)]
        rows += [_row(f"{name}, psycopg alone", psycopg_alone, psycopg_alone)]
    headings = ["what", "a second", "median", "p99", "CPU", "CPU beside psycopg"]
    show("Requests, one after another", headings, rows)


def _insertion(
    bare: "psycopg.Connection[Any]", tenant_id: str
) -> tuple[sql.Composed, dict[str, Any]]:
    """A customer's INSERT with every column there is today, and the values of one of them."""
    with bare.transaction(), bare.cursor(row_factory=dict_row) as cursor:
        _become(bare, tenant_id)
        row = cursor.execute("select * from customers_customer limit 1").fetchone() or {}
    values = {
        name: Jsonb(value) if isinstance(value, dict) else value for name, value in row.items()
    }
    statement = sql.SQL("insert into customers_customer ({}) values ({})").format(
        sql.SQL(", ").join(map(sql.Identifier, values)),
        sql.SQL(", ").join(map(sql.Placeholder, values)),
    )
    return statement, values


def _become(bare: "psycopg.Connection[Any]", tenant_id: str) -> None:
    bare.execute("select set_config('app.tenant_id', %s, true)", [tenant_id])


def _body() -> dict[str, str]:
    unique = uuid7()
    return {"name": "Renata", "email": f"{unique}@example.com", "document": a_cpf(unique.int)}


def _in_turns(*acts: Act, rounds: int) -> list[list[tuple[float, float]]]:
    """Wall and CPU seconds of each, taken alternately so that the machine's moods hit both."""
    taken: list[list[tuple[float, float]]] = [[] for _ in acts]
    for turn in range(rounds + WARM):
        for place, act in enumerate(acts):
            wall, cpu = time.perf_counter(), time.process_time()
            act()
            spent = time.perf_counter() - wall, time.process_time() - cpu
            if turn >= WARM:
                taken[place].append(spent)
    return taken


def _row(
    name: str, taken: list[tuple[float, float]], baseline: list[tuple[float, float]]
) -> list[str]:
    walls, cpus = [wall for wall, _ in taken], [cpu for _, cpu in taken]
    cpu, beside = sum(cpus) / len(cpus), sum(cpu for _, cpu in baseline) / len(baseline)
    return [
        name,
        f"{len(walls) / sum(walls):,.0f}",
        microseconds(percentile(walls, 0.5)),
        microseconds(percentile(walls, 0.99)),
        microseconds(cpu),
        times(cpu, beside),
    ]


def _parts(secret: str, rounds: int) -> None:
    """What stands before an operation: the key, when no process remembers it, and the limiter."""
    key, limiter = _in_turns(
        lambda: developers.admission(secret=secret, at=now()),
        lambda: take(quota("key"), "bench", at=now()),
        rounds=rounds,
    )
    headings = ["what", "a second", "median", "p99", "CPU", "CPU beside the limiter"]
    rows = [_row("key looked up", key, limiter), _row("one quota taken", limiter, limiter)]
    show("Before the operation", headings, rows)
