"""Reactions that misbehave on purpose."""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

from alicerce.kernel.events import Event
from alicerce.kernel.jobs import Retry, every, on

TWICE = Retry(delays=(timedelta(seconds=4),))


class DrillOrdered(Event):
    name = "drill.ordered"

    kind: str
    seconds: float = 0


def note(word: str) -> None:
    with Path(os.environ["DRILL_NOTES"]).open("a") as notes:
        notes.write(f"{word}\n")


@on(DrillOrdered, when=lambda e: e.kind == "quick")
def be_quick(event: DrillOrdered) -> None:
    note("quick")


@on(DrillOrdered, when=lambda e: e.kind == "silent")
def be_silent(event: DrillOrdered) -> None:
    """Nothing at all: what a job costs before it does anything."""


@on(DrillOrdered, when=lambda e: e.kind == "slow")
def be_slow(event: DrillOrdered) -> None:
    note("slow begins")
    time.sleep(event.seconds)
    note("slow ends")


@on(DrillOrdered, when=lambda e: e.kind == "poison", retry=TWICE)
def be_poison(event: DrillOrdered) -> None:
    note("poison")
    raise ValueError("password=hunter2 was refused")


@on(DrillOrdered, when=lambda e: e.kind == "deadly")
def be_deadly(event: DrillOrdered) -> None:
    note("deadly")
    os.kill(os.getpid(), signal.SIGKILL)


@every(seconds=1)
def strike() -> None:
    note("strike")
