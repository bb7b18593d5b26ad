"""The stack that `up` runs: its database, its variables and its processes."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from alicerce.project.cli.environment import DATABASE, SETTINGS, database_urls
from alicerce.project.embedded.postgres import Cluster, open_cluster
from alicerce.project.embedded.program import Program, command
from alicerce.project.embedded.roles import ensure_database, ensure_roles
from alicerce.project.embedded.runs import MARK, Run
from alicerce.project.embedded.secrets import Secrets, load_secrets
from alicerce.project.settings.env import Environment

PROCESSES = ("web", "worker", "scheduler")
LOOPBACK, RECEIVER_PORT = "ALICERCE_LOOPBACK_PORTS", "8999"
MIGRATIONS_ONLY = (
    "DATABASE_OWNER_URL",
    "DATABASE_OWNER_URL_FILE",
    "DATABASE_ADMIN_URL",
    "DATABASE_ADMIN_URL_FILE",
)


@dataclass(frozen=True)
class Stack:
    """Everything `up` needs to know to start the rest."""

    environment: Environment
    folder: Path
    secrets: Secrets
    cluster: Cluster | None

    @property
    def with_simulators(self) -> bool:
        return not self.environment.is_production

    def urls(self) -> dict[str, str]:
        if self.cluster is None:
            return {}
        return database_urls(found=self.secrets, port=self.cluster.port)

    def owner_url(self) -> str:
        return self.urls().get("DATABASE_OWNER_URL", self.environment.database_owner_url)

    def ensure_database(self) -> None:
        if self.cluster:
            passwords = self.secrets.passwords
            given = {
                "alicerce_owner": passwords.owner,
                "alicerce_app": passwords.app,
                "alicerce_backup": passwords.backup,
            }
            ensure_roles(self.cluster.admin_url(), given)
            ensure_database(self.cluster.admin_url(), DATABASE)

    def variables(self, *, run: Run) -> dict[str, str]:
        """For migrations; the other processes get them without the owner's sign-in."""
        return {
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            **self._keys(),
            **self._opened(),
            **os.environ,
            **self.urls(),
            "ALICERCE_DATA_DIR": str(self.folder),
            "PYTHONUNBUFFERED": "1",
            MARK: run.mark,
        }

    def _opened(self) -> dict[str, str]:
        """On somebody's own machine the receiver of the guide is reached; unset it to close that."""
        return {LOOPBACK: RECEIVER_PORT} if self.with_simulators else {}

    def programs(self, *, run: Run) -> list[Program]:
        variables = without_owner(self.variables(run=run))
        names = (*(["simulators"] if self.with_simulators else []), *PROCESSES)
        return [Program(name, command(name), variables | _signature(name)) for name in names]

    def _keys(self) -> dict[str, str]:
        made = {
            "ALICERCE_SECRET_KEY": self.secrets.secret_key,
            "ALICERCE_MASTER_KEY": self.secrets.master_key,
        }
        return {name: key for name, key in made.items() if f"{name}_FILE" not in os.environ}


def open_stack(*, environment: Environment, folder: Path) -> Stack:
    made_before = (folder / "postgres" / "data" / "PG_VERSION").exists()
    found = load_secrets(folder=folder, may_make=not made_before)
    if environment.database_url:
        return Stack(environment, folder, found, cluster=None)
    cluster = open_cluster(folder=folder, password=found.passwords.admin)
    return Stack(environment, folder, found, cluster)


def _signature(name: str) -> dict[str, str]:
    """By which PostgreSQL's own views tell whose session it is."""
    return {"PGAPPNAME": f"alicerce {name}"}


def without_owner(variables: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in variables.items() if name not in MIGRATIONS_ONLY}
