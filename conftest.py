"""What every test may ask for: a database as the application sees it, a cast, and what was published."""

import fcntl
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

ADMIN_URL, APP_URL, TEMPLATE = (
    "ALICERCE_TEST_ADMIN_URL",
    "ALICERCE_TEST_APP_URL",
    "ALICERCE_TEST_TEMPLATE",
)
MIGRATED = "ALICERCE_TEST_MIGRATED"
MIGRATE = """
from django.core.management import execute_from_command_line

execute_from_command_line(["django", "migrate", "-v0", "--skip-checks"])
print("migrated")
"""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_cluster = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Once a run, before any worker starts: a cluster, the roles, and a template to be migrated."""
    if not hasattr(config, "workerinput") and TEMPLATE not in os.environ:
        _prepare_template()


def pytest_collection_finish(session: pytest.Session) -> None:
    """The template was migrated while the tests were collected; whoever runs some waits for it."""
    if MIGRATED in os.environ and not session.config.option.collectonly:
        with Path(os.environ[MIGRATED]).open() as said:
            fcntl.flock(said, fcntl.LOCK_SH)
            if said.read() != "migrated\n":
                pytest.exit("the migrations failed", returncode=pytest.ExitCode.INTERNAL_ERROR)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        _cluster.close()


def _prepare_template() -> None:
    from alicerce.project.embedded.throwaway import prepare_roles, throwaway_cluster

    name = f"alicerce_template_{secrets.token_hex(4)}"
    admin_url = _cluster.enter_context(throwaway_cluster())
    passwords = prepare_roles(admin_url=admin_url, database=name)
    owner_url = _url(admin_url, "alicerce_owner", passwords.owner, name)
    os.environ |= {
        ADMIN_URL: admin_url,
        APP_URL: _url(admin_url, "alicerce_app", passwords.app, name),
        TEMPLATE: name,
        MIGRATED: _begin_to_migrate(owner_url),
    }


def _begin_to_migrate(url: str) -> str:
    """A file that is locked until the migrations are over, and says then whether they were made."""
    from alicerce.project.embedded.throwaway import temporary_folder

    said = _cluster.enter_context(temporary_folder()) / "migrated"
    with said.open("w") as locked:
        fcntl.flock(locked, fcntl.LOCK_EX)  # its writer's too, until that one ends
        migrating = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", MIGRATE],
            env={**os.environ, "DATABASE_URL": url, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdout=locked,
        )
    _cluster.callback(migrating.wait)
    _cluster.callback(migrating.kill)
    return str(said)


def _url(admin_url: str, user: str, password: str, name: str) -> str:
    known = psycopg.conninfo.conninfo_to_dict(admin_url)
    return f"postgresql://{user}:{password}@{known['host']}:{known['port']}/{name}"


@pytest.fixture(scope="session", autouse=True)
def _nobody_outside() -> Iterator[None]:
    """No test reaches beyond this machine, whatever the code under it believes."""
    reach = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address[0]}")
        reach(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        yield


@pytest.fixture(scope="session")
def database_url(worker_id: str) -> Iterator[str]:
    """This worker's own copy of the template; the URL is the application role's."""
    name = f"{os.environ[TEMPLATE]}_{worker_id}"
    with psycopg.connect(os.environ[ADMIN_URL], autocommit=True) as admin:
        for statement in (
            "drop database if exists {name} with (force)",
            "create database {name} template {template}",
            "revoke all on database {name} from public",
            "grant connect on database {name} to alicerce_app",
        ):
            identifiers = {
                "name": sql.Identifier(name),
                "template": sql.Identifier(os.environ[TEMPLATE]),
            }
            admin.execute(sql.SQL(statement).format(**identifiers))
    yield os.environ[APP_URL].rsplit("/", 1)[0] + f"/{name}"
    with psycopg.connect(os.environ[ADMIN_URL], autocommit=True) as admin:
        admin.execute(
            sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        )


@pytest.fixture(scope="session")
def django_db_setup(database_url: str, django_db_blocker: Any) -> Iterator[None]:
    """Tests connect as the application does: under row-level security, without owning a table."""
    from django.db import connections

    from alicerce.project.settings.database import connection_settings

    _load_every_page()
    known = connection_settings(database_url, pool_size=1)
    with django_db_blocker.unblock():
        wanted = connections["default"].settings_dict
        wanted |= {key: known[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
        yield
        connections.close_all()


def _load_every_page() -> None:
    """What takes the clock by name takes the real one, not that of the test which loads it first."""
    from importlib import import_module

    from django.conf import settings
    from django.core.handlers.base import BaseHandler

    BaseHandler().load_middleware()
    import_module(settings.ROOT_URLCONF)


@contextmanager
def inside(tenant: Any) -> Iterator[Any]:
    from alicerce.kernel.context import acting
    from alicerce.kernel.db import showing_rows_of

    with acting(tenant_id=tenant.id), showing_rows_of(tenant.id):
        yield tenant


@pytest.fixture
def tenant(db: None) -> Iterator[Any]:
    """The company most tests are about: Padaria."""
    from alicerce.apps.tenancy.tests.factories import a_tenant

    with inside(a_tenant("padaria")) as tenant:
        yield tenant


@pytest.fixture
def other_tenant(db: None) -> AbstractContextManager[Any]:
    """The neighbour: Oficina. Enter it to act there."""
    from alicerce.apps.tenancy.tests.factories import a_tenant

    return inside(a_tenant("oficina"))


@pytest.fixture
def published() -> Iterator[list[Any]]:
    """Facts published while the test runs."""
    from alicerce.kernel import events

    facts: list[Any] = []
    events.heard.append(facts.append)
    yield facts
    events.heard.remove(facts.append)
