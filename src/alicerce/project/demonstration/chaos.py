"""The outside world at three in the morning: faults at every provider, workers killed."""

import random
import threading
from contextlib import suppress
from dataclasses import dataclass, field

import httpx
import psutil

NOTICES = {"duplicate": 0.25, "delay": 0.15, "reorder": 0.15, "drop": 0.1}
CALLS = {"500": 0.02, "429": 0.02, "execute_then_drop": 0.03, "execute_then_hang": 0.02}
RATES = {
    "whm": {
        "create_then_hang": 0.06,
        "create_then_drop": 0.06,
        "refuse": 0.05,
        "html": 0.04,
        "busy": 0.03,
        "down": 0.03,
    },
    "pix": NOTICES | CALLS | {"garbage": 0.02},
    "stripe": NOTICES | CALLS,
    "smtp": {"busy": 0.05, "accept_then_drop": 0.03},
}
FEWEST, MOST = 3.0, 12.0  # a worker's life, in seconds: most outlive the supervisor's caution
GLANCE = 0.2


@dataclass
class Chaos:
    """Faults while it lasts, and a worker killed every few seconds."""

    simulators_url: str
    supervisor_pid: int
    seed: int
    kills: int = 0
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def begin(self) -> None:
        self._set(RATES)
        self._thread = threading.Thread(target=self._kill_workers, daemon=True)
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        if self._thread:
            self._thread.join()
        self._set({vendor: {} for vendor in RATES})

    def _set(self, rates: dict[str, dict[str, float]]) -> None:
        wanted = {"seed": self.seed, **rates}
        httpx.post(
            f"{self.simulators_url}/faults", json=wanted, trust_env=False, timeout=30
        ).raise_for_status()

    def _kill_workers(self) -> None:
        choice = random.Random(self.seed)  # noqa: S311
        while not self._over.wait(GLANCE):
            if self._workers() and not self._over.wait(choice.uniform(FEWEST, MOST)):
                self._kill_them()

    def _kill_them(self) -> None:
        for worker in self._workers():
            with suppress(psutil.NoSuchProcess):
                worker.kill()
                self.kills += 1

    def _workers(self) -> list[psutil.Process]:
        children = psutil.Process(self.supervisor_pid).children(recursive=True)
        return [child for child in children if _is_worker(child)]


def _is_worker(process: psutil.Process) -> bool:
    try:
        return process.cmdline()[-2:] == ["alicerce", "worker"]
    except psutil.Error:
        return False
