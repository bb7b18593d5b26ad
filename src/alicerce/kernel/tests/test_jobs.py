"""Reactions run as the tenant of their event, again by policy, and die in public."""

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

import pytest

from alicerce.kernel import clock
from alicerce.kernel.context import Context, acting, current
from alicerce.kernel.db import in_transaction, transaction
from alicerce.kernel.errors import Refused
from alicerce.kernel.events import Event, JobDied, publish, subscriptions
from alicerce.kernel.ids import uuid7
from alicerce.kernel.job_runs import perform, summary
from alicerce.kernel.jobs import NEVER, PATIENT, Retry, every, on, reactions
from alicerce.kernel.queueing import (
    Backlog,
    DjangoDriver,
    Job,
    NewJob,
    backlog,
    dead_jobs,
    enqueue,
    revive,
)
from alicerce.kernel.scheduler import tick
from alicerce.kernel.testing import queued_jobs, run_jobs

pytestmark = pytest.mark.django_db


class ParcelSent(Event):
    name = "parcel.sent"

    fragile: bool = False


class Carrier:
    """What the reactions below do, and what they saw."""

    trouble: ClassVar[list[BaseException]] = []
    seen: ClassVar[list[tuple[ParcelSent, Context, bool]]] = []
    mourned: ClassVar[list[str]] = []
    clock_trouble: ClassVar[list[BaseException]] = []


@on(ParcelSent, on_dead=lambda event, error: Carrier.mourned.append(error))
def carry(event: ParcelSent) -> None:
    Carrier.seen.append((event, current(), in_transaction()))
    if Carrier.trouble:
        raise Carrier.trouble.pop(0)


@on(ParcelSent, when=lambda event: event.fragile, retry=NEVER)
def wrap(event: ParcelSent) -> None: ...


@every(seconds=86_400, on_dead=Carrier.mourned.append)
def count_parcels() -> None:
    if Carrier.clock_trouble:
        raise Carrier.clock_trouble.pop(0)


@pytest.fixture(autouse=True)
def _no_memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the apps do about a dead job is their own tests' business."""
    monkeypatch.setitem(subscriptions, JobDied, [])
    yield
    for memory in (Carrier.trouble, Carrier.seen, Carrier.mourned, Carrier.clock_trouble):
        memory.clear()


def send(*, fragile: bool = False, delay: timedelta | None = None) -> ParcelSent:
    with acting(tenant_id=uuid7()), transaction():
        event = ParcelSent(fragile=fragile, at=clock.now())
        publish(event, delay=delay)
    return event


class TestRun:
    def test_happens_as_the_tenant_of_the_event_outside_of_a_transaction(self) -> None:
        event = send(fragile=True)
        assert run_jobs() == ["test_jobs.carry", "test_jobs.wrap"]
        ((seen, context, inside),) = Carrier.seen
        assert seen == event
        assert (context.tenant_id, context.actor) == (event.tenant_id, "job:test_jobs.carry")
        assert not inside
        assert queued_jobs() == []

    def test_waits_for_its_time(self) -> None:
        send(delay=timedelta(hours=1))
        assert backlog().jobs == 0
        assert run_jobs() == []
        assert run_jobs(include_delayed=True) == ["test_jobs.carry"]

    def test_ignores_what_a_newer_release_adds_to_the_event(self) -> None:
        event = send()
        DjangoDriver().fetch(
            "update pgqueuer set payload = convert_to(replace(convert_from(payload, 'UTF8'),"
            ' \'"fragile"\', \'"color":"red","fragile"\'), \'UTF8\')'
        )
        run_jobs()
        assert Carrier.seen[0][0] == event


