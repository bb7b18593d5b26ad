"""Where people sign in from, so that a place never seen before is told of."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.kernel.db import PlatformModel
from alicerce.kernel.isolation import PlatformTable
from alicerce.kernel.personal import Inventory


class KnownDevice(PlatformModel):
    """A kind of browser at a place, on one account: digested, because nothing but equality is asked.

    `token_hash` is of the link in the letter that told of it; the first one of an account has none.
    """

    inventory: ClassVar = Inventory(
        _("Aparelhos conhecidos"),
        of={"user": "user_id"},
        plain="mark token_hash",
        hidden="mark token_hash",
        deletes=True,
    )

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    mark = models.CharField(max_length=64)
    seen_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    token_hash = models.CharField(max_length=64, blank=True)

    objects: ClassVar[Any] = models.Manager()

    class Meta(PlatformModel.Meta):
        constraints: ClassVar = [
            PlatformTable(
                name="identity_knowndevice_grants", app="select, insert, update, delete"
            ),
            UniqueConstraint(fields=["user", "mark"], name="device_known_once"),
            UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="device_by_letter"
            ),
        ]

    def __str__(self) -> str:
        return f"a device of {self.user_id}"
