"""The words of the audit trail. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Fault(StrEnum):
    EDITED = "edited"
    MISSING = "missing"
    INSERTED = "inserted"
    BROKEN_SEAL = "broken_seal"
    BROKEN_CHAIN = "broken_chain"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a seal remembers of one entry: its id and the digest of its content, in hexadecimal."""

    entry_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class SealedBatch:
    """A seal with its leaves, in the order they were sealed."""

    number: int
    previous: str
    root: str
    head: str
    sealed_at: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Trail:
    """Everything needed to verify one tenant: its entries by id, and its seals by number."""

    tenant_id: str
    entries: dict[str, dict[str, Any]]
    seals: tuple[SealedBatch, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The first thing that is wrong with a trail, or nothing."""

    tenant_id: str
    entries: int
    sealed: int
    head: str
    fault: Fault | None = None
    where: str = ""

    @property
    def intact(self) -> bool:
        return self.fault is None