class TestFailure:
    def test_waits_and_tries_again(self) -> None:
        Carrier.trouble.append(OSError("no route"))
        send()
        with pytest.raises(OSError, match="no route"):
            run_jobs()
        assert queued_jobs() == ["test_jobs.carry"]
        assert run_jobs(include_delayed=True) == ["test_jobs.carry"]
        assert dead_jobs() == []

    def test_what_waits_too_long_shows(self) -> None:
        send()
        DjangoDriver().fetch("update pgqueuer set execute_after = now() - interval '1 hour'")
        assert backlog() == Backlog(jobs=1, oldest_seconds=3600)

    def test_ends_after_the_last_attempt_in_the_dead_letter(
        self, published: list[Event]
    ) -> None:
        Carrier.trouble.extend(OSError("token=abc") for _ in range(9))
        event = send()
        ran = run_jobs(include_delayed=True, raise_failures=False)
        assert ran == ["test_jobs.carry"] * 9
        (dead,) = dead_jobs()
        assert (dead.name, dead.tenant_id, dead.attempts) == (
            "test_jobs.carry",
            event.tenant_id,
            9,
        )
        assert Carrier.mourned == [dead.error] == ["OSError: token=[redacted]"]
        died = published[-1]
        assert isinstance(died, JobDied)
        assert (died.job, died.tenant_id, str(event.id) in died.payload) == (
            "test_jobs.carry",
            event.tenant_id,
            True,
        )

    @pytest.mark.parametrize("error", [Refused(), SystemExit(1)])
    def test_a_refusal_is_final_and_an_exit_is_not(self, error: BaseException) -> None:
        Carrier.trouble.append(error)
        send()
        with pytest.raises(type(error)):
            run_jobs()
        assert len(dead_jobs()) == isinstance(error, Refused)

    def test_a_failing_last_word_does_not_keep_the_job_alive(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Carrier.trouble.append(Refused())
        monkeypatch.setattr("alicerce.kernel.job_runs.publish", lambda event: 1 / 0)
        send()
        run_jobs(raise_failures=False)
        assert len(dead_jobs()) == 1

    def test_the_dead_can_be_queued_again(self) -> None:
        Carrier.trouble.append(Refused())
        event = send()
        run_jobs(raise_failures=False)
        assert revive(dead_id=dead_jobs()[0].id)
        run_jobs()
        assert [seen.id for seen, _, _ in Carrier.seen] == [event.id] * 2
        assert dead_jobs() == []

    def test_a_job_nobody_can_decode_yet_is_tried_again(self) -> None:
        enqueue(jobs=[NewJob("test_jobs.carry", b"{}", headers={"event": "never.known"})])
        assert run_jobs(raise_failures=False) == ["test_jobs.carry"]
        assert queued_jobs() == ["test_jobs.carry"]

    def test_a_job_that_kills_workers_is_not_started_again(self) -> None:
        event = send()
        row = DjangoDriver().fetch("select id, payload from pgqueuer")[0]
        headers = {"event": event.name, "tenant": str(event.tenant_id)}
        job = Job(name="test_jobs.carry", headers=headers, attempts=0, lost=8, **row)
        assert perform(job=job) is None
        assert Carrier.seen == []
        assert dead_jobs()[0].tenant_id == event.tenant_id


class TestClock:
    def test_a_tick_is_taken_once(self) -> None:
        assert "test_jobs.count_parcels" in tick()
        assert tick() == []
        assert "test_jobs.count_parcels" in run_jobs(raise_failures=False)

    def test_it_dies_once_however_often_it_fails_and_ends_the_matter_by_working(self) -> None:
        for _ in range(2):
            Carrier.clock_trouble.append(Refused())
            strike()
        (dead,) = dead_jobs()
        assert (dead.deaths, dead.tenant_id, len(Carrier.mourned)) == (2, None, 1)
        strike()
        assert dead_jobs() == []

    def test_a_run_is_not_queued_behind_itself(self) -> None:
        for _ in range(2):
            enqueue(jobs=[NewJob("test_jobs.count_parcels", b"{}", alone=True)])
        assert queued_jobs() == ["test_jobs.count_parcels"]


def strike() -> None:
    enqueue(jobs=[NewJob("test_jobs.count_parcels", b"{}", alone=True)])
    run_jobs(raise_failures=False)


class TestRetry:
    def test_patience_is_five_quick_attempts_then_four_slow_ones(self, settings) -> None:
        settings.RETRY_PACE = 1.0
        exact = Retry(delays=PATIENT.delays, jitter=0)
        waits = [exact.after(attempt) for attempt in range(1, 10)]
        seconds = [wait.total_seconds() for wait in waits if wait]
        assert seconds == [4, 8, 16, 32, 300, 900, 3600, 14400]
        assert waits[-1] is None

    def test_pace_and_jitter_stretch_it(self, settings) -> None:
        settings.RETRY_PACE = 0.5
        waits = [PATIENT.after(1) for _ in range(50)]
        assert all(timedelta(seconds=1.5) <= wait <= timedelta(seconds=2.5) for wait in waits)
        assert len(set(waits)) > 1

    def test_the_clock_tries_again_only_before_its_next_tick(self) -> None:
        assert len(PATIENT.within(timedelta(seconds=60)).delays) == 3
        assert len(reactions["test_jobs.count_parcels"].retry.delays) == 8


def test_names_are_taken_once() -> None:
    def carry(event: ParcelSent) -> None: ...

    with pytest.raises(AssertionError, match=r"test_jobs\.carry"):
        on(ParcelSent)(carry)


def test_a_summary_keeps_secrets() -> None:
    assert summary(ValueError("api_key=s3cret\nmore")) == "ValueError: api_key=[redacted]"
    assert summary(KeyError()) == "KeyError"
