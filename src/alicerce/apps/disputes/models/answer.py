"""What is said in one's defence: a draft, and the one answer that goes."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.disputes.models.dispute import Dispute
from alicerce.apps.disputes.types import AnswerKind, AnswerState, AnswerView
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory

OVER = (AnswerState.DONE, AnswerState.REFUSED)


class Draft(TenantModel):
    """Evidence as it was typed so far."""

    inventory: ClassVar = Inventory(
        _("Provas em preparo"), of={"customer": "dispute__customer_id"}, erase="texts"
    )

    dispute = TenantForeignKey(Dispute, models.PROTECT)
    texts = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "dispute"], name="one_draft_per_dispute"),
        ]

    def __str__(self) -> str:
        return f"draft for {self.dispute_id}"


class AnswerQuerySet(TenantQuerySet["Answer"]):
    def standing(self) -> "AnswerQuerySet":
        """What was said, or may have been: the provider refused none of it."""
        return self.exclude(state=AnswerState.REFUSED)


class Answer(TenantModel):
    """Evidence that goes to the bank, or giving in. One stands per dispute: the database refuses a second."""

    inventory: ClassVar = Inventory(
        _("Respostas a disputas"),
        of={"customer": "dispute__customer_id"},
        erase="texts error",
        plain="idempotency_key",
    )

    dispute = TenantForeignKey(Dispute, models.PROTECT)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in AnswerKind])
    state = models.CharField(
        max_length=9,
        choices=[(s.value, s.value) for s in AnswerState],
        default=AnswerState.CREATED,
    )
    texts = models.JSONField(default=dict)
    submissions_before = models.PositiveIntegerField()
    idempotency_key = models.CharField(max_length=160)
    error = models.CharField(max_length=300, blank=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = AnswerQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "dispute"],
                condition=~Q(state="refused"),
                name="one_answer_stands_per_dispute",
            ),
            CheckConstraint(
                condition=Q(state__in=["done", "refused"], ended_at__isnull=False)
                | (~Q(state__in=["done", "refused"]) & Q(ended_at__isnull=True)),
                name="answer_ended_at_iff_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    def request(self) -> None:
        """The provider is about to be told."""
        if self.state == AnswerState.CREATED:
            self.state = AnswerState.REQUESTED
            self.save(update_fields=["state"])

    def doubt(self, error: str) -> None:
        """The provider may or may not have it."""
        if not self.is_over:
            self.state, self.error = AnswerState.UNKNOWN, error[:300]
            self.save(update_fields=["state", "error"])

    def end(self, state: AnswerState, *, at: datetime, error: str = "") -> bool:
        """Have arrived, or been refused. False when it is over already."""
        if self.is_over:
            return False
        self.state, self.ended_at, self.error = state, at, error[:300]
        self.save(update_fields=["state", "ended_at", "error"])
        return True

    def view(self) -> AnswerView:
        return AnswerView(
            kind=AnswerKind(self.kind),
            state=AnswerState(self.state),
            error=self.error,
            begun_at=self.begun_at,
            ended_at=self.ended_at,
        )
