"""A payment gateway in memory, for what services do around it; the real ones have a contract suite."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from alicerce.apps.billing.ports import (
    ChargeOrder,
    ChargeRequested,
    ProviderPayment,
    Reading,
)
from alicerce.apps.billing.types import ChargeStatus
from alicerce.kernel.http import Refusal


@dataclass
class MemoryGateway:
    made: dict[str, ChargeRequested] = field(default_factory=dict)
    requests: int = 0
    trouble: list[Exception] = field(default_factory=list)
    lost: list[Exception] = field(default_factory=list)  # raised after it was done
    payments: dict[str, ProviderPayment] = field(default_factory=dict)
    statuses: dict[str, ChargeStatus] = field(default_factory=dict)
    withdrawn: list[str] = field(default_factory=list)
    hooks: list[str] = field(default_factory=list)
    hook_secret: str = ""
    names: str = "tx"

    def external_id(self, order: ChargeOrder) -> str:
        return f"{self.names}-{order.invoice_id}-{order.attempt}" if self.names else ""

    def request(self, order: ChargeOrder) -> ChargeRequested:
        self._maybe_fail(self.trouble)
        self.requests += 1
        name = order.external_id or f"named-{order.idempotency_key}"
        made = ChargeRequested(name, order.begun_at + timedelta(hours=1), "00020126", "")
        self.made[name] = made
        self._maybe_fail(self.lost)
        return made

    def find(self, order: ChargeOrder) -> Reading | None:
        self._maybe_fail(self.trouble)
        found = self.made.get(order.external_id)
        if found is None:
            return None
        status = self.statuses.get(order.external_id)
        paid = tuple(p for p in self.payments.values() if p.external_id == order.external_id)
        return Reading(payments=paid, charge=found, status=status)

    def withdraw(self, order: ChargeOrder) -> None:
        self._maybe_fail(self.trouble)
        if self.statuses.get(order.external_id) == ChargeStatus.EXPIRED:
            raise Refusal("it is over")
        self.withdrawn.append(order.external_id)
        self.statuses[order.external_id] = ChargeStatus.EXPIRED
        self._maybe_fail(self.lost)

    def readings_in(self, raw: bytes) -> tuple[str, ...]:
        return tuple(raw.decode().split())

    def read(self, name: str) -> Reading:
        self._maybe_fail(self.trouble)
        found = self.payments.get(name)
        return Reading(payments=(found,) if found else ())

    def readings_since(self, since: datetime, until: datetime) -> Iterator[str]:
        self._maybe_fail(self.trouble)
        return iter(list(self.payments))

    def register_hook(self, url: str) -> str:
        self.hooks.append(url)
        return self.hook_secret

    def receive(self, paid: ProviderPayment) -> None:
        self.payments[paid.read_as] = paid

    def _maybe_fail(self, queue: list[Exception]) -> None:
        if queue:
            raise queue.pop(0)
