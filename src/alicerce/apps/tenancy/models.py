"""Companies, and who works in them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Lower

from alicerce.apps.tenancy.types import RoleKey, TenantStatus
from alicerce.kernel.db import PlatformModel, TenantModel
from alicerce.kernel.ids import uuid7
from alicerce.kernel.isolation import PlatformTable, TenantItself


class Tenant(models.Model):
    """A company on the platform: the wall around its rows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    legal_name = models.CharField(max_length=160)
    document = models.CharField(max_length=14)
    city = models.CharField(max_length=80)
    locale = models.CharField(max_length=8, default="pt-br")
    time_zone = models.CharField(max_length=40, default="America/Sao_Paulo")
    brand_color = models.CharField(max_length=7, default="#2f5fe0")
    alert_email = models.EmailField()
    is_root = models.BooleanField(default=False)
    sandbox_of = models.UUIDField(null=True, editable=False)
    status = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in TenantStatus],
        default=TenantStatus.ACTIVE,
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            TenantItself(name="tenancy_tenant_wall", operator_reads=True),
            UniqueConstraint(
                fields=["is_root"], condition=Q(is_root=True), name="one_root_tenant"
            ),
            CheckConstraint(
                condition=Q(brand_color__regex=r"^#[0-9a-f]{6}$"), name="brand_color_is_hex"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def twin(self) -> dict[str, object]:
        """What this company's sandbox is opened with: the same company, for rehearsals."""
        return {
            "slug": f"{self.slug[:40]}-{self.id.hex[-8:]}",
            "name": f"{self.name[:112]} (teste)",
            "legal_name": self.legal_name,
            "document": self.document,
            "city": self.city,
            "locale": self.locale,
            "time_zone": self.time_zone,
            "brand_color": self.brand_color,
            "alert_email": self.alert_email,
            "sandbox_of": self.id,
        }


class Host(PlatformModel):
    """A verified domain name that leads to a tenant. DNS is public, and so is this."""

    domain = models.CharField(max_length=253, unique=True)
    tenant_id = models.UUIDField()
    is_primary = models.BooleanField(default=False)
    base_url = models.URLField()

    class Meta(PlatformModel.Meta):
        constraints: ClassVar = [
            PlatformTable(name="tenancy_host_grants", app="select, insert"),
            CheckConstraint(condition=Q(domain=Lower(F("domain"))), name="host_is_lower"),
        ]

    def __str__(self) -> str:
        return self.domain


class Membership(TenantModel):
    """A person's role in a tenant."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in RoleKey])

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "user"], name="one_membership_per_tenant"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} as {self.role}"
