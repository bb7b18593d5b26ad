"""The log of events, and every delivery with its attempts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.endpoints.models.endpoint import Endpoint
from alicerce.apps.endpoints.types import (
    OPEN,
    DeliveryStatus,
    Outcome,
)
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory, written_in

NUMBER = """
    update endpoints_loggedevent event set position = %s + given.place
    from unnest(%s::uuid[]) with ordinality as given (id, place)
    where event.id = given.id
"""
SENDS_WITHIN = timedelta(seconds=60)
ABOUT = ("customer", "email", "invoice", "line", "order", "run", "service", "ticket", "zone")


class LoggedEvent(TenantModel):
    """A fact as it is told outside: kept a month. It goes, with its deliveries, when whom it mentions does.

    Its id says when it was told, its position when a reader could see it first (`EventCounter`).
    """

    inventory: ClassVar = Inventory(
        _("Registro de eventos"),
        of={kind: written_in("data") for kind in ABOUT},
        names={"event": "id"},
        erase="data",
        plain="type",
        deletes=True,
    )

    type = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    subject = models.UUIDField()
    at = models.DateTimeField()
    data = models.JSONField()
    position = models.PositiveBigIntegerField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "position"],
                condition=~Q(position=None),
                name="event_position_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "type", "-id"], name="logged_events_of_type"),
            models.Index(fields=["tenant", "at"], name="logged_events_by_age"),
            models.Index(
                fields=["tenant", "type", "position"],
                condition=~Q(position=None),
                name="logged_events_of_type_on",
            ),
            models.Index(
                fields=["tenant", "id"],
                condition=Q(position=None),
                name="logged_events_unnumbered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.id}"


class EventCounter(TenantModel):
    """The last position given. Its row is held until the reader who gave it has committed."""

    inventory: ClassVar = Inventory()

    last = models.PositiveBigIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant"], name="event_counter_once"),
        ]

    def __str__(self) -> str:
        return str(self.last)

    @classmethod
    def held(cls) -> "EventCounter":
        """The company's own, and nobody else's until the transaction ends."""
        cls.objects.add_once(cls())
        counter: EventCounter = cls.objects.select_for_update(no_key=True).get()
        return counter

    def give(self, event_ids: Sequence[UUID]) -> None:
        """The next positions, in this order."""
        with connection.cursor() as cursor:
            cursor.execute(NUMBER, [self.last, list(event_ids)])
        self.last += len(event_ids)
        self.save(update_fields=["last"])


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

    inventory: ClassVar = Inventory(
        _("Entregas de eventos"),
        of={"event": "event_id"},
        names={"delivery": "id"},
        plain="error",
    )

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
            models.Index(fields=["tenant", "endpoint", "-id"], name="deliveries_of_endpoint"),
            models.Index(
                fields=["tenant", "endpoint", "-id"],
                condition=Q(status=DeliveryStatus.FAILED.value),
                name="deliveries_given_up",
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

    inventory: ClassVar = Inventory(
        _("Tentativas de entrega"),
        of={"delivery": "delivery_id"},
        erase="answer",
        plain="url headers error",
        hidden="url headers",
        deletes=True,
    )

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
