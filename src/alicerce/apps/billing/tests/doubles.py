"""A payment gateway in memory, for what services do around it; the real ones have a contract suite."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from alicerce.apps.billing.ports import (
    ChargeOrder,
    ChargeRequested,
    ProviderPayment,
    ProviderRefund,
    Reading,
    RefundOrder,
)
from alicerce.apps.billing.types import ChargeStatus
from alicerce.apps.billing.types.corrections import RefundStatus
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
    refunds: dict[str, ProviderRefund] = field(default_factory=dict)
    refund_ends: RefundStatus = RefundStatus.SUCCEEDED

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

    def refund_name(self, order: RefundOrder) -> str:
        return f"dev-{order.refund_id}" if self.names else ""

    def refund(self, order: RefundOrder) -> ProviderRefund:
        self._maybe_fail(self.trouble)
        name = order.external_id or f"re-{order.idempotency_key}"
        if name in self.refunds:
            raise Refusal("that name was used before")
        made = ProviderRefund(
            external_id=name,
            payment_reference=order.payment_reference,
            amount=order.amount,
            status=self.refund_ends,
            refund_id=order.refund_id,
        )
        self.refunds[name] = made
        self._maybe_fail(self.lost)
        return made

    def find_refund(self, order: RefundOrder) -> ProviderRefund | None:
        self._maybe_fail(self.trouble)
        own = (one for one in self.refunds.values() if one.refund_id == order.refund_id)
        return next(own, None)

    def end_refund(self, status: RefundStatus) -> ProviderRefund:
        """The only one there is ends so."""
        ((name, made),) = self.refunds.items()
        self.refunds[name] = replace(made, status=status)
        return self.refunds[name]

    def readings_in(self, raw: bytes) -> tuple[str, ...]:
        return tuple(raw.decode().split())

    def read(self, name: str) -> Reading:
        self._maybe_fail(self.trouble)
        found = self.payments.get(name)
        refund = self.refunds.get(name.removeprefix("refund:"))
        return Reading(payments=(found,) if found else (), refunds=(refund,) if refund else ())

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
