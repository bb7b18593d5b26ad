"""The tables of the real flow."""

import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass

import psutil

from alicerce.project.demonstration.stack import ThrowawayStack
from bench.activation.flow import (
    Activation,
    commits,
    pay_at,
    pay_one_by_one,
    prepare,
    wait_until_live,
)
from bench.figures import note, percentile, show
from bench.machine import family_cpu

SHARES = (0.5, 0.95, 0.99)
LOW_PATIENCE = 30.0


@dataclass(frozen=True)
class Plan:
    """How many orders one by one, then how many a second and for how long."""

    single: int
    each_second: float
    seconds: float
    patience: float


def report(stack: ThrowawayStack, plan: Plan) -> None:
    rows = [_low(stack, plan), _high(stack, plan)]
    show(
        "Real flow: web, worker, providers over HTTP; seconds since the webhook was received",
        (
            *("load", "orders", "active", "to createacct p50/p95/p99"),
            *("to active p50/p95/p99", "active/s", "CPU each: web, worker, PostgreSQL, others"),
            "commits each",
        ),
        rows,
    )


def _low(stack: ThrowawayStack, plan: Plan) -> tuple[str, ...]:
    charges = prepare(plan.single, run=secrets.token_hex(3))
    meter = Meter(stack)
    pay_one_by_one(charges, stack.simulators_url, patience=LOW_PATIENCE)
    found = wait_until_live(charges, patience=plan.patience)
    return ("one at a time", *meter.figures(found))


def _high(stack: ThrowawayStack, plan: Plan) -> tuple[str, ...]:
    charges = prepare(int(plan.each_second * plan.seconds), run=secrets.token_hex(3))
    meter = Meter(stack)
    pace = pay_at(charges, stack.simulators_url, each_second=plan.each_second)
    note(f"asked for {plan.each_second:.0f} payments/s, the payers managed {pace:.0f}/s")
    found = wait_until_live(charges, patience=plan.patience)
    return (f"{pace:.0f} paid/s for {plan.seconds:.0f} s", *meter.figures(found))


class Meter:
    """Reads the clock and the CPU of the stack's processes, now and at the end."""

    def __init__(self, stack: ThrowawayStack) -> None:
        self._stack, self._began, self._spent = stack, time.monotonic(), cpu(stack)
        self._commits = commits()

    def figures(self, found: Sequence[Activation]) -> tuple[str, ...]:
        took, spent = time.monotonic() - self._began, cpu(self._stack)
        active = sum(one.active is not None for one in found)
        each = [(now - self._spent[who]) / max(1, active) for who, now in spent.items()]
        return (
            str(len(found)),
            str(active),
            spans([one.to_panel for one in found]),
            spans([one.to_active for one in found]),
            f"{active / took:.1f}",
            " + ".join(f"{seconds * 1e3:,.0f}" for seconds in each) + " ms",
            f"{(commits() - self._commits) / max(1, active):.0f}",
        )


def spans(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    return " / ".join(f"{percentile(known, share):.2f}" for share in SHARES) + " s"


def cpu(stack: ThrowawayStack) -> dict[str, float]:
    """CPU seconds so far, by who spent them; the others are mostly the simulators."""
    spent = dict.fromkeys(("web", "worker", "postgres", "others"), 0.0)
    for child in psutil.Process(stack.pid).children():
        words = child.cmdline()
        known = [name for name in spent if name == words[-1] or words[0].endswith(name)]
        spent[known[0] if known else "others"] += family_cpu(child.pid)
    return spent
