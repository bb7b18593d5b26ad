"""Which products of the platform a company uses."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q, UniqueConstraint

from alicerce.apps.tenancy.types import ProductKey
from alicerce.kernel.db import TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory


class ProductSubscription(TenantModel):
    """A product that a tenant has, or had: what exists for it, and up to what limits."""

    inventory: ClassVar = Inventory(plain="settings limits")

    product = models.CharField(max_length=12, choices=[(p.value, p.value) for p in ProductKey])
    is_enabled = models.BooleanField(default=True)
    settings = models.JSONField(default=dict)
    limits = models.JSONField(default=dict)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = TenantQuerySet["ProductSubscription"].as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "product"], name="product_once_per_tenant"),
            models.CheckConstraint(
                condition=Q(is_enabled=True, until__isnull=True)
                | Q(is_enabled=False, until__isnull=False),
                name="product_ended_iff_disabled",
            ),
            models.CheckConstraint(
                condition=Q(is_enabled=True) | Q(ends_at__isnull=True),
                name="product_to_end_is_enabled",
            ),
        ]

    def __str__(self) -> str:
        return self.product

    def enable(self, *, at: datetime) -> bool:
        """Begin again. False when it never ended."""
        if self.is_enabled:
            return False
        self.is_enabled, self.since, self.until = True, at, None
        self.save(update_fields=["is_enabled", "since", "until"])
        return True

    def disable(self, *, at: datetime) -> bool:
        """End; what it knows stays. False when it had ended."""
        if not self.is_enabled:
            return False
        self.is_enabled, self.until, self.ends_at = False, at, None
        self.save(update_fields=["is_enabled", "until", "ends_at"])
        return True

    def bound(self, limits: dict[str, int], *, ends_at: datetime | None) -> bool:
        """Be had up to these limits and until this instant. False when it is so already."""
        ends_at = ends_at if self.is_enabled else None
        if (limits, ends_at) == (self.limits, self.ends_at):
            return False
        self.limits, self.ends_at = limits, ends_at
        self.save(update_fields=["limits", "ends_at"])
        return True
