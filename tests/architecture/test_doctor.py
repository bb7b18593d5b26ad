"""The doctor looks at the tables that the manifest says belong to tenants, and says when one is open."""

import os
from types import SimpleNamespace

import psycopg
import pytest
from psycopg import sql
from psycopg.rows import dict_row

from alicerce.project.cli import database_checks, doctor
from tests.architecture.isolation.manifest import tenant_tables


@pytest.fixture
def levels(database_url):
    """What the doctor says of a healthy database; each look by its name."""

    def look():
        found = database_checks.database_findings(url=database_url)
        return {finding.name: finding.level for finding in found}

    return look


@pytest.fixture
def owner(database_url):
    name = psycopg.conninfo.conninfo_to_dict(database_url)["dbname"]
    admin_url = psycopg.conninfo.make_conninfo(
        os.environ["ALICERCE_TEST_ADMIN_URL"], dbname=name
    )
    with psycopg.connect(admin_url, autocommit=True) as admin:
        yield admin


class TestTheDoctor:
    def test_finds_nothing_wrong_with_a_healthy_database(self, levels):
        assert set(levels().values()) == {"ok"}

    def test_looks_at_every_tenant_table(self, database_url):
        with psycopg.connect(database_url, row_factory=dict_row) as connection:
            seen = {row["relname"] for row in database_checks._tenant_tables(connection)}

        assert seen == {table.name for table in tenant_tables()}

    @pytest.mark.parametrize("table", ["tenancy_tenant", "billing_invoice"])
    def test_fails_over_one_open_table(self, levels, owner, table):
        alter = "alter table {} {} row level security"
        owner.execute(sql.SQL(alter).format(sql.Identifier(table), sql.SQL("no force")))
        try:
            assert levels()["row security"] == "fail"
        finally:
            owner.execute(sql.SQL(alter).format(sql.Identifier(table), sql.SQL("force")))

    def test_says_that_jobs_gave_up(self, levels, owner):
        owner.execute(
            "insert into queue_dead (job_id, name, headers, priority, attempts, error)"
            " values (1, 'billing.reconcile', '{}', 0, 9, 'x')"
        )
        try:
            assert levels()["dead letters"] == "warn"
        finally:
            owner.execute("delete from queue_dead")

    def test_notices_a_worker_that_froze_with_a_job_in_hand(self, levels, owner):
        owner.execute(
            "insert into pgqueuer (priority, status, entrypoint, heartbeat)"
            " values (0, 'picked', 'x', now() - interval '70 s')"
        )
        try:
            assert levels()["queue"] == "warn"
        finally:
            owner.execute("delete from pgqueuer")

    @pytest.mark.parametrize(("megabytes", "level"), [(0, "fail"), (100, "warn"), (9000, "ok")])
    def test_looks_at_the_room_that_is_left(self, tmp_path, monkeypatch, megabytes, level):
        usage = SimpleNamespace(free=megabytes * 1_000_000)
        monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage)

        assert [finding.level for finding in doctor._disk(tmp_path)] == [level]

    def test_leaves_the_disk_of_another_database_alone(self, tmp_path):
        assert doctor._disk(tmp_path / "postgres") == []
