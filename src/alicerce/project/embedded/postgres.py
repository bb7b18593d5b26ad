"""The embedded PostgreSQL: made once, started on a free port of the loopback, stopped cleanly."""

import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg
from psycopg.conninfo import make_conninfo

from alicerce.project.embedded.account import postgres_account
from alicerce.project.embedded.binaries import binaries_for
from alicerce.project.embedded.errors import CannotStart
from alicerce.project.embedded.leftovers import clear_leftovers
from alicerce.project.embedded.places import postgres_home
from alicerce.project.embedded.site import ADMIN, Site, clean_environment, make_cluster, why
from alicerce.project.embedded.tether import tether

HOST = "127.0.0.1"
RECOVERY_PATIENCE = 1800
WORTH_SAYING = 5
LOG_LIMIT = 10_000_000
SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "120",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
}
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "4GB",
}


@dataclass
class Cluster(Site):
    """One PostgreSQL data folder and the server that serves it while we live."""

    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def name(self) -> str:
        return "postgres"

    @property
    def once(self) -> bool:
        return False

    def admin_url(self, *, database: str = "postgres") -> str:
        return database_url(
            user=ADMIN, password=self.password, port=self.port, database=database
        )

    def start(self, *, say: Callable[[str], None]) -> None:
        """Make the cluster when there is none, start it and wait until it answers."""
        if not self.exists():
            say("Making the database (once)")
            make_cluster(site=self)
        _refuse_another_version(self)
        self.launch()
        _wait_until_ready(self, say)

    def launch(self) -> None:
        """Start the server without waiting; a port once chosen is kept."""
        clear_leftovers(data=self.data)
        self.port = self.port or _free_port()
        with _open_log(self) as log:
            self.process = subprocess.Popen(  # noqa: S603
                _command(self),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=clean_environment(),
                start_new_session=True,
                preexec_fn=tether(send=signal.SIGINT),  # noqa: PLW1509 (only prctl runs there)
                **self.account.popen_options(),
            )

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def how_it_ended(self) -> str:
        return f"read {self.log}"

    def sweep(self) -> None:
        """Its backends leave by themselves when they miss it."""

    def stop(self) -> None:
        """Fast shutdown; harder only when the server does not listen."""
        for number, patience in (
            (signal.SIGINT, 30),
            (signal.SIGQUIT, 10),
            (signal.SIGKILL, 5),
        ):
            if self.process is None or not self.is_running():
                return
            self.process.send_signal(number)
            try:
                self.process.wait(timeout=patience)
            except subprocess.TimeoutExpired:
                continue


def open_cluster(
    *, folder: Path, password: str, settings: dict[str, str] | None = None
) -> Cluster:
    """The cluster kept in this folder, not started and perhaps not made yet."""
    account = postgres_account(home=folder / "postgres")
    home = postgres_home(path=folder, account=account)
    binaries = binaries_for(account=account, home=home)
    return Cluster(home, account, binaries, password, settings or {})


def database_url(*, user: str, password: str, port: int, database: str) -> str:
    return f"postgresql://{user}:{password}@{HOST}:{port}/{database}"


def _refuse_another_version(cluster: Cluster) -> None:
    made_by = (cluster.data / "PG_VERSION").read_text(encoding="ascii").strip()
    ours = cluster.binaries.major()
    if made_by != str(ours):
        raise CannotStart(
            f"The database in {cluster.data} was made by PostgreSQL {made_by} and this is "
            f"PostgreSQL {ours}; dump it with {made_by} and load it here, or point "
            "ALICERCE_DATA_DIR to another folder."
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _command(cluster: Cluster) -> list[str]:
    settings = {**SETTINGS, **cluster.settings, "port": str(cluster.port)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return [cluster.binaries.program("postgres"), "-D", str(cluster.data), *options]


def _open_log(cluster: Cluster) -> IO[bytes]:
    if cluster.log.exists() and cluster.log.stat().st_size > LOG_LIMIT:
        cluster.log.replace(cluster.log.with_suffix(".log.1"))
    return cluster.log.open("ab")


def _wait_until_ready(cluster: Cluster, say: Callable[[str], None]) -> None:
    started, said = time.monotonic(), False
    while not _answers(cluster):
        waited = time.monotonic() - started
        if not cluster.is_running():
            raise CannotStart(why(site=cluster, output=_tail(cluster)))
        if waited > RECOVERY_PATIENCE:
            raise CannotStart(f"PostgreSQL does not get ready; read {cluster.log}.")
        if waited > WORTH_SAYING and not said:
            say("PostgreSQL is recovering from an unclean stop; this can take minutes")
            said = True
        time.sleep(0.03)


def _answers(cluster: Cluster) -> bool:
    try:
        psycopg.connect(make_conninfo(cluster.admin_url(), connect_timeout=5)).close()
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise CannotStart(
                f"The database in {cluster.data} has another password than the one in the "
                "secrets folder; bring secrets/database.json back from a backup."
            ) from None
        return False
    return True


def _tail(cluster: Cluster) -> str:
    return cluster.log.read_bytes()[-4000:].decode(errors="replace")
