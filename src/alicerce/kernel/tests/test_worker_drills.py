"""What a worker and a scheduler survive, with real processes on a real database."""

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alicerce.kernel.queueing import dead_jobs
from alicerce.kernel.tests.drills import Drill, count, cut_connections, drilling


@pytest.fixture
def drill(tmp_path: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[Drill]:
    """Commits for real: other processes must see what is queued."""
    with django_db_blocker.unblock(), drilling(tmp_path) as drill:
        yield drill


class TestWorker:
    def test_runs_what_was_committed_within_moments(self, drill: Drill) -> None:
        drill.start("worker")
        drill.order("quick")
        drill.wait(lambda: drill.notes["quick"] == 1)
        drill.order("quick")
        assert drill.wait(lambda: drill.notes["quick"] == 2) < 1
        drill.wait(lambda: count("pgqueuer") == 0)

    def test_a_killed_workers_job_is_picked_by_another(self, drill: Drill) -> None:
        first = drill.start("worker")
        drill.order("slow", seconds=0.5)
        drill.wait(lambda: drill.notes["slow begins"] == 1)
        first.kill()
        drill.start("worker")
        drill.wait(lambda: drill.notes["slow ends"] == 1)
        assert drill.notes["slow begins"] == 2

    def test_asked_to_stop_it_ends_what_it_began_and_begins_nothing_more(
        self, drill: Drill
    ) -> None:
        worker = drill.start("worker")
        for _ in range(8):  # twice its threads
            drill.order("slow", seconds=0.5)
        drill.wait(lambda: drill.notes["slow begins"] == 4)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=5) == 0
        assert drill.notes["slow ends"] == 4
        assert count("pgqueuer where status = 'queued'") == count("pgqueuer") == 4

    def test_poison_dies_after_its_attempts_and_harms_nobody(self, drill: Drill) -> None:
        drill.start("worker")
        drill.order("poison")
        for _ in range(5):
            drill.order("quick")
        drill.wait(lambda: count("queue_dead") == 1 and drill.notes["quick"] == 5)
        assert drill.notes["poison"] == 2
        (dead,) = dead_jobs()
        assert (dead.name, dead.event, dead.attempts) == (
            "drill.be_poison",
            "drill.ordered",
            2,
        )
        assert "hunter2" not in dead.error

    def test_a_retry_is_not_slept_through_when_nothing_else_happens(self, drill: Drill) -> None:
        drill.start("worker", DRILL_HEARTBEAT="30")  # it would look by itself every ten seconds
        drill.order("poison")
        drill.wait(lambda: drill.notes["poison"] == 1)
        assert drill.wait(lambda: drill.notes["poison"] == 2) < 5

    def test_a_job_that_kills_its_worker_ends_in_the_dead_letter(self, drill: Drill) -> None:
        drill.order("deadly")
        for deaths in (1, 2):
            worker = drill.start("worker")
            drill.wait(lambda: drill.notes["deadly"] == deaths)  # noqa: B023
            assert worker.wait(timeout=5) == -signal.SIGKILL
        drill.start("worker")
        drill.wait(lambda: count("queue_dead") == 1)
        assert drill.notes["deadly"] == 2
        assert dead_jobs()[0].error == "WorkerLost: 2 workers died of it"

    def test_it_outlives_its_connections(self, drill: Drill) -> None:
        drill.start("worker")
        drill.order("quick")
        drill.wait(lambda: drill.notes["quick"] == 1)
        cut_connections()
        drill.order("quick")
        drill.wait(lambda: drill.notes["quick"] == 2)


class TestScheduler:
    def test_two_of_them_strike_once_a_tick(self, drill: Drill) -> None:
        drill.start("worker")
        drill.start("scheduler")
        drill.start("scheduler")
        drill.wait(lambda: drill.notes["strike"] == 3)
        drill.wait(lambda: count("pgqueuer") == 0)
        ticks = "(select distinct date_trunc('second', created) from pgqueuer_log"
        assert count(ticks + " where status = 'queued') as ticks") == drill.notes["strike"]
