"""A server bears only so many calls at once, whoever asks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from alicerce.apps.hosting.models import Server, ServerLease
from alicerce.apps.hosting.tests.factories import NOON, a_server
from alicerce.apps.tenancy.tests.factories import a_tenant
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7

SOON = NOON + timedelta(minutes=5)
LATER = NOON + timedelta(minutes=10)


def take(server, run_id, *, at=NOON, until=SOON):
    return ServerLease.objects.take(server=server, run_id=run_id, until=until, at=at)


class TestLease:
    def test_has_as_many_slots_as_the_server_bears(self, tenant):
        server = a_server(max_concurrent=2)

        assert [take(server, uuid7()) for _ in range(3)] == [True, True, False]

    def test_comes_back_when_let_go(self, tenant):
        server, mine = a_server(max_concurrent=1), uuid7()
        take(server, mine)

        ServerLease.objects.let_go(run_id=mine)

        assert take(server, uuid7())

    def test_comes_back_when_it_expires(self, tenant):
        server = a_server(max_concurrent=1)
        take(server, uuid7())

        assert not take(server, uuid7(), at=SOON - timedelta(seconds=1))
        assert take(server, uuid7(), at=SOON, until=LATER)

    def test_is_one_for_a_run_that_comes_back(self, tenant):
        server, mine = a_server(max_concurrent=2), uuid7()

        assert take(server, mine)
        assert take(server, mine)
        assert ServerLease.objects.count() == 1


@pytest.fixture
def committed_server(django_db_setup, django_db_blocker):
    """A server that other connections see too, gone when the test ends."""
    with django_db_blocker.unblock():
        tenant = a_tenant(f"corrida-{uuid7().hex[-6:]}")
        with acting(tenant_id=tenant.id):
            with transaction():
                server = a_server(max_concurrent=3)
            yield server
            with transaction():
                server.delete()
                server.pool.delete()
        connection.close()


class TestLeaseUnderThreads:
    THREADS = 8

    def test_is_never_given_twice(self, committed_server):
        start = Barrier(self.THREADS)

        def contend(_number):
            try:
                with acting(tenant_id=committed_server.tenant_id):
                    start.wait(timeout=20)
                    with transaction():
                        return take(committed_server, uuid7())
            finally:
                connection.close()

        with ThreadPoolExecutor(self.THREADS) as pool:
            taken = list(pool.map(contend, range(self.THREADS)))

        assert sum(taken) == 3
        with transaction():
            assert ServerLease.objects.count() == 3

    def test_does_not_wait_for_who_holds_the_server(self, committed_server):
        """Who chooses a server holds it and takes a lease next: others may have the leases' lock."""

        def lease(_nothing):
            try:
                with acting(tenant_id=committed_server.tenant_id), transaction():
                    with connection.cursor() as cursor:
                        cursor.execute("set local lock_timeout = '3s'")
                    return take(committed_server, uuid7())
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as other, transaction():
            Server.objects.lock(committed_server.id)
            assert list(other.map(lease, [None])) == [True]
