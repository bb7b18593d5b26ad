"""A provisioning run: where it is, whose turn it is, when it goes on."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alicerce.apps.hosting.models.server import Server
from alicerce.apps.hosting.models.service import Service
from alicerce.apps.hosting.models.step import RunStep
from alicerce.apps.hosting.types import PLANS, RunKind, RunStatus, Said, StepKind, StepStatus
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.personal import Inventory

STOPPED = (RunStatus.FAILED, RunStatus.NEEDS_HUMAN)
OVER = (*STOPPED, RunStatus.SUCCEEDED, RunStatus.SUPERSEDED)
LIVE = (RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.WAITING)


class RunQuerySet(TenantQuerySet["ProvisioningRun"]):
    def stopped(self) -> "RunQuerySet":
        return self.filter(status__in=STOPPED)

    def hold(self, run_id: UUID) -> "ProvisioningRun":
        """The run and its service, held until the commit, with its steps. Raises DoesNotExist."""
        both = self.select_related("service").prefetch_related("steps")
        return both.select_for_update(of=("self", "service"), no_key=True).get(pk=run_id)

    def hold_latest(self, service_id: UUID) -> "ProvisioningRun | None":
        """The newest run of a service, held. Who holds it is alone in beginning another.

        Whoever waited for it looks whether it still is the newest. The service itself is held
        after its run, never before: everybody takes the two in this order.
        """
        newest = self.filter(service_id=service_id).order_by("-generation")
        held = None
        while (found := newest.values_list("id", flat=True).first()) and (
            held is None or held.id != found
        ):
            held = self.lock(found)
        return held

    def newest_first(self) -> "RunQuerySet":
        return self.order_by("-id")

    def next_in_line(self, server_id: UUID) -> "ProvisioningRun | None":
        """The oldest run that waits for a slot of the server, held; never one that is being held."""
        waiting = self.filter(in_line_for_id=server_id, status=RunStatus.WAITING)
        return waiting.select_for_update(skip_locked=True, of=("self",)).order_by("id").first()

    def held_up_by(self, server_id: UUID, *, tried_below: int) -> "RunQuerySet":
        """Runs that wait until this server, or any, can be asked; held, but for those that are.

        Not those that asked for an account already: they give the panel time to show it. Nor those
        whose step was tried as often as this, or more.
        """
        unasked = RunStep.objects.filter(
            run_id=OuterRef("pk"),
            status=StepStatus.WAITING,
            asked_at=None,
            attempts__lt=tried_below,
        )
        waiting = self.filter(Exists(unasked), status=RunStatus.WAITING, in_line_for=None)
        theirs = waiting.filter(Q(service__server_id=server_id) | Q(service__server_id=None))
        return theirs.select_for_update(skip_locked=True, of=("self",)).order_by("id")


class ProvisioningRun(OperatedModel):
    """One attempt to bring a service to what is desired of it. Its steps are taken one by one."""

    inventory: ClassVar = Inventory(
        _("Ativações"),
        of={"service": "service_id"},
        names={"run": "id"},
        erase="error said",
        plain="wanted",
    )

    service = TenantForeignKey(Service, models.PROTECT)
    kind = models.CharField(
        max_length=16, choices=[(k, k) for k in RunKind], default=RunKind.PROVISION
    )
    wanted = models.JSONField(default=dict, blank=True)  # package, cause: as it was asked for
    generation = models.PositiveIntegerField()
    status = models.CharField(
        max_length=12, choices=[(s, s) for s in RunStatus], default=RunStatus.QUEUED
    )
    turn = models.PositiveIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    in_line_for = TenantForeignKey(Server, models.SET_NULL, null=True)
    error = models.CharField(max_length=500, default="", blank=True)  # of older versions
    said = models.JSONField(default=dict, blank=True)

    objects: ClassVar[RunQuerySet] = RunQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OperatedModel.Meta):
        constraints = [
            *OperatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "service", "generation"], name="hosting_run_per_generation"
            ),
            models.UniqueConstraint(
                fields=["tenant", "service"],
                condition=Q(status__in=LIVE),
                name="hosting_one_live_run_per_service",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "status", "id"], name="hosting_run_by_status"),
            # lint: allow tenant-unique because operators page through all tenants' runs by id
            models.Index(fields=["id"], name="hosting_runs_everywhere"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id}/{self.generation}"

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def is_stopped(self) -> bool:
        return self.status in STOPPED

    @property
    def is_overruled(self) -> bool:
        """Something else is wanted of the service by now. An account is made all the same."""
        outdated: bool = self.generation != self.service.generation
        return outdated and self.kind != RunKind.PROVISION

    def draw_up(self) -> None:
        """Write down the steps, once."""
        RunStep.objects.bulk_create(
            RunStep(run=self, position=position, kind=kind)
            for position, kind in enumerate(PLANS[RunKind(self.kind)], start=1)
        )

    def current_step(self) -> "RunStep":
        ahead = [step for step in self.steps.all() if step.status != StepStatus.DONE]
        assert ahead, "a run that goes on has a step to take"
        return min(ahead, key=lambda step: step.position)

    def ends_with(self, step: "RunStep") -> bool:
        return bool(step.kind == PLANS[RunKind(self.kind)][-1])

    def step(self, kind: StepKind) -> "RunStep":
        return next(step for step in self.steps.all() if step.kind == kind)

    def call_next(self, *, next_at: datetime | None, in_line_for: Server | None = None) -> int:
        """Give the next turn its number; every copy of an older turn is void from now on."""
        self.turn, self.next_at, self.in_line_for = self.turn + 1, next_at, in_line_for
        self.status = RunStatus.WAITING if next_at else RunStatus.QUEUED
        self.save(update_fields=["turn", "next_at", "in_line_for", "status"])
        return self.turn

    def go_back_to(self, kind: StepKind, why: Said, *, at: datetime, attempts: int = 0) -> None:
        """What was decided from this step on did not hold: it is done again."""
        first = self.step(kind).position
        last = self.current_step().position
        for step in self.steps.all():
            if first <= step.position <= last:
                step.take_back(why, at=at, attempts=attempts)

    def go(self, *, at: datetime) -> None:
        """Be under way, which it stays from step to step."""
        if self.status == RunStatus.RUNNING:
            return
        self.status, self.next_at, self.in_line_for = RunStatus.RUNNING, None, None
        self.started_at = self.started_at or at
        self.save(update_fields=["status", "next_at", "in_line_for", "started_at"])

    def succeed(self, *, at: datetime) -> None:
        self._end(RunStatus.SUCCEEDED, {}, at)

    def fail(self, why: Said, *, at: datetime) -> None:
        self._end(RunStatus.FAILED, why.kept(), at)

    def ask_for_human(self, why: Said, *, at: datetime) -> None:
        self._end(RunStatus.NEEDS_HUMAN, why.kept(), at)

    def supersede(self, *, at: datetime) -> None:
        self._end(RunStatus.SUPERSEDED, self.said, at)

    def reopen(self) -> None:
        """Go on where it stopped, with patience renewed."""
        self.round, self.error, self.said, self.finished_at = self.round + 1, "", {}, None
        self.save(update_fields=["round", "error", "said", "finished_at"])
        self.current_step().renew()

    def _end(self, status: RunStatus, said: dict[str, Any], at: datetime) -> None:
        self.status, self.said = status, said
        self.finished_at, self.next_at, self.turn = at, None, self.turn + 1
        self.save(update_fields=["status", "said", "finished_at", "next_at", "turn"])
