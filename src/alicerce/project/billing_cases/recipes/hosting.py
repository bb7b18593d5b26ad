"""What hosting's own rules answer: patience with a server, and which server is chosen."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from alicerce.apps.hosting.rules import FIRST_DELAY, JITTER, in_order_of_choice, retry_delay
from alicerce.apps.hosting.types import Seat, Strategy
from alicerce.project.billing_cases import values
from alicerce.project.billing_cases.given import Given
from alicerce.project.billing_cases.recipes.registry import Answers, Asked, recipe


@recipe("hosting", "attempts", "base_ms")
def patience(given: Given, asked: Asked) -> Answers:
    """Our first wait is four seconds and a quarter more or less: three and five are in it."""
    attempts, base = given.cents("attempts"), given.cents("base_ms")
    given.value("factor")
    chance = ((base / (FIRST_DELAY.total_seconds() * 1000) - 1) / JITTER + 1) / 2
    if not 0 <= chance <= 1:
        return {}
    waits = [retry_delay(attempt=n, chance=chance, pace=1) for n in range(1, attempts)]
    ms = [round(wait.total_seconds() * 1000) for wait in waits if wait]
    return {"waits_ms": ms, "total_ms": sum(ms)}


@recipe("hosting", "servers")
def choice(given: Given, asked: Asked) -> Answers:
    """Suspended accounts take room too."""
    servers: Mapping[str, Any] = given.value("servers")
    seats = [_seat(number, name, one) for number, (name, one) in enumerate(servers.items())]
    fullest = in_order_of_choice(seats, strategy=Strategy.FILL_FIRST)
    emptiest = in_order_of_choice(seats, strategy=Strategy.LEAST_FULL)
    return {
        "free": {one.name: one.max_accounts - one.accounts for one in seats},
        "least_full_by_pct": emptiest[0].name if emptiest else None,
        "fill_until_full": fullest[0].name if fullest else None,
    }


def _seat(number: int, name: str, server: Mapping[str, Any]) -> Seat:
    used = values.cents(server.get("active", 0)) + values.cents(server.get("suspended", 0))
    return Seat(UUID(int=number), str(name), used, values.cents(server["max"]), 0, 0)
