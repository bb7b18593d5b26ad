"""Companies, who works in them, and who buys from them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from alicerce.apps.tenancy.types import CustomerCard, CustomerRole, RoleKey, TenantStatus
from alicerce.kernel.db import OperatedModel, PlatformModel, TenantForeignKey, TenantModel
from alicerce.kernel.ids import uuid7
from alicerce.kernel.isolation import PlatformTable, TenantItself
from alicerce.kernel.personal import FISCAL, Inventory, address_alias


class Tenant(models.Model):
    """A company on the platform: the wall around its rows."""

    inventory: ClassVar = Inventory(
        plain="slug name legal_name document city locale time_zone brand_color alert_email"
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
    is_root = models.BooleanField(default=False)
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


class Host(PlatformModel):
    """A verified domain name that leads to a tenant. DNS is public, and so is this."""

    inventory: ClassVar = Inventory(plain="domain base_url")

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


class Customer(OperatedModel):
    """Who buys from the tenant: a person or a company."""

    inventory: ClassVar = Inventory(
        _("Cadastro de cliente"),
        of={"customer": "id"},
        names={"email": "email"},
        erase="email",
        keep={FISCAL: "name document"},
        plain="locale",
        instead={"email": address_alias},
    )

    name = models.CharField(max_length=120)
    email = models.EmailField()
    document = models.CharField(max_length=14)
    document_kind = models.CharField(max_length=4, choices=[("cpf", "CPF"), ("cnpj", "CNPJ")])
    locale = models.CharField(max_length=8, default="pt-br")

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "email", "document"], name="customer_once_per_tenant"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "-id"], name="customers_newest_first")
        ]

    def __str__(self) -> str:
        return self.name

    def card(self) -> CustomerCard:
        return CustomerCard(
            id=self.id,
            name=self.name,
            email=self.email,
            document=self.document,
            document_kind=self.document_kind,
            locale=self.locale,
        )


class CustomerUser(TenantModel):
    """A person who reaches the client area on behalf of a customer."""

    inventory: ClassVar = Inventory(
        _("Acesso à área do cliente"), of={"user": "user_id"}, deletes=True
    )

    customer = TenantForeignKey(Customer, models.PROTECT)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    role = models.CharField(max_length=10, choices=[(r.value, r.value) for r in CustomerRole])

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "customer", "user"], name="customer_user_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["tenant", "user"], name="customers_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id} for {self.customer_id}"
