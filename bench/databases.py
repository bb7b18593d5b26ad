"""A PostgreSQL for one measurement: migrated, with every role, gone afterwards."""

import base64
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from alicerce.project.embedded.postgres import THROWAWAY, Cluster, database_url, open_cluster
from alicerce.project.embedded.roles import ensure_database, ensure_roles
from alicerce.project.embedded.secrets import Passwords, new_passwords
from alicerce.project.embedded.throwaway import temporary_folder

NAME = "alicerce_bench"
SETTINGS = "alicerce.project.settings.base"
KEYS = {
    "ALICERCE_SECRET_KEY": secrets.token_urlsafe(48),
    "ALICERCE_MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
}
"""Made for this run: what one process seals, the others open."""


@dataclass(frozen=True)
class Database:
    """The URLs of its roles; `bypass` is the one that row-level security does not bind."""

    cluster: Cluster
    passwords: Passwords

    @property
    def admin(self) -> str:
        return self.cluster.admin_url(database=NAME)

    @property
    def owner(self) -> str:
        return self._url("alicerce_owner", self.passwords.owner)

    @property
    def app(self) -> str:
        return self._url("alicerce_app", self.passwords.app)

    @property
    def bypass(self) -> str:
        return self._url("alicerce_backup", self.passwords.backup)

    def _url(self, user: str, password: str) -> str:
        return database_url(user=user, password=password, port=self.cluster.port, database=NAME)


@contextmanager
def migrated_database(*, durable: bool, **settings: str) -> Iterator[Database]:
    """With `durable`, commits wait for the disk as they do in production."""
    wanted = {**({} if durable else THROWAWAY), **settings}
    with temporary_folder() as folder:
        passwords = new_passwords()
        cluster = open_cluster(folder=folder, password=passwords.admin, settings=wanted)
        try:
            cluster.start(say=lambda _: None)
            yield _prepare(Database(cluster, passwords))
        finally:
            _let_go()
            cluster.stop()


def _prepare(database: Database) -> Database:
    passwords = database.passwords
    given = {
        "alicerce_owner": passwords.owner,
        "alicerce_app": passwords.app,
        "alicerce_backup": passwords.backup,
    }
    ensure_roles(database.cluster.admin_url(), given)
    ensure_database(database.cluster.admin_url(), NAME)
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"],
        env=environment(database.owner),
        check=True,
    )
    return database


def environment(url: str, **more: str) -> Mapping[str, str]:
    """For a process of ours that uses this database and nothing else of this machine."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ALICERCE_", "DATABASE_", "DJANGO_"))
    }
    path = os.pathsep.join(entry for entry in sys.path if entry)
    own = {"DJANGO_SETTINGS_MODULE": SETTINGS, "DATABASE_URL": url, "PYTHONPATH": path}
    return {**kept, **KEYS, **own, **more}


def start_django(url: str) -> None:
    """Make this process one of ours, signed in by the URL."""
    wanted = environment(url)
    for name in set(os.environ) - set(wanted):
        del os.environ[name]
    os.environ |= wanted
    import django

    django.setup()


def _let_go() -> None:
    """Close what Django keeps open, or its pool would go on looking for a server that left."""
    from django.conf import settings
    from django.db import connections

    if settings.configured:
        for connection in connections.all(initialized_only=True):
            connection.close()
            if close_pool := getattr(connection, "close_pool", None):
                close_pool()
