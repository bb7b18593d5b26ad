"""Who buys from a company, and who acts on a buyer's behalf."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from alicerce.apps.customers.types import CustomerCard, CustomerRole, Profile
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantModel

COLUMNS = ("name", "email", "document", "document_kind", "locale")


class Customer(OperatedModel):
    """Who buys from the tenant: a person or a company."""

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

    def adopt(self, profile: Profile) -> list[str]:
        """Take over what differs; the names of those fields. The row still has to be saved."""
        changed = [name for name in COLUMNS if getattr(self, name) != getattr(profile, name)]
        for name in changed:
            setattr(self, name, getattr(profile, name))
        return changed

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
