"""People. A person is global: one e-mail, one sign-in, no role of their own."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from alicerce.apps.identity.rules import PROOF_LASTS
from alicerce.apps.identity.types import Area
from alicerce.kernel.db import PlatformModel, TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.isolation import PlatformTable, TenantKey, TenantWall
from alicerce.kernel.personal import ERASED, Inventory, address_alias


class People(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(PlatformModel, AbstractBaseUser):
    """A person who can sign in."""

    inventory: ClassVar = Inventory(
        _("Cadastro da pessoa"),
        of={"user": "id"},
        names={"email": "email"},
        erase="email name",
        plain="locale password",
        instead={"email": address_alias, "password": "!", "is_active": False},
        hidden="password",
    )

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    locale = models.CharField(max_length=8, default="pt-br")
    is_active = models.BooleanField(default=True)

    objects: ClassVar[Any] = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta(PlatformModel.Meta):
        constraints: ClassVar = [
            PlatformTable(name="identity_user_grants", app="select, insert, update"),
            CheckConstraint(condition=models.Q(email=Lower(F("email"))), name="email_is_lower"),
        ]

    def __str__(self) -> str:
        return self.email


class ApprovalQuerySet(TenantQuerySet["Approval"]):
    def spend(self, *, at: datetime) -> bool:
        """Use the approval up. False when it was not proven lately, or somebody used it before."""
        fresh = self.filter(used_at=None, proven_at__gt=at - PROOF_LASTS)
        return fresh.update(used_at=at) == 1


class Approval(TenantModel):
    """One sensitive action that one person, in one session, proves to be theirs; good for once.

    `digest` is over all that the person was shown: what changed since then needs another approval.
    """

    inventory: ClassVar = Inventory(
        _("Ações confirmadas"),
        of={"user": "user_id"},
        erase="title path",
        plain="session action digest",
        hidden="session digest",
        deletes=True,
    )

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    session = models.CharField(max_length=64)
    action = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    path = models.CharField(max_length=500)
    title = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ApprovalQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [
            models.Index(fields=["tenant", "asked_at"], name="approvals_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.action} by {self.user_id}"

    def become_proven(self, *, at: datetime) -> bool:
        """Somebody showed that it is they. False when that is known, or the approval is used up."""
        if self.proven_at or self.used_at:
            return False
        self.proven_at = at
        self.save(update_fields=["proven_at"])
        return True


class Impersonation(TenantModel):
    """One person sees a company's pages in another's place, for a reason, until it ends.

    Nothing of it ever changes but that it ends, and that its words are erased with the person they
    are about: a trigger refuses the rest.
    """

    inventory: ClassVar = Inventory(
        _("Acessos em seu lugar"),
        of={"user": "subject_id"},
        erase="reason ticket",
        instead={"reason": ERASED},
    )

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    subject = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    area = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Area])
    reason = models.CharField(max_length=300)
    ticket = models.CharField(max_length=40, blank=True)
    may_write = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    consent = TenantForeignKey("StandInConsent", models.PROTECT, null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            TenantKey(name="%(app_label)s_%(class)s_key"),
            TenantWall(
                name="%(app_label)s_%(class)s_wall",
                verbs="select, insert, update",
            ),
            CheckConstraint(condition=~Q(reason=""), name="impersonation_has_reason"),
            CheckConstraint(condition=~Q(actor=F("subject")), name="impersonation_of_another"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "-started_at"], name="impersonations_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} as {self.subject_id}"

    def is_open(self, *, at: datetime) -> bool:
        return self.ended_at is None and at < self.ends_at

    def end(self, *, at: datetime) -> bool:
        """Stop now. False when it stopped before; what ran out ended when it ran out."""
        if self.ended_at:
            return False
        self.ended_at = min(at, self.ends_at)
        self.save(update_fields=["ended_at"])
        return True
