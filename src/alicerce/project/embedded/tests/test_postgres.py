"""The embedded PostgreSQL: it starts, stops, and starts again whatever happened to it."""

import os
import signal
import subprocess
from pathlib import Path

import psycopg
import pytest

from alicerce.project.embedded.errors import CannotStart
from alicerce.project.embedded.postgres import Cluster
from alicerce.project.embedded.tests.conftest import reopened


@pytest.fixture(autouse=True)
def _running(cluster: Cluster):
    """Each test leaves it as it likes; the next one finds it running."""
    if not cluster.is_running():
        cluster.start(say=print)


class TestCluster:
    def test_is_as_the_recipe_says(self, cluster: Cluster):
        with psycopg.connect(cluster.admin_url()) as connection:
            show = {name: connection.execute(f"show {name}").fetchone()[0] for name in SHOWN}
        assert show == SHOWN

    def test_refuses_a_wrong_password(self, cluster: Cluster):
        wrong = cluster.admin_url().replace("only-for-tests", "guess")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(wrong)

    def test_keeps_its_data(self, cluster: Cluster):
        remember(cluster, "kept")
        cluster.stop()
        assert not (cluster.data / "postmaster.pid").exists()
        cluster.start(say=print)
        assert remembered(cluster) == "kept"

    def test_recovers_from_kill_9(self, cluster: Cluster):
        remember(cluster, "recovered")
        cluster.process.kill()
        cluster.process.wait()
        cluster.start(say=print)
        assert remembered(cluster) == "recovered"

    def test_ignores_a_lock_file_that_names_a_stranger(self, cluster: Cluster):
        cluster.stop()
        (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n")
        cluster.account.own(cluster.data / "postmaster.pid")
        cluster.start(say=print)
        assert cluster.is_running()

    def test_ignores_a_lock_file_that_names_a_zombie(self, cluster: Cluster):
        cluster.stop()
        zombie = subprocess.Popen(["true"])
        os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
        (cluster.data / "postmaster.pid").write_text(f"{zombie.pid}\n{cluster.data}\n")
        cluster.start(say=print)
        assert cluster.is_running()
        zombie.wait()

    def test_stops_a_survivor_of_an_earlier_run(self, cluster: Cluster, folder: Path):
        again = reopened(folder)
        again.start(say=print)
        cluster.process.wait(timeout=5)
        assert not cluster.is_running()
        again.stop()

    def test_refuses_the_data_of_another_version(self, cluster: Cluster):
        cluster.stop()
        version = cluster.data / "PG_VERSION"
        version.write_text("12\n")
        with pytest.raises(CannotStart, match="PostgreSQL 12 and this is PostgreSQL 18"):
            cluster.start(say=print)
        version.write_text("18\n")

    def test_says_so_when_its_password_was_lost(self, cluster: Cluster, folder: Path):
        cluster.stop()
        stranger = reopened(folder)
        stranger.password = "another"
        with pytest.raises(CannotStart, match=r"secrets/database\.json"):
            stranger.start(say=print)
        stranger.stop()

    def test_makes_anew_what_was_half_made(self, cluster: Cluster):
        (cluster.home / "data.new").mkdir(exist_ok=True)
        assert cluster.exists()
        assert cluster.is_running()

    def test_stops_when_asked_by_signal(self, cluster: Cluster):
        cluster.process.send_signal(signal.SIGINT)
        assert cluster.process.wait(timeout=10) == 0


SHOWN = {
    "data_checksums": "on",
    "server_encoding": "UTF8",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
}


def remember(cluster: Cluster, text: str) -> None:
    with psycopg.connect(cluster.admin_url()) as connection:
        connection.execute("create table if not exists memory (text text)")
        connection.execute("delete from memory")
        connection.execute("insert into memory values (%s)", [text])


def remembered(cluster: Cluster) -> str:
    with psycopg.connect(cluster.admin_url()) as connection:
        return connection.execute("select text from memory").fetchone()[0]
