"""A forecast: what was asked, how far it is, and what became of it."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from alicerce.apps.forecasts.types import Assumption, ForecastCard, ForecastState
from alicerce.kernel.db import TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory

PROGRESS = ("after", "step", "customers", "invoices", "happenings")


class ForecastQuerySet(TenantQuerySet["Forecast"]):
    def under_way(self) -> "ForecastQuerySet":
        return self.filter(state=ForecastState.RUNNING)


class Forecast(TenantModel):
    """`after` is the last customer that was looked at; `step` makes every older job of it void."""

    inventory: ClassVar = Inventory(plain="what_if")

    state = models.CharField(
        max_length=8,
        choices=[(s.value, s.value) for s in ForecastState],
        default=ForecastState.RUNNING,
    )
    months = models.PositiveSmallIntegerField()
    assumption = models.CharField(
        max_length=6, choices=[(a.value, a.value) for a in Assumption]
    )
    what_if = models.JSONField(default=dict)
    begins_at = models.DateTimeField()
    until = models.DateField()
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    after = models.UUIDField(null=True)
    step = models.PositiveIntegerField(default=0)
    customers = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    invoices = models.PositiveIntegerField(default=0)
    happenings = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = ForecastQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant"],
                condition=Q(state="running"),
                name="one_forecast_at_a_time",
            ),
            CheckConstraint(
                condition=Q(state="running", finished_at__isnull=True)
                | (~Q(state="running") & Q(finished_at__isnull=False)),
                name="forecast_finished_iff_over",
            ),
            CheckConstraint(condition=Q(months__gte=1, months__lte=24), name="forecast_months"),
        ]
        indexes: ClassVar = [
            Index(fields=["tenant", "asked_at"], name="forecasts_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.months} months from {self.begins_at:%Y-%m-%d}"

    def go_on(self, *, after: UUID, customers: int, invoices: int, happenings: int) -> None:
        self.after, self.step = after, self.step + 1
        self.customers += customers
        self.invoices += invoices
        self.happenings += happenings
        self.save(update_fields=PROGRESS)

    def finish(self, state: ForecastState, *, at: datetime) -> bool:
        """False when it is over."""
        if self.state != ForecastState.RUNNING:
            return False
        self.state, self.finished_at = state, at
        self.save(update_fields=["state", "finished_at"])
        return True

    def card(self) -> ForecastCard:
        return ForecastCard(
            id=self.id,
            state=ForecastState(self.state),
            months=self.months,
            assumption=Assumption(self.assumption),
            what_if=self.what_if,
            begins_at=self.begins_at,
            until=self.until,
            asked_at=self.asked_at,
            finished_at=self.finished_at,
            customers=self.customers,
            total=self.total,
            invoices=self.invoices,
            happenings=self.happenings,
        )
