"""Many equal requests at once do one thing."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connections

from alicerce.apps.customers.models import Customer
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.ratelimit import Quota, take
from tests.architecture.isolation.programs import NOON, ours
from tests.architecture.isolation.scratch import django_on

pytest_plugins = ["tests.architecture.isolation.fixtures"]

CROWD, AT_ONCE = 50, 16
BODY = {"name": "Uma Só", "email": "uma@example.com", "document": "529.982.247-25"}


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
