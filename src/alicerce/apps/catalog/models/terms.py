"""What a buyer agrees to, version by version."""

from typing import ClassVar

from django.db import models
from django.db.models import UniqueConstraint

from alicerce.kernel.db import AppendOnlyModel
from alicerce.kernel.personal import Inventory


class Terms(AppendOnlyModel):
    """One version of the company's terms of sale. Written once: orders say which they accepted."""

    inventory: ClassVar = Inventory(plain="body")

    version = models.PositiveIntegerField()
    body = models.TextField()
    published_at = models.DateTimeField()

    class Meta(AppendOnlyModel.Meta):
        constraints: ClassVar = [
            *AppendOnlyModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "version"], name="terms_version_per_tenant"),
        ]

    def __str__(self) -> str:
        return str(self.version)
