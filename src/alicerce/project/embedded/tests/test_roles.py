"""The roles: what each may do, asked of a real server."""

import psycopg
import pytest

from alicerce.project.embedded.postgres import Cluster, database_url
from alicerce.project.embedded.roles import NO_TENANT, ensure_database, ensure_roles
from alicerce.project.embedded.secrets import Passwords
from alicerce.project.embedded.throwaway import prepare_roles

DATABASE = "roles"


@pytest.fixture(scope="module")
def passwords(cluster: Cluster) -> Passwords:
    return prepare_roles(admin_url=cluster.admin_url(), database=DATABASE)


@pytest.fixture
def app(cluster: Cluster, passwords: Passwords):
    with psycopg.connect(url(cluster, "alicerce_app", passwords.app)) as connection:
        yield connection


@pytest.fixture
def owner(cluster: Cluster, passwords: Passwords):
    with psycopg.connect(url(cluster, "alicerce_owner", passwords.owner)) as connection:
        yield connection


def url(cluster: Cluster, user: str, password: str) -> str:
    return database_url(user=user, password=password, port=cluster.port, database=DATABASE)


class TestEnsureRoles:
    def test_changes_nothing_when_run_again(self, cluster: Cluster, passwords: Passwords):
        before = attributes(cluster)
        ensure_roles(cluster.admin_url(), {"alicerce_app": passwords.app})
        ensure_database(cluster.admin_url(), DATABASE)
        assert attributes(cluster) == before

    def test_takes_back_what_somebody_gave(self, cluster: Cluster, passwords: Passwords):
        before = attributes(cluster)
        with psycopg.connect(cluster.admin_url(), autocommit=True) as connection:
            connection.execute("alter role alicerce_app superuser bypassrls inherit")
        ensure_roles(cluster.admin_url(), {})
        assert attributes(cluster) == before

    def test_the_server_keeps_only_a_digest(self, cluster: Cluster, passwords: Passwords):
        with psycopg.connect(cluster.admin_url()) as connection:
            kept = connection.execute(
                "select rolpassword from pg_authid where rolname = 'alicerce_app'"
            ).fetchone()[0]
        assert kept.startswith("SCRAM-SHA-256$")


class TestApp:
    def test_starts_without_a_tenant_and_without_patience(self, app: psycopg.Connection):
        names = ("app.tenant_id", "statement_timeout", "lock_timeout", "timezone")
        shown = [app.execute(f"show {name}").fetchone()[0] for name in names]
        assert shown == [NO_TENANT, "15s", "5s", "UTC"]

    @pytest.mark.parametrize(
        "forbidden",
        [
            "create table public.mine (id int)",
            "create temporary table mine (id int)",
            "create schema mine",
            "set role alicerce_owner",
            "set role alicerce_auth",
            "alter role alicerce_app bypassrls",
        ],
    )
    def test_may_not(self, app: psycopg.Connection, forbidden: str):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(forbidden)

    def test_becomes_operator_only_on_purpose(
        self, app: psycopg.Connection, owner: psycopg.Connection
    ):
        owner.execute("create table if not exists shown (id int)")
        owner.execute("grant select on shown to alicerce_operator")
        owner.commit()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("select * from shown")
        app.rollback()
        app.execute("set local role alicerce_operator")
        assert app.execute("select * from shown").fetchall() == []


class TestOwner:
    def test_hands_a_function_to_the_auth_role(self, owner: psycopg.Connection):
        owner.execute("grant create on schema public to alicerce_auth")
        owner.execute("create function one() returns int language sql as 'select 1'")
        owner.execute("alter function one() owner to alicerce_auth")
        owner.execute("revoke create on schema public from alicerce_auth")
        owner.rollback()


class TestBackup:
    def test_reads_every_table_and_writes_none(
        self, cluster: Cluster, owner: psycopg.Connection
    ):
        owner.execute("create table if not exists secret (id int)")
        owner.execute("alter table secret enable row level security")
        owner.execute("alter table secret force row level security")
        owner.commit()
        ensure_roles(cluster.admin_url(), {"alicerce_backup": "b"})
        with psycopg.connect(url(cluster, "alicerce_backup", "b")) as backup:
            assert backup.execute("select * from secret").fetchall() == []
            with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
                backup.execute("insert into secret values (1)")


def attributes(cluster: Cluster) -> list[tuple[object, ...]]:
    with psycopg.connect(cluster.admin_url()) as connection:
        return connection.execute(
            "select rolname, rolsuper, rolinherit, rolbypassrls, rolcanlogin, rolconfig"
            " from pg_roles where rolname like 'alicerce\\_%' order by 1"
        ).fetchall()
