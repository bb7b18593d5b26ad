"""Keys of the API, what was done with them, and answers kept for those who ask again."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.developers.rules import status_of
from alicerce.apps.developers.types import REFUSED, KeyStatus, KeyView, Mode
from alicerce.kernel.crypto import SecretField
from alicerce.kernel.db import TenantModel
from alicerce.kernel.personal import Inventory


class ApiKey(TenantModel):
    """A program's way in. Its secret was shown once; here is only its digest."""

    inventory: ClassVar = Inventory(
        _("Chaves de API criadas"),
        of={"user": "made_by"},
        plain="name digest shown scopes networks api_version",
        hidden="digest",
    )

    name = models.CharField(max_length=80)
    mode = models.CharField(max_length=4, choices=[(m.value, m.value) for m in Mode])
    digest = models.CharField(max_length=64)
    shown = models.CharField(max_length=16)
    scopes = models.JSONField(default=list)
    networks = models.JSONField(default=list)
    made_by = models.UUIDField()
    made_by_key = models.UUIDField(null=True)
    api_version = models.CharField(max_length=7, db_default="2026-11")
    replaced_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "digest"], name="api_key_digest_once"),
            CheckConstraint(condition=Q(mode__in=list(Mode)), name="api_key_mode"),
        ]
        indexes: ClassVar = [
            Index(
                fields=["tenant", "made_by_key"],
                condition=Q(made_by_key__isnull=False),
                name="keys_made_by_key",
            )
        ]

    def __str__(self) -> str:
        return self.shown

    def status(self, *, at: datetime) -> KeyStatus:
        return status_of(revoked_at=self.revoked_at, expires_at=self.expires_at, at=at)

    def revoke(self, *, at: datetime) -> bool:
        """Open nothing from now on. False when it already does not."""
        if self.revoked_at is not None:
            return False
        self.revoked_at = at
        self.save(update_fields=["revoked_at"])
        return True

    def give_way(self, to: "ApiKey", *, until: datetime) -> None:
        """Live on beside the new key until then, and no longer than it would have."""
        self.replaced_by = to.id
        self.expires_at = min(until, self.expires_at or until)
        self.save(update_fields=["replaced_by", "expires_at"])

    def view(self, *, at: datetime) -> KeyView:
        return KeyView(
            id=self.id,
            name=self.name,
            mode=Mode(self.mode),
            shown=self.shown,
            scopes=tuple(self.scopes),
            networks=tuple(self.networks),
            status=self.status(at=at),
            api_version=self.api_version,
            made_by=self.made_by,
            created_at=self.created_at,
            expires_at=self.expires_at,
            last_used_at=self.last_used_at,
            revoked_at=self.revoked_at,
        )


class LoggedCall(TenantModel):
    """One use of the API: what was asked, not what was said. Dropped after a month.

    `api_key_id` is the caller: a key or, where `app_name` says what it is called, an app.
    `problem` is the code of the refusal.
    """

    inventory: ClassVar = Inventory(plain="method route idempotency_key app_name problem")

    at = models.DateTimeField()
    method = models.CharField(max_length=7)
    route = models.CharField(max_length=120)
    status = models.PositiveSmallIntegerField()
    milliseconds = models.PositiveIntegerField()
    problem = models.CharField(max_length=60, blank=True, db_default="")
    api_key_id = models.UUIDField()
    app_name = models.CharField(max_length=80, blank=True, db_default="")
    request_id = models.UUIDField()
    idempotency_key = models.CharField(max_length=255, blank=True)

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [
            Index(fields=["tenant", "at"], name="calls_by_age"),
            Index(fields=["tenant", "api_key_id", "-id"], name="calls_of_key"),
            Index(fields=["tenant", "request_id"], name="calls_by_request"),
            Index(
                fields=["tenant", "-id"], condition=Q(status__gte=REFUSED), name="calls_refused"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.route} {self.status}"


class KeptAnswer(TenantModel):
    """What a POST was answered, for whoever sends it again under the same key.

    Nobody is looked for in it: the body is sealed, and dropped after a day.
    """

    inventory: ClassVar = Inventory(plain="route key fingerprint headers body")

    api_key_id = models.UUIDField()
    route = models.CharField(max_length=120)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = SecretField()
    answered_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "api_key_id", "route", "key"], name="one_answer_per_key"
            ),
        ]
        indexes: ClassVar = [Index(fields=["tenant", "answered_at"], name="answers_by_age")]

    def __str__(self) -> str:
        return f"{self.route} {self.status}"
