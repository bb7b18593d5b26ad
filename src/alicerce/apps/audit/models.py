"""The audit trail: written once, sealed in batches."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import UniqueConstraint

from alicerce.kernel.db import AppendOnlyModel, TenantForeignKey, TenantQuerySet


class Entry(AppendOnlyModel):
    """Who did what to which thing, when, from where, and what it was before and after."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=120)
    action = models.CharField(max_length=80)
    entity = models.CharField(max_length=60)
    entity_id = models.UUIDField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    ip = models.GenericIPAddressField(null=True)
    trace_id = models.UUIDField()

    objects: ClassVar[Any] = TenantQuerySet["Entry"].as_manager()

    class Meta(AppendOnlyModel.Meta):
        indexes: ClassVar = [
            models.Index(fields=["tenant", "-at", "-id"], name="audit_entry_recent"),
            models.Index(fields=["tenant", "entity", "entity_id", "at"], name="audit_entry_of"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor} {self.action} {self.entity_id or ''}"

    def content(self) -> dict[str, Any]:
        """All that the seal covers, in types that JSON keeps exactly."""
        return {
            "id": str(self.id),
            "tenant_id": str(self.tenant_id),
            "at": self.at.isoformat(),
            "actor": self.actor,
            "action": self.action,
            "entity": self.entity,
            "entity_id": str(self.entity_id) if self.entity_id else None,
            "before": self.before,
            "after": self.after,
            "ip": self.ip,
            "trace_id": str(self.trace_id),
        }


class Seal(AppendOnlyModel):
    """One batch of entries, hashed into a tree and chained to the batch before."""

    number = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    root = models.CharField(max_length=64)
    head = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "number"], name="audit_seal_number"),
        ]

    def __str__(self) -> str:
        return f"seal {self.number}"


class SealedEntry(AppendOnlyModel):
    """What a seal remembers of one entry."""

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
