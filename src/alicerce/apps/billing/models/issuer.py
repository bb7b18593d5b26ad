"""As whom a company asks for money, where it is more than one."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.types.issuers import OF_OLD, IssuerCard, IssuerForm
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory


class IssuerQuerySet(TenantQuerySet["Issuer"]):
    def standing(self) -> "IssuerQuerySet":
        return self.filter(retired_at=None)


class Issuer(TenantModel):
    """Another issuer beside the company itself. Its series is its own for good: that is how invoices name it."""

    inventory: ClassVar = Inventory(
        plain="legal_name document city_registration address city series"
    )

    legal_name = models.CharField(max_length=160)
    document = models.CharField(max_length=14)
    city_registration = models.CharField(max_length=15, blank=True)
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=80, blank=True)
    series = models.CharField(max_length=4)
    is_default = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = IssuerQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "series"], name="one_issuer_per_series"),
            UniqueConstraint(
                fields=["tenant"], condition=Q(is_default=True), name="one_default_issuer"
            ),
            CheckConstraint(
                condition=Q(series__regex=r"^[A-Z]{1,4}$") & ~Q(series__in=["A", "NC", OF_OLD]),
                name="issuer_series_of_letters",
            ),
            CheckConstraint(
                condition=Q(is_default=False) | Q(retired_at__isnull=True),
                name="default_issuer_not_retired",
            ),
        ]

    def __str__(self) -> str:
        return self.series

    def adopt(self, form: IssuerForm) -> None:
        for name in IssuerForm.__slots__:
            setattr(self, name, getattr(form, name))
        self.save()

    def retire(self, *, at: datetime) -> bool:
        """Issue nothing more of itself. False when it does not already."""
        if self.retired_at:
            return False
        self.retired_at = at
        self.save(update_fields=["retired_at"])
        return True

    def restore(self) -> bool:
        if self.retired_at is None:
            return False
        self.retired_at = None
        self.save(update_fields=["retired_at"])
        return True

    def become_default(self) -> None:
        """In place of whichever was."""
        Issuer.objects.filter(is_default=True).exclude(pk=self.pk).update(is_default=False)
        self.is_default = True
        self.save(update_fields=["is_default"])

    def card(self) -> IssuerCard:
        return IssuerCard(
            id=self.id,
            legal_name=self.legal_name,
            document=self.document,
            city=self.city,
            series=self.series,
            is_default=self.is_default,
            city_registration=self.city_registration,
            address=self.address,
            retired_at=self.retired_at,
        )


class CustomerIssuer(TenantModel):
    """Who bills one customer, whatever the default. Without an issuer it is the company itself."""

    inventory: ClassVar = Inventory(
        _("Quem emite as suas faturas"), of={"customer": "customer_id"}
    )

    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    issuer = TenantForeignKey(Issuer, models.PROTECT, null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "customer"], name="one_issuer_per_customer"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "issuer"], name="customers_of_issuer")
        ]

    def __str__(self) -> str:
        return str(self.customer_id)
