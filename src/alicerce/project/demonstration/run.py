"""Runs a demonstration: visitors order and pay at once, then everyone watches."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
from rich.live import Live

from alicerce.apps.audit import queries as audit
from alicerce.apps.audit.rules.verifying import verify
from alicerce.apps.audit.services.seal_entries import seal_entries
from alicerce.apps.ledger import public as ledger
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.project.demonstration.chaos import Chaos
from alicerce.project.demonstration.observation import Delivery, deliveries, unfinished
from alicerce.project.demonstration.report import Outcome, progress
from alicerce.project.demonstration.stack import ThrowawayStack
from alicerce.project.demonstration.visitor import CARD, PIX, Visitor

CROWD = 8
GLANCE = 0.5


def demonstrate(
    *, stack: ThrowawayStack, orders: int, chaos: bool, seed: int, patience: int, live: bool
) -> Outcome:
    began = time.monotonic()
    visitors = [
        Visitor(stack.base_url, stack.simulators_url, number, _method(number), seed)
        for number in range(1, orders + 1)
    ]
    trouble = Chaos(stack.simulators_url, stack.pid, seed) if chaos else None
    with _misery(trouble), _screen(live=live) as screen:
        stuck = _let_them_buy(visitors, screen, patience=patience)
        bought = orders - len(stuck)
        found = _watch(visitors, screen, bought=bought, deadline=began + patience)
    _seal_everything()
    return Outcome(
        orders=orders,
        seed=seed,
        seconds=time.monotonic() - began,
        deliveries=found,
        stuck=[*stuck, *unfinished([visitor.token for visitor in visitors if visitor.token])],
        accounts=_accounts(stack),
        imbalances=ledger.ledger_imbalance(),
        verdicts=[verify(trail, at=now(), keys=audit.keys()) for trail in audit.trails()],
        kills=trouble.kills if trouble else 0,
        chaos=chaos,
    )


def _seal_everything() -> None:
    """Now instead of at the clock's next tick: an empty chain would prove nothing."""
    for tenant_id in tenancy.tenant_ids():
        with acting(tenant_id=tenant_id):
            seal_entries(at=now())


def _method(number: int) -> str:
    return PIX if number % 2 else CARD


def _let_them_buy(visitors: Sequence[Visitor], screen: "Screen", *, patience: int) -> list[str]:
    """Everybody at once, as far as the crowd goes; what stopped whom."""
    with ThreadPoolExecutor(CROWD) as crowd:
        purchases = [crowd.submit(_buy, visitor, patience) for visitor in visitors]
        while not all(purchase.done() for purchase in purchases):
            screen.show(visitors)
            time.sleep(GLANCE)
    return [str(p.exception()) for p in purchases if p.exception()]


def _buy(visitor: Visitor, patience: int) -> None:
    visitor.order()
    visitor.choose_method()
    visitor.pay(patience=patience)


def _watch(
    visitors: Sequence[Visitor], screen: "Screen", *, bought: int, deadline: float
) -> list[Delivery]:
    """Until what was bought is paid for and live, or the patience is over."""
    while True:
        found = screen.show(visitors)
        if is_over(found, bought=bought) or time.monotonic() > deadline:
            return found
        time.sleep(GLANCE)


def is_over(found: Sequence[Delivery], *, bought: int) -> bool:
    """Nobody waits for the order of a visitor who got stuck on the way to pay."""
    paid = [delivery for delivery in found if delivery.is_paid]
    return len(paid) >= bought and all(delivery.is_live for delivery in paid)


@contextmanager
def _misery(trouble: Chaos | None) -> Iterator[None]:
    if trouble is None:
        yield
        return
    trouble.begin()
    try:
        yield
    finally:
        trouble.end()


class Screen:
    """The live view, where there is a terminal to show it."""

    def __init__(self, live: Live | None) -> None:
        self.live = live

    def show(self, visitors: Sequence[Visitor]) -> list[Delivery]:
        found = deliveries([visitor.token for visitor in visitors if visitor.token])
        if self.live:
            self.live.update(progress(found, expected=len(visitors)))
        return found


@contextmanager
def _screen(*, live: bool) -> Iterator[Screen]:
    if not live:
        yield Screen(None)
        return
    with Live(refresh_per_second=4) as display:
        yield Screen(display)


def _accounts(stack: ThrowawayStack) -> list[tuple[str, str, str]]:
    """What the panels themselves say exists: server, user and domain of each account."""
    state = httpx.get(f"{stack.simulators_url}/state", trust_env=False, timeout=60)
    return [
        (str(server["name"]), account["user"], account["domain"])
        for server in state.raise_for_status().json()["whm"]
        for account in server["accounts"]
    ]
