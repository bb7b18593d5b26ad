"""Companies, and the addresses that lead to them."""

from dataclasses import fields
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Lower

from alicerce.apps.tenancy.rules import IDLE, LONGEST_IDLE, SHORTEST_IDLE
from alicerce.apps.tenancy.types import HostView, Profile, RestrictionCause, TenantStatus
from alicerce.kernel.db import PlatformModel
from alicerce.kernel.ids import uuid7
from alicerce.kernel.isolation import OwnRows, PlatformTable, TenantItself
from alicerce.kernel.personal import Inventory
from alicerce.kernel.restrictions import Restriction

PROFILE = [field.name for field in fields(Profile)]
STANDING = ["status", "suspended_at", "suspension_reason"]
RESTRICTED = ["restriction", "restriction_cause", "restricted_at"]


class Tenant(models.Model):
    """A company on the platform: the wall around its rows."""

    inventory: ClassVar = Inventory(
        plain="slug name legal_name document city locale time_zone brand_color alert_email"
        " suspension_reason"
    )

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
    session_timeout_minutes = models.PositiveSmallIntegerField(default=IDLE, db_default=IDLE)
    lets_operators_in = models.BooleanField(default=True, db_default=True)
    operators_ask = models.BooleanField(default=False, db_default=False)
    is_root = models.BooleanField(default=False)
    sandbox_of = models.UUIDField(null=True, editable=False)
    status = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in TenantStatus],
        default=TenantStatus.ACTIVE,
    )
    suspended_at = models.DateTimeField(null=True)
    suspension_reason = models.CharField(max_length=200, blank=True, db_default="")
    restriction = models.CharField(
        max_length=9,
        choices=[(r.value, r.value) for r in Restriction],
        default=Restriction.NONE,
        db_default=Restriction.NONE,
        blank=True,
    )
    restriction_cause = models.CharField(
        max_length=9,
        choices=[(c.value, c.value) for c in RestrictionCause],
        default="",
        db_default="",
        blank=True,
    )
    restricted_at = models.DateTimeField(null=True)
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
            CheckConstraint(
                condition=Q(
                    session_timeout_minutes__range=(SHORTEST_IDLE, LONGEST_IDLE),
                ),
                name="session_timeout_in_reason",
            ),
            CheckConstraint(
                condition=Q(restriction="", restriction_cause="", restricted_at__isnull=True)
                | Q(
                    restriction__gt="",
                    restriction_cause__gt="",
                    restricted_at__isnull=False,
                    is_root=False,
                ),
                name="tenant_restricted_for_a_cause",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def profile(self) -> Profile:
        return Profile(
            name=self.name,
            legal_name=self.legal_name,
            document=self.document,
            city=self.city,
            time_zone=self.time_zone,
            locale=self.locale,
            alert_email=self.alert_email,
            brand_color=self.brand_color,
            session_timeout_minutes=self.session_timeout_minutes,
            lets_operators_in=self.lets_operators_in,
            operators_ask=self.operators_ask,
        )

    def twin(self) -> dict[str, object]:
        """What this company's sandbox is opened with: the same company, for rehearsals."""
        return {
            "slug": f"{self.slug[:40]}-{self.id.hex[-8:]}",
            "sandbox_of": self.id,
            **{name: getattr(self, name) for name in [*PROFILE, *STANDING, *RESTRICTED]},
            "name": f"{self.name[:112]} (teste)",
        }

    def become(self, profile: Profile) -> bool:
        """Take on these facts. False when they are its own already."""
        if profile == self.profile:
            return False
        for name in PROFILE:
            setattr(self, name, getattr(profile, name))
        self.save(update_fields=PROFILE)
        return True

    def suspend(self, reason: str, *, at: datetime) -> bool:
        """Close the doors, for a reason that its members read. False when they are closed."""
        if self.status != TenantStatus.ACTIVE:
            return False
        self.status, self.suspended_at, self.suspension_reason = (
            TenantStatus.SUSPENDED,
            at,
            reason,
        )
        self.save(update_fields=STANDING)
        return True

    def resume(self) -> bool:
        """Open the doors again. False when nothing had closed them."""
        if self.status != TenantStatus.SUSPENDED:
            return False
        self.status, self.suspended_at, self.suspension_reason = TenantStatus.ACTIVE, None, ""
        self.save(update_fields=STANDING)
        return True

    def restrict(
        self, restriction: Restriction, cause: RestrictionCause | None, *, at: datetime
    ) -> bool:
        """Do less, or everything again. False when it is so already, or when it is the platform."""
        wanted = (restriction.value, cause.value if cause and restriction else "")
        if self.is_root or (self.restriction, self.restriction_cause) == wanted:
            return False
        since = self.restricted_at if self.restriction == restriction else at
        self.restriction, self.restriction_cause = wanted
        self.restricted_at = since if restriction else None
        self.save(update_fields=RESTRICTED)
        return True


class Host(PlatformModel):
    """A domain name that leads to a tenant: given by the platform, or proven to be the tenant's own.

    DNS is public, and so is this; but only the tenant itself changes or removes its rows.
    """

    inventory: ClassVar = Inventory(plain="domain base_url")

    domain = models.CharField(max_length=253, unique=True)
    tenant_id = models.UUIDField()
    is_primary = models.BooleanField(default=False)
    base_url = models.URLField()
    is_own = models.BooleanField(default=False, db_default=False)

    class Meta(PlatformModel.Meta):
        constraints: ClassVar = [
            PlatformTable(name="tenancy_host_grants", app="select, insert, update, delete"),
            OwnRows(name="tenancy_host_own_rows"),
            UniqueConstraint(
                fields=["tenant_id"], condition=Q(is_primary=True), name="one_primary_host"
            ),
            CheckConstraint(condition=Q(domain=Lower(F("domain"))), name="host_is_lower"),
        ]

    def __str__(self) -> str:
        return self.domain

    @property
    def view(self) -> HostView:
        return HostView(
            self.domain, self.tenant_id, self.base_url, self.is_primary, is_own=self.is_own
        )

    def lead(self, *, first: bool) -> None:
        """Be the one that links begin with, or one beside it."""
        self.is_primary = first
        self.save(update_fields=["is_primary"])
