"""A name and its value, on a thing of another app."""

from typing import ClassVar

from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.metadata.types import ThingKind
from alicerce.kernel.db import TenantModel
from alicerce.kernel.personal import Inventory


class Datum(TenantModel):
    """One name and what it says. The thing is named by its id alone: it lives in an app above."""

    inventory: ClassVar = Inventory(
        _("Dados de integrações"),
        of={kind.value: "thing_id" for kind in ThingKind},
        erase="value",
        plain="name",
        deletes=True,
    )

    kind = models.CharField(
        max_length=8, choices=[(kind.value, kind.value) for kind in ThingKind]
    )
    thing_id = models.UUIDField()
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=500)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "kind", "thing_id", "name"], name="one_datum_of_a_name"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["tenant", "kind", "name", "value", "thing_id"], name="things_of_a_datum"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.kind} {self.thing_id}"
