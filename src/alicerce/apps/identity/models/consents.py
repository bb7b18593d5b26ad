"""Asking a company to be let in."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.identity.rules import IMPERSONATION_LASTS
from alicerce.apps.identity.types import Area
from alicerce.kernel.db import OperatedModel, TenantQuerySet
from alicerce.kernel.personal import ERASED, Inventory


class ConsentQuerySet(TenantQuerySet["StandInConsent"]):
    def waiting(self, *, at: datetime) -> "ConsentQuerySet":
        return self.filter(answered_at=None, expires_at__gt=at)

    def spend(self, *, at: datetime) -> bool:
        """Use a yes up. False when there is none, it is too old, or somebody used it before."""
        good = self.filter(is_granted=True, used_at=None, withdrawn_at=None, expires_at__gt=at)
        return good.update(used_at=at) == 1


class StandInConsent(OperatedModel):
    """One person asks to see a company's pages in another's place; answered once, good once.

    Good for exactly what was asked: this actor, this subject, these pages, this reason.
    """

    inventory: ClassVar = Inventory(
        _("Pedidos de acesso em seu lugar"),
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
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        db_index=False,
        null=True,
    )
    is_granted = models.BooleanField(default=False)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ConsentQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            CheckConstraint(condition=~Q(reason=""), name="consent_has_reason"),
            CheckConstraint(condition=~Q(actor=F("subject")), name="consent_is_about_another"),
            CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("actor")),
                name="consent_is_anothers",
            ),
            CheckConstraint(
                condition=Q(answered_at__isnull=False) | Q(is_granted=False, used_at=None),
                name="consent_is_answered_first",
            ),
            CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(is_granted=True),
                name="consent_is_given_before_withdrawn",
            ),
            UniqueConstraint(
                fields=["tenant", "actor", "subject"],
                condition=Q(answered_at=None),
                name="consent_asked_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "-asked_at"], name="consents_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} for {self.subject_id}"

    @property
    def good_until(self) -> datetime | None:
        """When a yes opens nothing any more, by itself; None of what is no yes, or was taken back."""
        if not self.is_granted or self.withdrawn_at:
            return None
        return self.used_at + IMPERSONATION_LASTS if self.used_at else self.expires_at

    def answer(self, *, by: Any, is_granted: bool, at: datetime) -> bool:
        """Say yes or no. False when somebody did, or it is too late."""
        if self.answered_at or at >= self.expires_at:
            return False
        self.answered_at, self.answered_by_id, self.is_granted = at, by, is_granted
        self.save(update_fields=["answered_at", "answered_by", "is_granted"])
        return True

    def withdraw(self, *, at: datetime) -> bool:
        """Take a yes back. False when there is none that still opens anything."""
        if self.good_until is None or at >= self.good_until:
            return False
        self.withdrawn_at = at
        self.save(update_fields=["withdrawn_at"])
        return True
