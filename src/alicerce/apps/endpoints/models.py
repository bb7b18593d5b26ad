"""Who is told of events by webhook, the log of events, and every delivery with its attempts."""

from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q, UniqueConstraint

from alicerce.apps.endpoints.rules.schedule import GIVES_UP_AFTER, TRIED_WITHOUT_REST
from alicerce.apps.endpoints.types import (
    OPEN,
    DeliveryStatus,
    DisabledReason,
    Outcome,
)
from alicerce.kernel.crypto import SecretField, reveal, seal
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantModel, TenantQuerySet

SIDE_BY_SIDE = 4
BOTH_SECRETS_FOR = timedelta(hours=24)
SENDS_WITHIN = timedelta(seconds=60)


class EndpointQuerySet(TenantQuerySet["Endpoint"]):
    def lock(self, pk: UUID) -> "Endpoint":
        """Without the key: whoever publishes an event for it refers to it, and must not wait."""
        return self.select_for_update(no_key=True, of=("self",)).get(pk=pk)

    def lock_if_there(self, pk: UUID) -> "Endpoint | None":
        return self.select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()


class Endpoint(TenantModel):
    """An address that is told of some events. `types` holds names, families or `*`."""

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

    objects: ClassVar[EndpointQuerySet] = EndpointQuerySet.as_manager()  # type: ignore[assignment]

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


class LoggedEvent(TenantModel):
    """A fact as it is told outside: kept a month."""

    type = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    subject = models.UUIDField()
    at = models.DateTimeField()
    data = models.JSONField()

    class Meta(TenantModel.Meta):
        indexes: ClassVar = [
            models.Index(fields=["tenant", "type", "-id"], name="logged_events_of_type"),
            models.Index(fields=["tenant", "at"], name="logged_events_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.id}"


class DeliveryQuerySet(TenantQuerySet["Delivery"]):
    def open(self) -> "DeliveryQuerySet":
        return self.filter(status__in=OPEN)

    def due(self, endpoint: Endpoint, *, at: datetime) -> "DeliveryQuerySet":
        """Oldest first; where order matters, only the first open one of each subject."""
        due = self.open().filter(endpoint=endpoint, next_at__lte=at).order_by("event_id")
        if not endpoint.is_ordered:
            return due
        earlier = Delivery.objects.open().filter(
            tenant=OuterRef("tenant"),
            endpoint=OuterRef("endpoint"),
            subject=OuterRef("subject"),
            event_id__lt=OuterRef("event_id"),
        )
        return due.filter(~Exists(earlier))

    def sending(self, endpoint: Endpoint, *, at: datetime) -> "DeliveryQuerySet":
        return self.filter(endpoint=endpoint, status=DeliveryStatus.SENDING, next_at__gt=at)

    def give_up_all(self, endpoint: Endpoint, error: str) -> int:
        return (
            self.open()
            .filter(endpoint=endpoint)
            .update(status=DeliveryStatus.FAILED, error=error)
        )


class Delivery(OperatedModel):
    """One event for one endpoint: at most one row, whatever is repeated.

    `attempts` counts all of them, `tries` those of this round: a replay begins another.
    """

    endpoint = TenantForeignKey(Endpoint, models.CASCADE)
    event = TenantForeignKey(LoggedEvent, models.CASCADE)
    subject = models.UUIDField()
    status = models.CharField(
        max_length=9, choices=[(s, s) for s in DeliveryStatus], default=DeliveryStatus.PENDING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    answered = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True)

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "endpoint", "event"], name="delivery_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["tenant", "endpoint", "next_at"],
                condition=Q(status__in=[s.value for s in OPEN]),
                name="deliveries_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} to {self.endpoint_id}"

    def leave(self, *, at: datetime) -> None:
        """On its way. If nobody writes down how that ended, it is due again a minute later."""
        self.attempts += 1
        self.tries += 1
        self.status, self.next_at = DeliveryStatus.SENDING, at + SENDS_WITHIN
        self.save(update_fields=["attempts", "tries", "status", "next_at"])

    def is_at(self, number: int) -> bool:
        """Whether this attempt is the latest and its end is not written yet."""
        return self.attempts == number and self.status == DeliveryStatus.SENDING

    def become_delivered(self, outcome: Outcome, *, at: datetime) -> None:
        self.status, self.delivered_at = DeliveryStatus.DELIVERED, at
        self._keep(outcome, "delivered_at")

    def wait(self, outcome: Outcome, *, until: datetime) -> None:
        self.status, self.next_at = DeliveryStatus.PENDING, until
        self._keep(outcome, "next_at")

    def give_up(self, outcome: Outcome) -> None:
        self.status = DeliveryStatus.FAILED
        self._keep(outcome)

    def _keep(self, outcome: Outcome, *also: str) -> None:
        self.answered, self.error = outcome.status, outcome.error[:200]
        self.save(update_fields=["status", "answered", "error", *also])

    def begin_again(self, *, at: datetime) -> bool:
        if DeliveryStatus(self.status).is_open:
            return False
        self.status, self.tries, self.next_at = DeliveryStatus.PENDING, 0, at
        self.save(update_fields=["status", "tries", "next_at"])
        return True


class Attempt(TenantModel):
    """One request and its answer. Written once."""

    delivery = TenantForeignKey(Delivery, models.CASCADE)
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    url = models.CharField(max_length=2000)
    headers = models.JSONField()
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=200, blank=True)
    answer = models.TextField(blank=True)
    milliseconds = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "delivery", "number"], name="attempt_once"),
        ]

    def __str__(self) -> str:
        return f"attempt {self.number} of {self.delivery_id}"


__all__ = ["Attempt", "Delivery", "Endpoint", "LoggedEvent"]
