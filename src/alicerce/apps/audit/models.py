"""The audit trail: written once, sealed in batches."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from datetime import UTC
from secrets import token_hex
from typing import Any, ClassVar

from django.db import models
from django.db.models import UniqueConstraint

from alicerce.apps.audit.rules.hashing import CLEAR, CONCEALED
from alicerce.kernel.bulk import insert_rows_aloud
from alicerce.kernel.crypto import SecretField, lock, reveal, seal, unlock
from alicerce.kernel.db import (
    AppendOnlyModel,
    OperatedModel,
    TenantForeignKey,
    TenantQuerySet,
)
from alicerce.kernel.personal import Inventory

ENTRY = (
    *("id", "tenant_id", "at", "actor", "action", "entity", "entity_id", "trace_id", "format"),
    *("mac", "before", "after", "address"),
)


class SubjectKeyQuerySet(TenantQuerySet["SubjectKey"]):
    def of(self, subject: str) -> "SubjectKey":
        """The key of this subject in the current tenant, made with its first personal value."""
        known = self.filter(subject=subject).first()
        return known or self.get_or_create(subject=subject, defaults=SubjectKey.fresh())[0]

    def visitors(self) -> "SubjectKeyQuerySet":
        return self.filter(subject__startswith="visitor:")


class SubjectKey(OperatedModel):
    """What opens one subject's personal values in the trail. Without it they are noise for ever."""

    inventory: ClassVar = Inventory(plain="subject secret")

    subject = models.CharField(max_length=80)
    secret = SecretField()

    objects: ClassVar[Any] = SubjectKeyQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "subject"], name="audit_key_of_subject"),
        ]

    def __str__(self) -> str:
        return self.subject

    @classmethod
    def fresh(cls) -> dict[str, Any]:
        made = cls()
        seal(made, "secret", token_hex(32))
        return {"id": made.id, "secret": made.secret}

    def conceal(self, value: Any, place: str) -> dict[str, str]:
        text = json.dumps(value, default=str).encode()
        locked = lock(self._bytes(), text, place.encode())
        return {"key": str(self.id), "locked": b64encode(locked).decode()}

    def open(self, concealed: Mapping[str, str], place: str) -> Any:
        """Raises CannotOpen."""
        locked = b64decode(concealed["locked"])
        return json.loads(unlock(self._bytes(), locked, place.encode()))

    def _bytes(self) -> bytes:
        return bytes.fromhex(reveal(self, "secret"))


class Entry(AppendOnlyModel):
    """Who did what to which thing, when, from where, and what it was before and after.

    A personal value stands in `before`, `after` or `address` as {"key": ..., "locked": ...}:
    which subject's key opens it, and its ciphertext. Digest and code cover the ciphertext.
    `ip` is the address as entries once had it, in the clear.
    """

    inventory: ClassVar = Inventory(plain="actor action entity before after address ip mac")

    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    action = models.CharField(max_length=80)
    entity = models.CharField(max_length=60)
    entity_id = models.UUIDField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    ip = models.GenericIPAddressField(null=True)
    address = models.JSONField(null=True)
    trace_id = models.UUIDField()
    format = models.PositiveSmallIntegerField(db_default=CLEAR)
    mac = models.CharField(max_length=73, db_default="")

    objects: ClassVar[Any] = TenantQuerySet["Entry"].as_manager()

    class Meta(AppendOnlyModel.Meta):
        indexes: ClassVar = [
            models.Index(fields=["tenant", "-at", "-id"], name="audit_entry_recent"),
            models.Index(fields=["tenant", "entity", "entity_id", "at"], name="audit_entry_of"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor} {self.action} {self.entity_id or ''}"

    @classmethod
    def write(cls, entries: Iterable["Entry"]) -> None:
        """Many in one statement."""
        insert_rows_aloud(cls, ENTRY, [one.columns() for one in entries])

    def columns(self) -> tuple[Any, ...]:
        kept = (self.before, self.after, self.address)
        said = (None if one is None else json.dumps(one) for one in kept)
        plain = (self.id, self.tenant_id, self.at, self.actor, self.action, self.entity)
        return (*plain, self.entity_id, self.trace_id, self.format, self.mac, *said)

    def content(self) -> dict[str, Any]:
        """All that the seal covers, in types that JSON keeps exactly."""
        content = {
            "id": str(self.id),
            "tenant_id": str(self.tenant_id),
            "at": self.at.astimezone(UTC).isoformat(),
            "actor": self.actor,
            "action": self.action,
            "entity": self.entity,
            "entity_id": str(self.entity_id) if self.entity_id else None,
            "before": self.before,
            "after": self.after,
            "ip": self.ip,
            "trace_id": str(self.trace_id),
        }
        if self.format == CONCEALED:
            content |= {"v": CONCEALED, "address": self.address}
        return content

    def place(self, field: str) -> str:
        """Where a concealed value opens: in this field of this entry, and nowhere else."""
        return f"{self.tenant_id}|audit_entry|{self.id}|{field}"


class Seal(AppendOnlyModel):
    """One batch of entries, hashed into a tree and chained to the batch before."""

    inventory: ClassVar = Inventory(plain="previous root head mac")

    number = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    root = models.CharField(max_length=64)
    head = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()
    mac = models.CharField(max_length=73, db_default="")

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "number"], name="audit_seal_number"),
        ]

    def __str__(self) -> str:
        return f"seal {self.number}"


class SealedEntry(AppendOnlyModel):
    """What a seal remembers of one entry."""

    inventory: ClassVar = Inventory(plain="digest")

    seal = TenantForeignKey(Seal, models.PROTECT)
    entry_id = models.UUIDField()
    position = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "entry_id"], name="audit_entry_sealed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} at {self.position}"
