"""Who is told of events by webhook."""

from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from alicerce.apps.endpoints.rules.schedule import GIVES_UP_AFTER, TRIED_WITHOUT_REST
from alicerce.apps.endpoints.types import (
    DisabledReason,
)
from alicerce.kernel.crypto import SecretField, reveal, seal
from alicerce.kernel.db import TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory

SIDE_BY_SIDE = 4
BOTH_SECRETS_FOR = timedelta(hours=24)


class EndpointQuerySet(TenantQuerySet["Endpoint"]):
    def lock(self, pk: UUID) -> "Endpoint":
        """Without the key: whoever publishes an event for it refers to it, and must not wait."""
        return self.select_for_update(no_key=True, of=("self",)).get(pk=pk)

    def lock_if_there(self, pk: UUID) -> "Endpoint | None":
        return self.select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()


class StandingOrDeleted(models.Manager.from_queryset(EndpointQuerySet)):  # type: ignore[misc]
    """What there is; or only what is deleted, and waits for its deliveries to go."""

    def __init__(self, *, deleted: bool = False) -> None:
        super().__init__()
        self._deleted = deleted

    def get_queryset(self) -> EndpointQuerySet:
        found: EndpointQuerySet = super().get_queryset()
        return found.filter(deleted_at__isnull=not self._deleted)


class Endpoint(TenantModel):
    """An address that is told of some events. `types` holds names, families or `*`."""

    inventory: ClassVar = Inventory(plain="url description types secret previous_secret")

    url = models.CharField(max_length=2000)
    description = models.CharField(max_length=200, blank=True)
    types = models.JSONField()
    is_ordered = models.BooleanField(default=False)
    disabled = models.CharField(
        max_length=8,
        blank=True,
        choices=[(r, r) for r in DisabledReason],
        default=DisabledReason.NOT,
    )
    secret = SecretField()
    previous_secret = SecretField()
    previous_secret_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    wakes_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)

    objects: ClassVar[EndpointQuerySet] = StandingOrDeleted()
    deleted: ClassVar[EndpointQuerySet] = StandingOrDeleted(deleted=True)

    def __str__(self) -> str:
        return self.url

    @property
    def is_enabled(self) -> bool:
        return self.disabled == DisabledReason.NOT

    def change(self, **wanted: Any) -> dict[str, Any]:
        """Take on what is wanted; what it was before, for each thing that changed."""
        before = {k: getattr(self, k) for k, v in wanted.items() if getattr(self, k) != v}
        for name in before:
            setattr(self, name, wanted[name])
        if before:
            self.save(update_fields=list(before))
        return before

    def take_secret(self, secret: str, *, at: datetime) -> None:
        """The new secret signs from now on; the one before signs along for a day."""
        if self.secret:
            seal(self, "previous_secret", reveal(self, "secret"))
            self.previous_secret_until = at + BOTH_SECRETS_FOR
        seal(self, "secret", secret)

    def secrets(self, *, at: datetime) -> list[str]:
        valid = [reveal(self, "secret")]
        if self.previous_secret_until and at < self.previous_secret_until:
            valid.append(reveal(self, "previous_secret"))
        return valid

    def room(self, *, sending: int, at: datetime) -> int:
        """How many parcels may leave now: none while it rests, one while it only fails."""
        if not self.is_enabled or (self.rests_until and at < self.rests_until):
            return 0
        return max(0, (1 if self.failures >= TRIED_WITHOUT_REST else SIDE_BY_SIDE) - sending)

    def wake(self, when: datetime, *, at: datetime) -> bool:
        """Whether nobody had set an alarm for then or before."""
        if self.wakes_at and at < self.wakes_at <= when:
            return False
        self.wakes_at = when
        self.save(update_fields=["wakes_at"])
        return True

    def note_success(self) -> None:
        if self.failures or self.rests_until:
            self.failures, self.failing_since, self.rests_until = 0, None, None
            self.save(update_fields=["failures", "failing_since", "rests_until"])

    def note_failure(self, *, at: datetime) -> bool:
        """Whether it has now failed for so long that nobody can be there."""
        self.failures += 1
        self.failing_since = self.failing_since or at
        self.save(update_fields=["failures", "failing_since"])
        return at - self.failing_since >= GIVES_UP_AFTER

    def rest(self, until: datetime) -> None:
        self.rests_until = until
        self.save(update_fields=["rests_until"])

    def disable(self, reason: DisabledReason) -> bool:
        if not self.is_enabled:
            return False
        self.disabled = reason
        self.save(update_fields=["disabled"])
        return True

    def enable(self) -> bool:
        if self.is_enabled:
            return False
        self.disabled = DisabledReason.NOT
        self.save(update_fields=["disabled"])
        self.note_success()
        return True

    def part(self, *, at: datetime) -> None:
        """Be gone for everybody. Nothing is sent any more, and nothing is left that could sign."""
        self.deleted_at, self.disabled = at, DisabledReason.BY_HAND
        self.secret, self.previous_secret, self.previous_secret_until = b"", b"", None
        self.save(
            update_fields=[
                "deleted_at",
                "disabled",
                "secret",
                "previous_secret",
                "previous_secret_until",
            ]
        )
