"""Several people at once, each on a connection of their own, on a database that keeps what they did."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from alicerce.kernel.context import acting
from alicerce.kernel.errors import Refused
from tests.architecture.isolation.scratch import copy_of_template, django_on


@pytest.fixture(scope="module")
def database(worker_id, django_db_blocker):
    with (
        copy_of_template(f"racing_{worker_id}") as name,
        django_db_blocker.unblock(),
        django_on(name),
    ):
        yield


def at_once(tenant, *acts):
    """How many of the acts, begun together, were done; the others were refused."""
    start = threading.Barrier(len(acts))

    def attempt(act):
        try:
            with acting(tenant_id=tenant.id):
                start.wait(timeout=10)
                act()
        except Refused:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(len(acts)) as pool:
        return sum(pool.map(attempt, acts))
