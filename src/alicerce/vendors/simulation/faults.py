"""Faults on order: by rate from a seed, or armed for the next calls; and what was called."""

import threading
from collections import Counter, deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from alicerce.kernel.clock import now
from alicerce.vendors.simulation.redaction import redacted

REMEMBERED = 2000


class WrongRate(ValueError):
    """A rate that is no probability, or rates that together exceed one."""


@dataclass
class Armed:
    fault: str
    times: int
    match: str


@dataclass(frozen=True, slots=True)
class Call:
    """A request as it arrived, without its secrets, and how it was answered."""

    operation: str
    at: datetime
    params: Mapping[str, Any] = field(default_factory=dict)
    outcome: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "operation": self.operation,
            "at": self.at.isoformat(timespec="milliseconds"),
            "params": dict(self.params),
            "outcome": self.outcome,
        }


class Faults:
    """The nth call of an operation meets the same fault for the same seed and rates."""

    def __init__(self, rates: Mapping[str, float] | None = None, *, seed: int = 0) -> None:
        self._lock = threading.Lock()
        self._seed = seed
        self._turns: Counter[str] = Counter()
        self._armed: list[Armed] = []
        self._calls: deque[Call] = deque(maxlen=REMEMBERED)
        self._rates: dict[str, float] = {}
        self.set_rates(rates or {})

    @property
    def rates(self) -> dict[str, float]:
        return dict(self._rates)

    @property
    def calls(self) -> list[Call]:
        """Oldest first."""
        with self._lock:
            return list(self._calls)

    def set_rates(self, rates: Mapping[str, Any]) -> None:
        """Replace every rate. Raises WrongRate."""
        read = {str(name): _rate(name, value) for name, value in rates.items()}
        if sum(read.values()) > 1:
            raise WrongRate("the rates together exceed 1")
        self._rates = read

    def reseed(self, seed: int) -> None:
        with self._lock:
            self._seed = seed
            self._turns.clear()

    def arm(self, fault: str, *, times: int = 1, match: str = "") -> None:
        """Have the next calls whose operation contains `match` meet the fault."""
        with self._lock:
            self._armed.append(Armed(fault, times, match))

    def disarm(self) -> None:
        with self._lock:
            self._armed.clear()

    def pick(self, operation: str, *, among: Collection[str] | None = None) -> str | None:
        """The fault this call meets, of those that make sense for it."""
        with self._lock:
            return self._take_armed(operation, among) or self._draw(operation, among)

    def record(
        self, operation: str, params: Mapping[str, Any] | None = None, *, outcome: str = ""
    ) -> None:
        call = Call(operation, now(), redacted(params or {}), outcome)
        with self._lock:
            self._calls.append(call)

    def _take_armed(self, operation: str, among: Collection[str] | None) -> str | None:
        for armed in self._armed:
            if armed.match in operation and (among is None or armed.fault in among):
                armed.times -= 1
                if armed.times == 0:
                    self._armed.remove(armed)
                return armed.fault
        return None

    def _draw(self, operation: str, among: Collection[str] | None) -> str | None:
        turn = self._turns[operation]
        self._turns[operation] += 1
        left = Random(f"{self._seed} {operation} {turn}").random()  # noqa: S311 (chance, no secret)
        for fault, rate in sorted(self._rates.items()):
            left -= rate
            if left < 0:
                return fault if among is None or fault in among else None
        return None


def _rate(name: object, value: Any) -> float:
    try:
        rate = float(value)
    except (TypeError, ValueError):
        rate = -1.0
    if not 0 <= rate <= 1:
        raise WrongRate(f"{name}: not between 0 and 1")
    return rate
