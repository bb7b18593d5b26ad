"""The words of the audit trail. Plain Python: safe to import anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Personal:
    """A value that tells something of somebody, said by a pseudonym such as `customer:<id>`.

    The trail keeps it under that subject's own key: destroy the key, and nobody reads it again.
    """

    value: Any
    of: str


@dataclass(frozen=True, slots=True)
class Note:
    """A change as it is to be written down; many may be at once."""

    action: str
    entity: str
    entity_id: UUID | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


class Unreadable(Enum):
    """What stands where a personal value stood."""

    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry as pages show it: personal values opened, or ERASED where their key is gone."""

    id: UUID
    tenant_id: UUID
    at: datetime
    actor: str
    action: str
    entity: str
    entity_id: UUID | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    ip: str | Unreadable | None


class Fault(StrEnum):
    EDITED = "edited"
    MISSING = "missing"
    INSERTED = "inserted"
    FORGED = "forged"
    BROKEN_SEAL = "broken_seal"
    BROKEN_CHAIN = "broken_chain"
    CUT = "cut"


Found = tuple[Fault, str] | None
"""What is wrong and where, or nothing."""


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
    mac: str = ""


@dataclass(frozen=True, slots=True)
class Trail:
    """Everything needed to verify one tenant: its entries by id, and its seals by number.

    `macs` are the entries' authentication codes, by id; they are checked where the key is at hand.
    """

    tenant_id: str
    entries: dict[str, dict[str, Any]]
    seals: tuple[SealedBatch, ...]
    macs: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The first thing that is wrong with a trail, or nothing."""

    tenant_id: str
    entries: int
    sealed: int
    head: str
    authenticated: bool
    fault: Fault | None = None
    where: str = ""

    @property
    def intact(self) -> bool:
        return self.fault is None
