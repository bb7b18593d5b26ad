"""What one accepted webhook says to the database, statement by statement."""

from collections import Counter
from typing import Any

from django.db import connection
from django.test import Client

from bench.figures import show
from bench.processes import HOST
from bench.webhooks.company import Company

WORDS = (
    ("savepoint", ("SAVEPOINT", "RELEASE")),
    ("tell or untell the tenant", ("select current_setting",)),
    ("read", ("SELECT", "select")),
    ("write", ("INSERT", "UPDATE", "WITH", "insert")),
)


def show_statements(company: Company) -> None:
    """The message that begins and tells the tenant, COMMIT, and the pool's checks come on top."""
    said: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        said.append(sql.strip())
        return execute(sql, params, many, context)

    _, raw, signature = company.post()
    with connection.execute_wrapper(listen):
        Client(SERVER_NAME=HOST).post(
            company.path,
            raw,
            content_type="application/json",
            headers={"Stripe-Signature": signature},
        )
    counted = Counter(_kind(sql) for sql in said)
    rows = [(kind, str(times)) for kind, times in counted.most_common()]
    show(
        "Statements of one accepted webhook, without BEGIN, COMMIT and the enqueuing",
        ("kind", "times"),
        rows,
    )


def _kind(sql: str) -> str:
    return next((kind for kind, starts in WORDS if sql.startswith(starts)), sql[:20])
