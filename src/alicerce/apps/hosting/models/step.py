"""One step of a run: how often it was tried, how it ended, and what can be said of it."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from alicerce.apps.hosting.types import Answer, Outcome, Remark, Said, StepKind, StepStatus
from alicerce.kernel.db import OperatedModel, TenantForeignKey
from alicerce.kernel.personal import Inventory

TOLD = ("status", "answer", "said", "log", "attempts", "absences", "asked_at")
TIMES = ("started_at", "finished_at", "next_at")


class RunStep(OperatedModel):
    """One step of a run, and everything that happened to it. `detail` is what older versions wrote."""

    inventory: ClassVar = Inventory(
        _("Etapas de ativações"), of={"run": "run_id"}, erase="detail log said"
    )

    run = TenantForeignKey("hosting.ProvisioningRun", models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=[(s, s) for s in StepKind])
    status = models.CharField(
        max_length=12, choices=[(s, s) for s in StepStatus], default=StepStatus.TODO
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    fence = models.PositiveIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(
        max_length=12, choices=[(s, s) for s in Answer], default="", blank=True
    )
    asked_at = models.DateTimeField(null=True)
    absences = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    detail = models.CharField(max_length=500, default="", blank=True)
    said = models.JSONField(default=dict, blank=True)
    log = models.JSONField(default=list)

    class Meta(OperatedModel.Meta):
        constraints = [
            *OperatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "run", "position"], name="hosting_step_position_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.kind}"

    def begin(self, *, at: datetime) -> int:
        """Count the attempt before anything leaves; one whose worker died goes on as the same.

        Returns the number that its outcome must show to be believed.
        """
        if self.status == StepStatus.RUNNING:
            self._survive(at)
        self.attempts, self.fence = self.attempts + 1, self.fence + 1
        self.status, self.next_at = StepStatus.RUNNING, None
        self.started_at = self.started_at or at
        self.save(update_fields=[*TOLD, *TIMES, "crashes", "fence"])
        return self.fence

    def _survive(self, at: datetime) -> None:
        """Its worker died: what became of the call is unknown, and nobody refused anything."""
        self.crashes, self.attempts = self.crashes + 1, self.attempts - 1
        self.answer = Answer.UNKNOWN
        self._note(Said(Remark.CRASHED).kept(), at)

    def ask(self, *, at: datetime) -> None:
        """From now on the panel may have done it."""
        self.asked_at, self.absences = at, 0
        self.save(update_fields=["asked_at", "absences"])

    def unask(self) -> None:
        self.asked_at, self.absences = None, 0
        self.save(update_fields=["asked_at", "absences"])

    def wait(self, outcome: Outcome, *, next_at: datetime, at: datetime) -> None:
        self.status, self.next_at, self.answer = StepStatus.WAITING, next_at, outcome.answer
        self._tell(outcome.said, at)

    def give_back_attempt(self) -> None:
        """Waiting for an answer to settle is not another attempt."""
        self.attempts -= 1
        self.absences += 1

    def stand_by(self, why: Said, *, next_at: datetime) -> None:
        """Wait in line for the server, without having tried anything."""
        if self.status == StepStatus.RUNNING:
            self.crashes, self.attempts = self.crashes + 1, self.attempts - 1
        self.status, self.next_at, self.said = StepStatus.WAITING, next_at, why.kept()
        self.save(update_fields=["status", "next_at", "said", "crashes", "attempts"])

    def finish(self, said: Said, *, at: datetime) -> None:
        self.status, self.finished_at, self.next_at = StepStatus.DONE, at, None
        self.answer = Answer.DONE
        self._tell(said, at)

    def stop(self, status: StepStatus, outcome: Outcome, *, at: datetime) -> None:
        self.status, self.finished_at, self.next_at = status, at, None
        self.answer = outcome.answer
        self._tell(outcome.said, at)

    def take_back(self, why: Said, *, at: datetime, attempts: int) -> None:
        self.status, self.finished_at, self.next_at = StepStatus.TODO, None, None
        self.asked_at, self.absences, self.attempts = None, 0, attempts
        self._tell(why, at)

    def renew(self) -> None:
        self.status, self.finished_at, self.next_at = StepStatus.TODO, None, None
        self.asked_at, self.absences, self.attempts = None, 0, 0
        self.save(update_fields=[*TOLD, *TIMES])

    def _tell(self, said: Said, at: datetime) -> None:
        self.said = said.kept()
        self._note(self.said, at)
        self.save(update_fields=[*TOLD, *TIMES])

    def _note(self, kept: dict[str, Any], at: datetime) -> None:
        self.log = [*self.log, {"at": at.isoformat(), **kept}]
