"""Who works in a company, and what its roles mean there."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

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
    """A role that the tenant made, or its own version of one that every tenant has."""

    inventory: ClassVar = Inventory(plain="key name permissions")

    key = models.SlugField(max_length=40, db_index=False)
    name = models.CharField(max_length=60)
    permissions = models.JSONField(default=list)

    objects: ClassVar[Any] = TenantQuerySet["Role"].as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "key"], name="role_key_per_tenant"),
        ]

    def __str__(self) -> str:
        return self.name

    def grant(self, permissions: Collection[str], *, name: str) -> None:
        self.name, self.permissions = name, sorted(map(str, permissions))
        self.save(update_fields=["name", "permissions"])
