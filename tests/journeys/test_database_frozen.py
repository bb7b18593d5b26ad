"""PostgreSQL stands still, as on a hypervisor that pauses or a disk that hangs: its sessions say nothing."""

import os
import signal
from contextlib import contextmanager, suppress
from time import monotonic

import psutil
import psycopg
import pytest
from django.db import connection, connections
from django.test import Client
from psycopg_pool import ConnectionPool

from alicerce.kernel import patience
from alicerce.kernel.patience import DatabaseSilent, PatientConnection, answering
from alicerce.project.embedded.postgres import THROWAWAY, open_cluster
from alicerce.project.embedded.throwaway import temporary_folder
from alicerce.project.settings.database import connection_settings

BOUND = 6.0
PASSWORD = "throwaway"


@pytest.fixture(scope="module")
def cluster():
    with temporary_folder() as folder:
        cluster = open_cluster(folder=folder, password=PASSWORD, settings=dict(THROWAWAY))
        cluster.start(say=lambda _: None)
        with psycopg.connect(cluster.admin_url(), autocommit=True) as admin:
            admin.execute("create table django_migrations (id int)")
        yield cluster
        cluster.stop()


@contextmanager
def frozen(cluster):
    """The server and each of its sessions, as they are at this moment."""
    root = psutil.Process(cluster.process.pid)
    family = [root, *root.children(recursive=True)]
    for one in family:
        one.suspend()
    try:
        yield
    finally:
        for one in family:
            os.kill(one.pid, signal.SIGCONT)


@pytest.fixture
def hasty(monkeypatch):
    monkeypatch.setattr(patience, "SILENCE", 0.2)
    monkeypatch.setattr(patience, "KNOCK", 0.2)


@pytest.fixture
def pages(cluster, django_db_blocker):
    """The real pages on this server, pooled as they are in production."""
    known = connections["default"]
    settings = {**known.settings_dict, **connection_settings(cluster.admin_url(), pool_size=2)}
    settings["OPTIONS"]["pool"]["timeout"] = 1
    with django_db_blocker.unblock():
        connections["default"] = type(known)(settings, alias="frozen")
        try:
            yield _visit
        finally:
            connection.close()
            connection.close_pool()
            connections["default"] = known


def _visit(address, **headers):
    """One request; afterwards its session goes back to the pool, as on a server."""
    answer = Client(raise_request_exception=False).get(address, headers=headers)
    connection.close()
    return answer


class TestAFrozenDatabase:
    def test_pages_say_so_soon_and_are_back_with_it(self, cluster, pages, hasty):
        assert pages("/readyz").status_code == 200

        with frozen(cluster):
            began = monotonic()
            ready = pages("/readyz")
            page = pages("/entrar/", **{"accept-language": "pt-br"})
            endpoint = pages("/v1/customers", authorization="Bearer alc_x")
            assert monotonic() - began < BOUND
            assert pages("/livez").status_code == 200

        assert (ready.status_code, ready.json()["database"]) == (503, "unreachable")
        assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
        assert "confira se ficou feito antes de repetir" in page.content.decode()
        assert (endpoint.status_code, endpoint.headers["Retry-After"]) == (503, "5")
        assert endpoint.json()["status"] == 503
        assert pages("/readyz").status_code == 200

    def test_who_answers_nobody_waits_and_goes_on(self, cluster, hasty):
        """A worker's statement is neither lost nor said twice."""
        with PatientConnection.connect(cluster.admin_url(), autocommit=True) as session:
            session.execute("create temp table once (n int)")
            with frozen(cluster):
                session.pgconn.send_query(b"insert into once values (1)")
            session.wait(psycopg.generators.execute(session.pgconn))
            assert session.execute("select count(*) from once").fetchone() == (1,)

    def test_a_slow_statement_is_not_taken_for_it(self, cluster, hasty):
        with (
            PatientConnection.connect(cluster.admin_url()) as session,
            answering(),
        ):
            assert session.execute("select 1 from pg_sleep(0.7)").fetchone() == (1,)

    def test_a_session_that_answers_no_more_is_given_up_though_the_server_is_there(
        self, cluster, hasty, monkeypatch
    ):
        monkeypatch.setattr(patience, "LONGEST", 0.5)
        options = {"connection_class": PatientConnection, "min_size": 1}
        with ConnectionPool(cluster.admin_url(), **options) as pool:
            with suppress(DatabaseSilent), answering(), pool.connection() as session:
                own = psutil.Process(session.info.backend_pid)
                own.suspend()
                try:
                    session.execute("select 1")
                    pytest.fail("it answered")
                finally:
                    own.resume()
            with pool.connection() as session:
                assert session.execute("select 1").fetchone() == (1,)
