"""Keeps the stack's processes running, shows what they say, and stops every one of them."""

import selectors
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import cast

from alicerce.project.embedded.errors import CannotStart
from alicerce.project.embedded.output import Output
from alicerce.project.embedded.postgres import Cluster
from alicerce.project.embedded.program import Program
from alicerce.project.embedded.watch import Watch, Watched

DRAIN = 25.0
TICK = 0.1
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Milestone:
    """Something to do once, as soon as it can be."""

    is_reached: Callable[[], bool]
    then: Callable[[], None]


@dataclass
class Supervisor:
    """Everything is started from the thread that runs this: the tether of a child is to a thread."""

    programs: Sequence[Program]
    output: Output
    cluster: Cluster | None = None
    milestones: list[Milestone] = field(default_factory=list)
    stop_requests: int = 0
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def run(self) -> None:
        """Until SIGINT, SIGTERM or SIGHUP; a second one does not wait for anybody."""
        with _stop_signals(self._request_stop):
            try:
                self._keep_running()
            finally:
                self._stop()

    def _request_stop(self) -> None:
        self.stop_requests += 1

    def _keep_running(self) -> None:
        watches = [Watch(child) for child in self._children()]
        for watch in watches:
            if not watch.child.is_running():
                self._launch(watch)
        while not self.stop_requests:
            self._listen(TICK)
            for watch in watches:
                self._look_after(watch)
            self._celebrate()

    def _children(self) -> list[Watched]:
        return [*([self.cluster] if self.cluster else []), *self.programs]

    def _launch(self, watch: Watch) -> None:
        at = time.monotonic()
        try:
            watch.child.launch()
        except (OSError, CannotStart) as error:
            self.output.say(f"{watch.child.name} does not start: {error}")
            watch.died(at=at)
            return
        watch.started(at=at)
        if isinstance(watch.child, Program):
            self._attach(watch.child)

    def _look_after(self, watch: Watch) -> None:
        at = time.monotonic()
        if watch.is_due(at=at):
            self._launch(watch)
        elif watch.due_at is None and not watch.child.is_running():
            self._bury(watch, at)

    def _bury(self, watch: Watch, at: float) -> None:
        child = watch.child
        if isinstance(child, Program):
            self._detach(child)
        child.sweep()
        if child.once:
            watch.due_at = float("inf")
            if isinstance(child, Program) and not child.succeeded():
                self.output.say(f"{child.name} failed ({child.how_it_ended()})")
            return
        delay = watch.died(at=at)
        ended = child.how_it_ended()
        self.output.say(f"{child.name} stopped ({ended}); starting it again in {delay:.0f} s")

    def _celebrate(self) -> None:
        for milestone in [m for m in self.milestones if m.is_reached()]:
            self.milestones.remove(milestone)
            milestone.then()

    def _attach(self, program: Program) -> None:
        assert program.process
        assert program.process.stdout
        self.selector.register(program.process.stdout, selectors.EVENT_READ, program)

    def _detach(self, program: Program) -> None:
        assert program.process
        stdout = program.process.stdout
        if stdout and not stdout.closed:
            self._hear(program)
            self._unregister(program)
            stdout.close()

    def _unregister(self, program: Program) -> None:
        stdout = program.process.stdout if program.process else None
        if stdout and stdout in self.selector.get_map():
            self.selector.unregister(stdout)

    def _listen(self, seconds: float) -> None:
        if not self.selector.get_map():
            time.sleep(seconds)
            return
        for key, _ in self.selector.select(seconds):
            self._hear(cast(Program, key.data))

    def _hear(self, program: Program) -> None:
        assert program.process
        assert program.process.stdout
        chunk = program.process.stdout.read()
        if chunk:
            self.output.show(program.name, chunk)
        elif chunk == b"":
            self._unregister(program)  # it closed its output; polling tells when it is gone

    def _stop(self) -> None:
        running = [program for program in self.programs if program.is_running()]
        if running:
            self.output.say("stopping; work in hand is finished first")
        for program in running:
            program.ask_to_stop()
        self._drain(running)
        for program in self.programs:
            program.sweep()
        if self.cluster:
            self.cluster.stop()

    def _drain(self, running: list[Program]) -> None:
        deadline, requests = time.monotonic() + DRAIN, self.stop_requests
        while any(program.is_running() for program in running):
            if time.monotonic() > deadline or self.stop_requests > requests:
                names = ", ".join(program.name for program in running if program.is_running())
                self.output.say(f"not waiting any longer for {names}")
                return
            self._listen(TICK)


@contextmanager
def _stop_signals(request: Callable[[], None]) -> Iterator[None]:
    def receive(_number: int, _frame: FrameType | None) -> None:
        request()

    before = {number: signal.signal(number, receive) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
