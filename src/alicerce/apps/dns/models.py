"""Zones, and the records of them that are ours to keep."""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alicerce.apps.dns.types import RecordSpec, RecordType, ZoneStatus
from alicerce.kernel.db import OperatedModel, TenantForeignKey
from alicerce.kernel.personal import CONTRACT, Inventory, alias


class Zone(OperatedModel):
    """A domain's zone at some host."""

    inventory: ClassVar = Inventory(
        _("Zonas de DNS"),
        of={"service": "service_id"},
        names={"zone": "id"},
        keep={CONTRACT: "domain"},
        plain="host reference nameservers",
        instead={"domain": alias},
    )

    domain = models.CharField(max_length=253)
    service_id = models.UUIDField()
    host = models.CharField(max_length=20)
    reference = models.CharField(max_length=80)
    nameservers = models.JSONField(default=list)
    status = models.CharField(
        max_length=8, choices=[(s, s) for s in ZoneStatus], default=ZoneStatus.PENDING
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta(OperatedModel.Meta):
        constraints = [
            *OperatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "service_id", "domain"], name="dns_zone_per_service"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "status", "id"], name="zones_by_status")]

    def __str__(self) -> str:
        return self.domain

    def move(self, *, host: str, reference: str, nameservers: Iterable[str]) -> None:
        self.host, self.reference, self.nameservers = host, reference, list(nameservers)
        self.save(update_fields=["host", "reference", "nameservers"])

    def want(self, records: Iterable[RecordSpec]) -> None:
        """Keep these records and no others."""
        self.records.all().delete()
        Record.objects.bulk_create(Record.of(self, record) for record in records)

    def specs(self) -> tuple[RecordSpec, ...]:
        return tuple(
            record.spec() for record in self.records.order_by("name", "type", "content")
        )

    def confirm(self, *, at: datetime) -> bool:
        """The host has what we want. False when that was known."""
        is_news = self.status != ZoneStatus.ACTIVE
        self.status, self.confirmed_at = ZoneStatus.ACTIVE, at
        self.save(update_fields=["status", "confirmed_at"])
        return is_news


class Record(OperatedModel):
    """One record we want."""

    inventory: ClassVar = Inventory(
        _("Registros de DNS"),
        of={"zone": "zone_id"},
        erase="name content",
        deletes=True,
    )

    zone = TenantForeignKey(Zone, models.CASCADE, related_name="records")
    name = models.CharField(max_length=253)
    type = models.CharField(max_length=5, choices=[(t, t) for t in RecordType])
    content = models.CharField(max_length=2048)
    ttl = models.PositiveIntegerField()
    priority = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.type} {self.content}"

    @classmethod
    def of(cls, zone: Zone, spec: RecordSpec) -> "Record":
        return cls(
            zone=zone,
            name=spec.name,
            type=spec.type,
            content=spec.content,
            ttl=spec.ttl,
            priority=spec.priority,
        )

    def spec(self) -> RecordSpec:
        return RecordSpec(
            self.name, RecordType(self.type), self.content, self.ttl, self.priority
        )
