"""Many equal requests at once do one thing."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connections

from alicerce.apps.customers.models import Customer
from alicerce.apps.endpoints.tests.factories import an_event
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.ratelimit import Quota, take
from tests.architecture.isolation.programs import NOON, ours
from tests.architecture.isolation.scratch import django_on

pytest_plugins = ["tests.architecture.isolation.fixtures"]

CROWD, AT_ONCE = 50, 16
FEED = "/v1/events?sort=created_at&limit=100"
BODY = {"name": "Uma Só", "email": "uma@example.com", "document": "111.444.777-35"}


@pytest.fixture
def crowd(stage, django_db_blocker):
    """Run a call many times at once, each thread on a connection of its own."""

    def run(call):
        def alone(_):
            try:
                return call()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(AT_ONCE) as threads:
            return list(threads.map(alone, range(CROWD)))

    with django_db_blocker.unblock(), django_on(stage.database, pool=AT_ONCE):
        before, settings.QUOTAS = settings.QUOTAS, dict.fromkeys(settings.QUOTAS, (10**6, 1))
        yield run
        settings.QUOTAS = before


def test_fifty_equal_posts_have_one_effect(crowd, stage):
    program = ours(stage)

    answers = crowd(
        lambda: program.call("post", "/v1/customers", BODY, Idempotency_Key="uma-so")
    )

    statuses = Counter(answer.status_code for answer in answers)
    assert set(statuses) <= {201, 409}
    assert statuses[201] >= 1
    bodies = {answer.content for answer in answers if answer.status_code == 201}
    assert len(bodies) == 1
    waiting = [answer for answer in answers if answer.status_code == 409]
    assert all(a.json()["code"] == "idempotency_in_flight" for a in waiting)
    assert all(a.headers["Retry-After"] == "1" for a in waiting)
    with acting(tenant_id=stage.world.ours), transaction():
        assert Customer.objects.filter(email="uma@example.com").count() == 1


def test_a_quota_admits_exactly_itself(crowd, stage):
    settings.QUOTAS = {**settings.QUOTAS, "key": (20, 86_400)}
    program = ours(stage)

    answers = crowd(lambda: program.call("get", "/v1/me"))

    assert Counter(answer.status_code for answer in answers) == {200: 20, 429: CROWD - 20}


def test_a_quota_of_pages_does_too(crowd):
    quota = Quota("proof", 20, timedelta(days=1))

    allowed = crowd(lambda: take(quota, "someone", at=NOON).allowed)

    assert sum(allowed) == 20


def test_a_reader_of_events_misses_none_that_commits_late(crowd, stage):
    """The earlier event is committed after the later one was read."""
    program, told_late, read_early = ours(stage), Event(), Event()
    with acting(tenant_id=UUID(stage.world.ours)):
        late, soon = an_event(), an_event()
    assert late.id < soon.id

    def commit_late():
        try:
            with acting(tenant_id=UUID(stage.world.ours)), transaction():
                publish(late)
                told_late.set()
                assert read_early.wait(30)
        finally:
            connections.close_all()

    def news(cursor):
        page = program.call("get", f"{FEED}&cursor={cursor}").json()
        return [event["id"] for event in page["data"]], page["next_cursor"]

    cursor = end_of_feed(program)
    with ThreadPoolExecutor(1) as threads:
        held = threads.submit(commit_late)
        assert told_late.wait(30)
        with acting(tenant_id=UUID(stage.world.ours)), transaction():
            publish(soon)
        first, cursor = news(cursor)
        read_early.set()
        held.result()
    second, cursor = news(cursor)

    assert (first, second) == ([str(soon.id)], [str(late.id)])
    assert news(cursor) == ([], cursor)


def end_of_feed(program):
    cursor, has_more = "", True
    while has_more:
        page = program.call("get", FEED + (f"&cursor={cursor}" if cursor else "")).json()
        cursor, has_more = page["next_cursor"], page["has_more"]
    return cursor


def test_readers_at_once_see_each_event_at_one_place(crowd, stage):
    program = ours(stage)
    cursor = end_of_feed(program)
    with acting(tenant_id=UUID(stage.world.ours)), transaction():
        for _ in range(30):
            publish(an_event())

    pages = crowd(lambda: program.call("get", f"{FEED}&cursor={cursor}").content)

    assert len(set(pages)) == 1
