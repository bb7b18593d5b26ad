"""What is kept beside a customer: where, whom to call, what was noted."""

from typing import ClassVar

from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.customers.models.customer import Customer
from alicerce.apps.customers.types import (
    AddressCard,
    AddressKind,
    ContactCard,
    ContactRole,
    NoteCard,
)
from alicerce.kernel.db import TenantForeignKey, TenantModel
from alicerce.kernel.isolation import TenantKey, TenantWall
from alicerce.kernel.personal import FISCAL, Inventory


class Address(TenantModel):
    """Where a customer is. The one for billing goes on invoices. A state alone leads to nobody."""

    inventory: ClassVar = Inventory(
        _("Endereços"),
        of={"customer": "customer_id"},
        keep={FISCAL: "postal_code street number complement district city"},
        plain="state",
    )

    customer = TenantForeignKey(Customer, models.CASCADE)
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in AddressKind])
    postal_code = models.CharField(max_length=8)
    street = models.CharField(max_length=120)
    number = models.CharField(max_length=20)
    complement = models.CharField(max_length=80, default="", blank=True)
    district = models.CharField(max_length=80)
    city = models.CharField(max_length=80)
    state = models.CharField(max_length=2)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "customer"],
                condition=Q(kind=AddressKind.BILLING),
                name="one_billing_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.street}, {self.number}"

    def card(self) -> AddressCard:
        return AddressCard(
            id=self.id,
            kind=AddressKind(self.kind),
            postal_code=self.postal_code,
            street=self.street,
            number=self.number,
            complement=self.complement,
            district=self.district,
            city=self.city,
            state=self.state,
        )


class Contact(TenantModel):
    """Whom to talk to; no sign-in comes with it."""

    inventory: ClassVar = Inventory(
        _("Contatos"),
        of={"customer": "customer_id", "email": "email"},
        erase="name email phone",
        deletes=True,
    )

    customer = TenantForeignKey(Customer, models.CASCADE)
    name = models.CharField(max_length=120)
    email = models.EmailField(default="", blank=True)
    phone = models.CharField(max_length=20, default="", blank=True)
    role = models.CharField(max_length=12, choices=[(r.value, r.value) for r in ContactRole])

    def __str__(self) -> str:
        return self.name

    def card(self) -> ContactCard:
        return ContactCard(self.id, self.name, self.email, self.phone, ContactRole(self.role))


class Note(TenantModel):
    """What somebody of the company noted, for the company alone. Written once, never rewritten."""

    inventory: ClassVar = Inventory(
        _("Anotações"),
        of={"customer": "customer_id"},
        erase="body",
        plain="author",
        deletes=True,
    )

    customer = TenantForeignKey(Customer, models.CASCADE)
    author = models.CharField(max_length=120)
    body = models.TextField(max_length=4000)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            TenantKey(name="%(app_label)s_%(class)s_key"),
            TenantWall(name="%(app_label)s_%(class)s_wall", verbs="select, insert, delete"),
        ]

    def __str__(self) -> str:
        return self.body[:40]

    def card(self) -> NoteCard:
        return NoteCard(self.id, self.author, self.body, self.at)
