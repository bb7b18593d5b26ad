"""A desk in memory, for what services do around it; the real one is tried against Stripe's simulator."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from alicerce.apps.disputes.ports import ProviderDispute
from alicerce.apps.disputes.types import DisputeStatus, Texts


@dataclass
class MemoryDesk:
    known: dict[str, ProviderDispute] = field(default_factory=dict)
    trouble: list[Exception] = field(default_factory=list)
    lost: list[Exception] = field(default_factory=list)  # raised after it was done
    submitted: list[Texts] = field(default_factory=list)
    accepted: int = 0

    def names_in(self, raw: bytes) -> tuple[str, ...]:
        return tuple(raw.decode().split())

    def names_since(self, since: datetime) -> Iterator[str]:
        self._maybe_fail(self.trouble)
        return iter(list(self.known))

    def read(self, name: str) -> ProviderDispute | None:
        self._maybe_fail(self.trouble)
        return self.known.get(name)

    def submit(self, name: str, texts: Texts, *, key: str) -> ProviderDispute:
        self._maybe_fail(self.trouble)
        self.submitted.append(texts)
        before = self.known[name]
        self.known[name] = replace(
            before, status=DisputeStatus.UNDER_REVIEW, submissions=before.submissions + 1
        )
        self._maybe_fail(self.lost)
        return self.known[name]

    def accept(self, name: str, *, key: str) -> ProviderDispute:
        self._maybe_fail(self.trouble)
        self.accepted += 1
        self.known[name] = replace(self.known[name], status=DisputeStatus.LOST)
        self._maybe_fail(self.lost)
        return self.known[name]

    def _maybe_fail(self, queue: list[Exception]) -> None:
        if queue:
            raise queue.pop(0)
