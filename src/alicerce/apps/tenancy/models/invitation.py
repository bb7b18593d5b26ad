"""Invitations: to work in a company, or to pay for it."""

import secrets
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum, UniqueConstraint
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from alicerce.apps.tenancy.rules import INVITATION_LASTS, MOST_LETTERS
from alicerce.apps.tenancy.types import InvitationStatus, Purpose
from alicerce.kernel.db import TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory

PURPOSE = "alicerce.tenancy.invitation"


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


class InvitationQuerySet(TenantQuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        return self.filter(status=InvitationStatus.OPEN)

    def letters(self) -> int:
        """How many went out for these."""
        sent: int | None = self.aggregate(sent=Sum("letters"))["sent"]
        return sent or 0


class Invitation(TenantModel):
    """One address, asked once. Its token is kept nowhere: only its digest, to know it by."""

    inventory: ClassVar = Inventory(
        _("Convites para a equipe"),
        of={"email": "email", "user": "accepted_by_id"},
        erase="email",
        plain="role nonce token_hash",
        hidden="nonce token_hash",
        deletes=True,
    )

    purpose = models.CharField(max_length=8, choices=[(p.value, p.value) for p in Purpose])
    email = models.EmailField()
    role = models.CharField(max_length=40, blank=True)
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    sent_by_key = models.UUIDField(null=True)
    sent_at = models.DateTimeField()
    letters = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()
    status = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in InvitationStatus],
        default=InvitationStatus.OPEN,
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = InvitationQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "purpose", "email"],
                condition=Q(status=InvitationStatus.OPEN),
                name="one_open_invitation",
            ),
            UniqueConstraint(fields=["tenant", "token_hash"], name="invitation_token_once"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"

    @property
    def token(self) -> str:
        """What its letter carries: made again from the row and a key outside of the database."""
        made = salted_hmac(PURPOSE, f"{self.id}|{self.nonce}", algorithm="sha256")
        return made.hexdigest()

    def is_good(self, *, at: datetime) -> bool:
        return self.status == InvitationStatus.OPEN and at < self.expires_at

    def may_be_sent(self) -> bool:
        return self.letters < MOST_LETTERS

    def send(self, *, role: str, by: UUID, at: datetime, key_id: UUID | None = None) -> None:
        """Go out under a new token, which ends the one before. Whoever sends it vouches for it."""
        self.role, self.nonce = role, secrets.token_hex(16)
        self.invited_by_id, self.sent_by_key = by, key_id
        self.token_hash = digest_of(self.token)
        self.sent_at, self.expires_at = at, at + INVITATION_LASTS
        self.letters += 1
        self.save()

    def become_accepted(self, *, by: UUID, at: datetime) -> None:
        self.status, self.accepted_by_id, self.settled_at = InvitationStatus.ACCEPTED, by, at
        self.save(update_fields=["status", "accepted_by", "settled_at"])

    def withdraw(self, *, at: datetime) -> bool:
        """Take it back. False when it was accepted or withdrawn before."""
        if self.status != InvitationStatus.OPEN:
            return False
        self.status, self.settled_at = InvitationStatus.WITHDRAWN, at
        self.save(update_fields=["status", "settled_at"])
        return True
