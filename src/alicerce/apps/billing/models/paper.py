"""Sheets that were printed, kept for a while so that nobody waits twice."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import UniqueConstraint

from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory


class PaperQuerySet(TenantQuerySet["Paper"]):
    def made_before(self, moment: datetime) -> "PaperQuerySet":
        return self.filter(made_at__lt=moment)


class Paper(TenantModel):
    """A PDF, known by what it says: another word on it is another sheet."""

    inventory: ClassVar = Inventory(
        of={"customer": "customer_id"},
        erase="body",
        plain="digest",
        hidden="digest",
        deletes=True,
    )

    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    digest = models.CharField(max_length=64)
    body = models.BinaryField()
    made_at = models.DateTimeField()

    objects: ClassVar[Any] = PaperQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "digest"], name="paper_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "customer"], name="papers_of_customer"),
            models.Index(fields=["tenant", "made_at"], name="papers_by_age"),
        ]

    def __str__(self) -> str:
        return self.digest
