"""Tickets: something a person must see to."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alicerce.apps.support.types import MessageKind, Priority, TicketStatus
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.ids import uuid7
from alicerce.kernel.personal import Inventory

NEXT_NUMBER = """
    insert into support_ticketcounter as counter (id, created_at, scope, last)
    values (%s, statement_timestamp(), 'ticket', %s)
    on conflict (tenant_id, scope) do update set last = counter.last + excluded.last
    returning last
"""


class TicketCounter(TenantModel):
    """The last number given. Its row is held until the ticket that took it is committed."""

    inventory: ClassVar = Inventory(plain="scope")

    scope = models.CharField(max_length=20)
    last = models.PositiveIntegerField()

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "scope"], name="support_counter_once"),
        ]

    @classmethod
    def take(cls) -> int:
        return cls.take_many(1)[0]

    @classmethod
    def take_many(cls, count: int) -> range:
        """So many in a row; none is asked for, none is taken."""
        if not count:
            return range(0)
        with connection.cursor() as cursor:
            cursor.execute(NEXT_NUMBER, [uuid7(), count])
            last: int = cursor.fetchone()[0]
        return range(last - count + 1, last + 1)


class TicketQuerySet(TenantQuerySet["Ticket"]):
    def open(self) -> "TicketQuerySet":
        return self.filter(status=TicketStatus.OPEN)

    def resolved(self) -> "TicketQuerySet":
        return self.filter(status=TicketStatus.RESOLVED)

    def newest_first(self) -> "TicketQuerySet":
        return self.order_by("-id")

    def about(self, words: str) -> "TicketQuerySet":
        number = words.strip().removeprefix("#")
        if number.isdecimal():
            return self.filter(number=number[:9])
        return self.filter(subject__icontains=words.strip())

    def before(self, ticket_id: UUID | None) -> "TicketQuerySet":
        return self.filter(id__lt=ticket_id) if ticket_id else self


class Ticket(OperatedModel):
    """One matter, told to us or found by us. `key` names what it is about: opened once."""

    inventory: ClassVar = Inventory(
        _("Chamados"),
        of={"customer": "customer_id"},
        names={"ticket": "id"},
        erase="subject",
        plain="key entity",
        hidden="key",
    )

    number = models.PositiveIntegerField()
    key = models.CharField(max_length=160)
    subject = models.CharField(max_length=200)
    status = models.CharField(
        max_length=8, choices=[(s, s) for s in TicketStatus], default=TicketStatus.OPEN
    )
    priority = models.CharField(
        max_length=6, choices=[(p, p) for p in Priority], default=Priority.NORMAL
    )
    customer = TenantForeignKey("customers.Customer", models.PROTECT, null=True)
    entity = models.CharField(max_length=40, default="", blank=True)
    entity_id = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    assignee_id = models.UUIDField(null=True)
    resolved_at = models.DateTimeField(null=True)

    objects: ClassVar[TicketQuerySet] = TicketQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OperatedModel.Meta):
        constraints = [
            *OperatedModel.Meta.constraints,
            models.UniqueConstraint(fields=["tenant", "key"], name="support_ticket_key_once"),
            models.UniqueConstraint(
                fields=["tenant", "number"], name="support_ticket_number_once"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "status", "-id"], name="support_tickets_by_status"),
            models.Index(fields=["tenant", "customer", "-id"], name="support_tickets_of"),
            models.Index(
                fields=["tenant", "assignee_id", "-id"],
                condition=Q(status="open"),
                name="support_tickets_with",
            ),
            models.Index(fields=["tenant", "entity_id"], name="support_tickets_about"),
            # lint: allow tenant-unique because operators page through all tenants' tickets by id
            models.Index(fields=["id"], name="support_tickets_everywhere"),
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.subject}"

    def assign(self, user_id: UUID) -> bool:
        """False when it is this person's already."""
        if self.assignee_id == user_id:
            return False
        self.assignee_id = user_id
        self.save(update_fields=["assignee_id"])
        return True

    def resolve(self, *, at: datetime) -> bool:
        """False when it already is."""
        return self._become(TicketStatus.RESOLVED, resolved_at=at)

    def reopen(self) -> bool:
        """False when it is open."""
        return self._become(TicketStatus.OPEN, resolved_at=None)

    def _become(self, status: TicketStatus, *, resolved_at: datetime | None) -> bool:
        if self.status == status:
            return False
        self.status, self.resolved_at = status, resolved_at
        self.save(update_fields=["status", "resolved_at"])
        return True


class TicketMessage(OperatedModel):
    """What somebody wrote in a ticket. The author is an actor: user:<id>, job:<name>, system."""

    inventory: ClassVar = Inventory(
        _("Mensagens de chamados"),
        of={"ticket": "ticket_id"},
        erase="body detail",
        plain="author key",
        hidden="key",
    )

    ticket = TenantForeignKey(Ticket, models.CASCADE, related_name="messages")
    kind = models.CharField(
        max_length=9, choices=[(k, k) for k in MessageKind], default=MessageKind.OPENING
    )
    key = models.CharField(max_length=80, default="", blank=True)
    author = models.CharField(max_length=120)
    body = models.TextField(blank=True)
    detail = models.TextField(default="", blank=True)
    at = models.DateTimeField()

    class Meta(OperatedModel.Meta):
        constraints = [
            *OperatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "ticket", "key"],
                condition=~Q(key=""),
                name="support_message_key_once",
            ),
        ]

    def __str__(self) -> str:
        return self.body[:60]

    def write_once(self) -> bool:
        """False when a message of this key is in the thread already."""
        TicketMessage.objects.bulk_create([self], ignore_conflicts=True)
        return TicketMessage.objects.filter(pk=self.pk).exists()
