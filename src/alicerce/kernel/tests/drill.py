"""Reactions that misbehave on purpose, and the processes that run them: `python drill.py worker`."""

import json
import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

import django
from django.conf import settings

if __name__ == "__main__":
    settings.configure(
        SECRET_KEY="drill",
        USE_TZ=True,
        INSTALLED_APPS=["alicerce.kernel"],
        DATABASES={"default": json.loads(os.environ["DRILL_DATABASE"])},
        RETRY_PACE=0.01,
        WORKER_THREADS=4,
        QUEUE_HEARTBEAT=0.3,
        QUEUE_LOST_WORKERS=2,
    )
    django.setup()

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


if __name__ == "__main__":
    from alicerce.kernel.worker import main, scheduler_main

    entry = {"worker": main, "scheduler": scheduler_main}[sys.argv[1]]
    sys.exit(entry(sys.argv[2:]))
