"""As whom a company issues tax documents."""

import json
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q, UniqueConstraint

from alicerce.apps.fiscal.types import Environment, IssuerCard, IssuerSpec, IssueWhen
from alicerce.kernel.crypto import SecretField, reveal, seal
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory

PLAIN = (
    "document", "city_code", "city_registration", "series", "simples", "simples_regime",
    "special_regime", "service_code", "nbs", "base_url", "ca_pem",
)  # fmt: skip


class IssuerQuerySet(TenantQuerySet["Issuer"]):
    def of(self, issuer_id: UUID | None) -> "IssuerQuerySet":
        """As whom an issuer declares; None is the company itself."""
        return self.filter(issuer_id=issuer_id) if issuer_id else self.filter(issuer=None)


class Issuer(TenantModel):
    """One for each issuer of a company; without one named it is the company itself. Its certificate and key are sealed, as every secret."""

    inventory: ClassVar = Inventory(plain=" ".join((*PLAIN, "certificate_name", "certificate")))

    issuer = TenantForeignKey("billing.Issuer", models.PROTECT, null=True)
    document = models.CharField(max_length=14)
    city_code = models.CharField(max_length=7)
    city_registration = models.CharField(max_length=15, blank=True)
    series = models.CharField(max_length=5)
    simples = models.CharField(max_length=1)
    simples_regime = models.CharField(max_length=1, blank=True)
    special_regime = models.CharField(max_length=1)
    service_code = models.CharField(max_length=6, blank=True)
    nbs = models.CharField(max_length=9, blank=True)
    when = models.CharField(max_length=7, choices=[(w.value, w.value) for w in IssueWhen])
    environment = models.CharField(
        max_length=1, choices=[(e.value, e.value) for e in Environment]
    )
    base_url = models.CharField(max_length=200, blank=True)
    ca_pem = models.TextField(blank=True)
    enabled = models.BooleanField(default=True)
    certificate = SecretField()
    certificate_name = models.CharField(max_length=200, blank=True)
    certificate_until = models.DateTimeField(null=True)

    objects: ClassVar[Any] = IssuerQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant"],
                condition=Q(issuer__isnull=True),
                name="one_fiscal_issuer_of_company",
            ),
            UniqueConstraint(fields=["tenant", "issuer"], name="one_fiscal_issuer_each"),
        ]

    def __str__(self) -> str:
        return self.document

    @property
    def is_ready(self) -> bool:
        return bool(self.enabled and self.certificate_until)

    def adopt(self, spec: IssuerSpec) -> None:
        for name in (*PLAIN, "when", "environment"):
            setattr(self, name, getattr(spec, name))
        self.save()

    def keep(self, *, cert_pem: str, key_pem: str, name: str, until: datetime) -> None:
        """Seal a certificate into the row."""
        seal(self, "certificate", json.dumps({"cert": cert_pem, "key": key_pem}))
        self.certificate_name, self.certificate_until = name[:200], until
        self.save(update_fields=["certificate", "certificate_name", "certificate_until"])

    def pems(self) -> tuple[str, str]:
        """Certificate and key in the clear."""
        found = json.loads(reveal(self, "certificate"))
        return found["cert"], found["key"]

    def spec(self) -> IssuerSpec:
        return IssuerSpec(
            **{name: getattr(self, name) for name in PLAIN},
            when=IssueWhen(self.when),
            environment=Environment(self.environment),
        )

    def card(self) -> IssuerCard:
        return IssuerCard(
            self.spec(), self.enabled, self.certificate_name, self.certificate_until
        )
