"""What one paid order costs in statements, transactions and CPU: a busy machine changes no count."""

import re
import secrets
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import psycopg

from alicerce.project.cli.environment import DATABASE
from alicerce.project.demonstration.stack import ThrowawayStack
from alicerce.project.embedded.postgres import database_url
from alicerce.project.embedded.secrets import load_secrets
from alicerce.project.embedded.site import ADMIN
from bench.activation.flow import pay_at, prepare, wait_until_live
from bench.activation.real import cpu
from bench.figures import show

WARM_UP = 8
PACE = 10.0
GLANCE = 0.2
QUIET = "select not exists (select from pgqueuer where execute_after <= now())"
SAID = re.compile(
    r"^\S+ \S+ UTC \[(\d+)\] \S+ LOG:  (?:statement|execute [^:]*): (.*(?:\n\t.*)*)",
    re.MULTILINE,
)
SORTS = (
    ("transactions", re.compile(r"commit|rollback$", re.IGNORECASE)),
    ("begin", re.compile(r"begin", re.IGNORECASE)),
    ("savepoints", re.compile(r"savepoint|release|rollback to", re.IGNORECASE)),
    ("tell the tenant", re.compile(r"select set_config", re.IGNORECASE)),
    ("give back", re.compile(r"discard|close all|$", re.IGNORECASE)),
    ("queue", re.compile(r".*(pgqueuer|pg_notify)", re.IGNORECASE)),
)
REST = "reads and writes"
HEADINGS = ("each order", "statements", *(sort for sort, _ in SORTS), REST, "CPU")


class Said(NamedTuple):
    """A statement in the server's log, and the process that sent it."""

    who: str
    text: str


def report(stack: ThrowawayStack, *, orders: int, patience: float, top: int) -> None:
    """Pay at a steady pace, wait until all is live and every letter gone, and count."""
    url = _admin_url(stack)
    _live(stack, url, WARM_UP, patience)
    charges = prepare(orders, run=secrets.token_hex(3))
    _wait_until_quiet(url)
    with psycopg.connect(url, autocommit=True) as admin, _listening(admin):
        before, place = cpu(stack), _log(stack).stat().st_size
        pay_at(charges, stack.simulators_url, each_second=PACE)
        found = wait_until_live(charges, patience=patience)
        _wait_until_quiet(url)
        spent = {who: now - before[who] for who, now in cpu(stack).items()}
        said = _heard(stack, place, _names(admin))
    active = sum(one.active is not None for one in found)
    show(f"{active} of {orders} paid orders live", HEADINGS, _rows(said, spent, active))
    _show_most(said, active, top)


def _live(stack: ThrowawayStack, url: str, count: int, patience: float) -> None:
    charges = prepare(count, run=secrets.token_hex(3))
    pay_at(charges, stack.simulators_url, each_second=PACE)
    wait_until_live(charges, patience=patience)
    _wait_until_quiet(url)


def _admin_url(stack: ThrowawayStack) -> str:
    import os

    port = urlsplit(os.environ["DATABASE_OWNER_URL"]).port
    password = load_secrets(folder=stack.folder, may_make=False).passwords.admin
    assert port
    return database_url(user=ADMIN, password=password, port=port, database=DATABASE)


def _wait_until_quiet(url: str) -> None:
    """Nothing is due any more: the letters are out, too."""
    with psycopg.connect(url, autocommit=True) as admin:
        while not _is(admin, QUIET):
            time.sleep(GLANCE)


def _is(admin: psycopg.Connection[Any], question: str) -> bool:
    row = admin.execute(question.encode()).fetchone()
    return bool(row and row[0])


@contextmanager
def _listening(admin: psycopg.Connection[Any]) -> Iterator[None]:
    """Have the server log every statement of every session."""
    admin.execute("alter system set log_statement = 'all'")
    admin.execute("select pg_reload_conf()")
    time.sleep(1)
    try:
        yield
    finally:
        admin.execute("alter system reset log_statement")
        admin.execute("select pg_reload_conf()")


def _names(admin: psycopg.Connection[Any]) -> dict[str, str]:
    """Process of ours by the server's process that serves it."""
    rows = admin.execute("select pid, application_name from pg_stat_activity").fetchall()
    return {str(pid): str(name).removeprefix("alicerce ") for pid, name in rows}


def _log(stack: ThrowawayStack) -> Path:
    return (stack.folder / "postgres").resolve() / "postgres.log"


def _heard(stack: ThrowawayStack, place: int, names: dict[str, str]) -> list[Said]:
    with _log(stack).open(encoding="utf-8", errors="replace") as log:
        log.seek(place)
        found = SAID.findall(log.read())
    return [Said(names.get(pid, "others"), " ".join(text.split())) for pid, text in found]


def _rows(
    said: Sequence[Said], spent: dict[str, float], active: int
) -> Iterator[tuple[str, ...]]:
    for who in ("web", "worker"):
        sorts = Counter(_sort(one.text) for one in said if one.who == who)
        each = [f"{sorts[sort] / active:.1f}" for sort in (*(sort for sort, _ in SORTS), REST)]
        total = f"{sum(sorts.values()) / active:.1f}"
        yield (who, total, *each, f"{spent[who] / active * 1e3:.0f} ms")
    yield (
        "PostgreSQL",
        *("",) * (len(HEADINGS) - 2),
        f"{spent['postgres'] / active * 1e3:.0f} ms",
    )


def _sort(text: str) -> str:
    return next((sort for sort, words in SORTS if words.match(text)), REST)


def _show_most(said: Sequence[Said], active: int, top: int) -> None:
    texts = Counter(_short(one.text) for one in said if one.who == "worker")
    rows = [(text, f"{times / active:.1f}") for text, times in texts.most_common(top)]
    if rows:
        show("Most often said by the worker", ("statement", "times each order"), rows)


def _short(text: str) -> str:
    """Without the columns and the values: what is done to which table."""
    text = re.sub(r'SELECT (?!EXISTS)("\w+"\."\w+".*?) FROM', "SELECT … FROM", text)
    text = re.sub(r"'[^']*'(::\w+)?|\$\d+|\b\d+\b", "?", text).replace('"', "")
    return re.sub(r"\(\?.*", "(…", text)[:110]
