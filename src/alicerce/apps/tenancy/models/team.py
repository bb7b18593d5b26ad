"""Who works in a company, and what its roles mean there."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.tenancy.rules import (
    LONGEST_IDLE,
    LONGEST_SESSION,
    SHORTEST_IDLE,
    SHORTEST_SESSION,
)
from alicerce.apps.tenancy.types import SessionMinutes
from alicerce.kernel.db import TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory


class Membership(TenantModel):
    """A person's role in a tenant, by the role's key."""

    inventory: ClassVar = Inventory(_("Papel na equipe"), of={"user": "user_id"}, plain="role")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    role = models.CharField(max_length=40)

    objects: ClassVar[Any] = TenantQuerySet["Membership"].as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "user"], name="one_membership_per_tenant"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} as {self.role}"

    def take_role(self, key: str) -> bool:
        """Work under another role. False when it is the one already held."""
        if key == self.role:
            return False
        self.role = key
        self.save(update_fields=["role"])
        return True


class Role(TenantModel):
    """A role that the tenant made, or its own version of one that every tenant has.

    Without permissions it may do what is shipped; without minutes its sessions last as long as
    everybody's.
    """

    inventory: ClassVar = Inventory(plain="key name permissions")

    key = models.SlugField(max_length=40, db_index=False)
    name = models.CharField(max_length=60)
    permissions = models.JSONField(default=None, null=True)
    idle_minutes = models.PositiveIntegerField(null=True)
    absolute_minutes = models.PositiveIntegerField(null=True)

    objects: ClassVar[Any] = TenantQuerySet["Role"].as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "key"], name="role_key_per_tenant"),
            CheckConstraint(
                condition=Q(idle_minutes__isnull=True)
                | Q(idle_minutes__range=(SHORTEST_IDLE, LONGEST_IDLE)),
                name="role_idle_in_reason",
            ),
            CheckConstraint(
                condition=Q(absolute_minutes__isnull=True)
                | Q(absolute_minutes__range=(SHORTEST_SESSION, LONGEST_SESSION)),
                name="role_absolute_in_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def grant(self, permissions: Collection[str], *, name: str) -> None:
        self.name, self.permissions = name, sorted(map(str, permissions))
        self.save(update_fields=["name", "permissions"])

    def limit(self, minutes: SessionMinutes) -> None:
        self.idle_minutes, self.absolute_minutes = minutes.idle, minutes.absolute
        self.save(update_fields=["idle_minutes", "absolute_minutes"])
