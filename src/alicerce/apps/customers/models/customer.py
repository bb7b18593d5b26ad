"""The customer, its tier, its tags, and the words it is found by."""

from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.customers.errors import CustomerClosed, StaleCustomer
from alicerce.apps.customers.types import (
    CustomerCard,
    CustomerDetail,
    CustomerKind,
    CustomerStatus,
    Profile,
)
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import FISCAL, Inventory, address_alias

COLUMNS = (
    "name",
    "trade_name",
    "kind",
    "email",
    "document",
    "document_kind",
    "phone",
    "locale",
    "tier_id",
    "external_reference",
    "state_registration",
    "city_registration",
    "iss_withheld",
)


class Tier(TenantModel):
    """A class of customers that the tenant tells apart, in the tenant's own words."""

    inventory: ClassVar = Inventory(plain="name")

    name = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "name"], name="tier_once_per_tenant"),
        ]

    def __str__(self) -> str:
        return self.name

    def take_name(self, name: str) -> bool:
        """False when it is its name already."""
        if name == self.name:
            return False
        self.name = name
        self.save(update_fields=["name"])
        return True


class CustomerQuerySet(TenantQuerySet["Customer"]):
    def same_as(self, *, email: str, document: str) -> "Customer":
        """Who already has this e-mail and document, or else this document."""
        known = self.filter(document=document)
        exactly: Customer | None = known.filter(email=email).first()
        return exactly or known.get(is_duplicate=False)


class Customer(OperatedModel):
    """Who buys from the tenant: a person or a company."""

    inventory: ClassVar = Inventory(
        _("Cadastro de cliente"),
        of={"customer": "id"},
        names={"email": "email"},
        erase="email phone external_reference",
        keep={FISCAL: "name trade_name document state_registration city_registration"},
        plain="locale",
        instead={"email": address_alias},
    )

    name = models.CharField(max_length=120)
    trade_name = models.CharField(max_length=120, default="", blank=True)
    kind = models.CharField(
        max_length=8,
        choices=[(kind.value, kind.value) for kind in CustomerKind],
        default=CustomerKind.PERSON,
    )
    email = models.EmailField()
    document = models.CharField(max_length=14, default="", blank=True)
    document_kind = models.CharField(
        max_length=4, choices=[("cpf", "CPF"), ("cnpj", "CNPJ")], default="", blank=True
    )
    # Documents became unique when there were customers already: the later ones of a document are marked.
    is_duplicate = models.BooleanField(default=False)
    phone = models.CharField(max_length=20, default="", blank=True)
    locale = models.CharField(max_length=8, default="pt-br")
    status = models.CharField(
        max_length=8,
        choices=[(status.value, status.value) for status in CustomerStatus],
        default=CustomerStatus.ACTIVE,
    )
    tier = TenantForeignKey(Tier, models.PROTECT, null=True)
    external_reference = models.CharField(max_length=80, default="", blank=True)
    state_registration = models.CharField(max_length=20, default="", blank=True)
    city_registration = models.CharField(max_length=20, default="", blank=True)
    iss_withheld = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    # The file of this app, or the copy of another program's database, that the customer came with.
    brought_by = models.UUIDField(null=True, editable=False)

    objects: ClassVar = CustomerQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            # Without a document, who has a reference is told apart by that: one mailbox may stand for two.
            UniqueConstraint(
                fields=["tenant", "email", "document"],
                condition=~Q(document="") | Q(external_reference=""),
                name="customer_once_per_tenant",
            ),
            UniqueConstraint(
                fields=["tenant", "document"],
                condition=~Q(document="") & Q(is_duplicate=False),
                name="customer_document_once",
            ),
            UniqueConstraint(
                fields=["tenant", "external_reference"],
                condition=~Q(external_reference=""),
                name="customer_reference_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "name", "id"], name="customers_by_name"),
            models.Index(fields=["tenant", "document"], name="customers_by_document"),
            models.Index(fields=["tenant", "email", "id"], name="customers_by_email"),
            models.Index(fields=["tenant", "status", "id"], name="customers_by_status"),
            models.Index(fields=["tenant", "tier", "id"], name="customers_by_tier"),
            models.Index(
                fields=["tenant", "brought_by", "id"],
                condition=Q(brought_by__isnull=False),
                name="customers_brought",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def adopt(self, profile: Profile, *, expected_version: int | None = None) -> list[str]:
        """Take over what differs; the names of those fields. Raises StaleCustomer."""
        if expected_version not in {None, self.version}:
            raise StaleCustomer
        changed = [name for name in COLUMNS if getattr(self, name) != getattr(profile, name)]
        for name in changed:
            setattr(self, name, getattr(profile, name))
        if "document" in changed:
            self.is_duplicate = False
        return changed

    def store(self, changed: Iterable[str]) -> None:
        self.version += 1
        self.save(update_fields=[*changed, "is_duplicate", "version"])

    def become(self, status: CustomerStatus) -> bool:
        """False when it is so already. A closed customer is only reopened. Raises CustomerClosed."""
        if self.status == status:
            return False
        if self.status == CustomerStatus.CLOSED and status != CustomerStatus.ACTIVE:
            raise CustomerClosed
        self.status = status
        self.version += 1
        self.save(update_fields=["status", "version"])
        return True

    def card(self) -> CustomerCard:
        return CustomerCard(
            id=self.id,
            name=self.name,
            email=self.email,
            document=self.document,
            document_kind=self.document_kind,
            locale=self.locale,
        )

    def detail(self, tags: tuple[str, ...]) -> CustomerDetail:
        return CustomerDetail(
            id=self.id,
            created_at=self.created_at,
            version=self.version,
            status=CustomerStatus(self.status),
            tier_name=self.tier.name if self.tier else "",
            profile=Profile(
                tags=tags,
                **{name: getattr(self, name) for name in COLUMNS},
            ),
        )


class Tag(TenantModel):
    """A word that the tenant put on a customer."""

    inventory: ClassVar = Inventory(
        _("Etiquetas"), of={"customer": "customer_id"}, erase="name", deletes=True
    )

    customer = TenantForeignKey(Customer, models.CASCADE)
    name = models.CharField(max_length=40)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "name", "customer"], name="tag_once"),
        ]

    def __str__(self) -> str:
        return self.name


class WordQuerySet(TenantQuerySet["Word"]):
    def beginning(self, prefix: str) -> Self:
        """By range and not by pattern: row-level security lets only such a comparison use the index."""
        return self.filter(word__gte=prefix, word__lt=prefix + "\U0010ffff")


class Word(TenantModel):
    """A word by which a customer is found, without accents: of the profile, or of what they have."""

    inventory: ClassVar = Inventory(
        _("Palavras de busca"),
        of={"customer": "customer_id"},
        erase="word",
        plain="origin",
        deletes=True,
    )

    customer = TenantForeignKey(Customer, models.CASCADE)
    word = models.CharField(max_length=80, db_collation="C")
    origin = models.CharField(max_length=48)

    objects: ClassVar = WordQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "word", "customer", "origin"], name="word_once"),
        ]

    def __str__(self) -> str:
        return self.word
