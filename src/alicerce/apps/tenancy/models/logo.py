"""A company's logo: the one in use, the one that is tried, and those that letters already sent still show."""

from datetime import datetime
from typing import Any, ClassVar, Literal

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from alicerce.apps.tenancy.types.brand import LogoView
from alicerce.kernel.db import TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory


class LogoQuerySet(TenantQuerySet["Logo"]):
    def current(self) -> "LogoQuerySet":
        return self.filter(is_current=True)

    def tried(self) -> "LogoQuerySet":
        return self.filter(used_at__isnull=True)


class Logo(TenantModel):
    """A picture that was made safe, known by what it is: its address never shows another."""

    inventory: ClassVar = Inventory(plain="body digest")

    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=3, choices=[("png", "png"), ("svg", "svg")])
    body = models.BinaryField()
    is_current = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = LogoQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "digest"], name="logo_once"),
            UniqueConstraint(
                fields=["tenant"], condition=Q(is_current=True), name="one_current_logo"
            ),
            CheckConstraint(
                condition=Q(is_current=False) | Q(used_at__isnull=False),
                name="current_logo_is_used",
            ),
        ]

    def __str__(self) -> str:
        return self.path

    @property
    def path(self) -> str:
        return f"/marca/{self.digest}.{self.kind}"

    def view(self) -> LogoView:
        kind: Literal["png", "svg"] = "svg" if self.kind == "svg" else "png"
        return LogoView(self.digest, kind, self.path, bytes(self.body))

    def use(self, *, at: datetime) -> bool:
        """Be the company's. False when it is already."""
        if self.is_current:
            return False
        self.is_current, self.used_at = True, self.used_at or at
        self.save(update_fields=["is_current", "used_at"])
        return True

    def rest(self) -> None:
        """Be it no more; what was sent with it still finds it."""
        self.is_current = False
        self.save(update_fields=["is_current"])
