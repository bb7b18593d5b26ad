"""Comparisons: of which account, of which time, and how far each is."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from alicerce.apps.reconciliation.types import Phase, RunStatus, RunView, Span, Tally
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.personal import Inventory


class RunQuerySet(TenantQuerySet["Run"]):
    def of_account(self, account_id: Any) -> "RunQuerySet":
        return self.filter(account_id=account_id)


class Run(OperatedModel):
    """One comparison of one account. `step` counts its pages: who read an old one writes nothing."""

    inventory: ClassVar = Inventory(plain="slot cursor trouble totals")

    account = TenantForeignKey("billing.GatewayAccount", models.PROTECT)
    span = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Span])
    slot = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField()
    status = models.CharField(
        max_length=8,
        choices=[(s.value, s.value) for s in RunStatus],
        default=RunStatus.RUNNING,
    )
    phase = models.CharField(
        max_length=8, choices=[(p.value, p.value) for p in Phase], default=Phase.PROVIDER
    )
    cursor = models.CharField(max_length=200, blank=True)
    step = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    totals = models.JSONField(default=dict)
    trouble = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = RunQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "account", "span", "slot"], name="run_once_per_slot"
            ),
            CheckConstraint(
                condition=Q(status="running", ended_at__isnull=True)
                | (~Q(status="running") & Q(ended_at__isnull=False)),
                name="run_ended_iff_not_running",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "account", "-id"], name="runs_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.span} {self.slot}"

    def move(
        self, *, phase: Phase, cursor: str, seen: int, tallies: dict[str, Tally], at: datetime
    ) -> None:
        """A page was compared; the next is at the cursor of the phase."""
        self.phase, self.cursor, self.trouble = phase, cursor, ""
        self.step, self.seen, self.moved_at = self.step + 1, self.seen + seen, at
        known = self.tallies()
        for currency, tally in tallies.items():
            known[currency] = known.get(currency, Tally()) + tally
        self.totals = {
            name: [tally.there, tally.here, tally.posted] for name, tally in known.items()
        }
        if phase == Phase.OVER:
            self.status, self.ended_at = RunStatus.DONE, at
        self.save()

    def lose(self, trouble: str, *, at: datetime) -> None:
        """Nobody answered: what the rest of it would have shown is unknown."""
        self.status, self.trouble, self.ended_at = RunStatus.UNKNOWN, trouble[:200], at
        self.save(update_fields=["status", "trouble", "ended_at"])

    def resume(self, *, at: datetime) -> None:
        """Go on from the page that was not read."""
        self.status, self.ended_at, self.moved_at = RunStatus.RUNNING, None, at
        self.save(update_fields=["status", "ended_at", "moved_at"])

    def tallies(self) -> dict[str, Tally]:
        return {name: Tally(*sums) for name, sums in self.totals.items()}

    def view(self) -> RunView:
        return RunView(
            id=self.id,
            account_id=self.account_id,
            span=Span(self.span),
            status=RunStatus(self.status),
            phase=Phase(self.phase),
            since=self.since,
            until=self.until,
            started_at=self.started_at,
            ended_at=self.ended_at,
            seen=self.seen,
            trouble=self.trouble,
            totals=self.tallies(),
        )
