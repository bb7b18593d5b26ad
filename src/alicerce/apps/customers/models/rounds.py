"""Rounds of invitations: many customers asked into the client area in one deed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.customers.types import Exchange
from alicerce.apps.customers.types.rounds import RoundCard
from alicerce.kernel.db import OperatedModel
from alicerce.kernel.personal import Inventory, written_in


class InvitationRound(OperatedModel):
    """Who is on a list is invited, newest first, some letters a day. `before` is how far it is."""

    inventory: ClassVar = Inventory(
        _("Envios de convites para a área do cliente"),
        of={"user": "owner_id", "email": written_in("wanted")},
        erase="wanted",
        plain="left_out",
    )

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    wanted = models.JSONField(default=dict)
    a_day = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.value) for state in Exchange],
        default=Exchange.RUNNING,
    )
    expected = models.PositiveIntegerField()
    invited = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=dict)
    part = models.PositiveIntegerField(default=0)
    before = models.UUIDField(null=True)
    last_on = models.DateField(null=True)
    last_count = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant"],
                condition=Q(state=Exchange.RUNNING),
                name="one_round_at_a_time",
            ),
            CheckConstraint(condition=Q(a_day__gte=1), name="round_writes_daily"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["tenant", "due_at"],
                condition=Q(due_at__isnull=False),
                name="rounds_that_wait",
            ),
            models.Index(fields=["tenant", "last_on"], name="rounds_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"round {self.id}"

    def wait(self, until: datetime) -> None:
        """Write nothing before; the same part is asked for then."""
        self.due_at = until
        self.save(update_fields=["due_at"])

    def advance(
        self, invited: int, left_out: Mapping[str, int], *, before: UUID | None, day: date
    ) -> None:
        """These were gone through; `before` is None when nobody is left."""
        self.last_count = invited + (self.last_count if self.last_on == day else 0)
        self.invited, self.part, self.last_on = self.invited + invited, self.part + 1, day
        for reason, count in left_out.items():
            self.left_out[reason] = self.left_out.get(reason, 0) + count
        self.before, self.due_at = before, None
        self.save()

    def finish(self, state: Exchange, *, at: datetime) -> bool:
        """False when it was over already."""
        if self.state != Exchange.RUNNING:
            return False
        self.state, self.finished_at, self.due_at = state, at, None
        self.save(update_fields=["state", "finished_at", "due_at"])
        return True

    def card(self, *, accepted: int) -> RoundCard:
        return RoundCard(
            id=self.id,
            state=Exchange(self.state),
            expected=self.expected,
            invited=self.invited,
            accepted=accepted,
            left_out=self.left_out,
            a_day=self.a_day,
            started_at=self.created_at,
            due_at=self.due_at,
            finished_at=self.finished_at,
        )
