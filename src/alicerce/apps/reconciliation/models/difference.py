"""Differences: one row for each, opened once, closed by itself, opened again when it returns."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.reconciliation.types import (
    DifferenceKind,
    DifferenceState,
    DifferenceView,
    Found,
    NoteView,
)
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory

FIGURES = ("there_cents", "here_cents", "posted_cents", "currency")


class DifferenceQuerySet(TenantQuerySet["Difference"]):
    def standing(self) -> "DifferenceQuerySet":
        return self.exclude(state=DifferenceState.RESOLVED)

    def open(self) -> "DifferenceQuerySet":
        return self.filter(state=DifferenceState.OPEN)


class Difference(OperatedModel):
    """What one says and another does not. Somebody may take it, and explain it; only agreement ends it."""

    inventory: ClassVar = Inventory(
        _("Diferenças da conciliação"),
        of={"user": "owner_id", "provider_object": "reference"},
        erase="reason",
        plain="subject reference payment_reference currency booking_trouble",
    )

    kind = models.CharField(max_length=18, choices=[(k.value, k.value) for k in DifferenceKind])
    subject = models.CharField(max_length=280)
    account = TenantForeignKey("billing.GatewayAccount", models.PROTECT, null=True)
    reference = models.CharField(max_length=120)
    payment_reference = models.CharField(max_length=120, blank=True)
    currency = models.CharField(max_length=3)
    there_cents = models.BigIntegerField(null=True)
    here_cents = models.BigIntegerField(null=True)
    posted_cents = models.BigIntegerField(null=True)
    payment_id = models.UUIDField(null=True)
    payout = TenantForeignKey("reconciliation.Payout", models.PROTECT, null=True)
    line = TenantForeignKey("reconciliation.BankLine", models.PROTECT, null=True)
    state = models.CharField(
        max_length=9,
        choices=[(s.value, s.value) for s in DifferenceState],
        default=DifferenceState.OPEN,
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        db_index=False,
        null=True,
    )
    reason = models.CharField(max_length=300, blank=True)
    happened_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    checked_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    booking_asked_at = models.DateTimeField(null=True)
    booking_trouble = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = DifferenceQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "kind", "subject"], name="difference_once"),
            CheckConstraint(
                condition=Q(state="resolved", resolved_at__isnull=False)
                | (~Q(state="resolved") & Q(resolved_at__isnull=True)),
                name="difference_resolved_at_iff_resolved",
            ),
            CheckConstraint(
                condition=~Q(state="explained") | ~Q(reason=""),
                name="difference_explained_by_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "kind", "-id"], name="differences_by_kind"),
            models.Index(fields=["tenant", "state", "-id"], name="differences_by_state"),
            models.Index(
                fields=["tenant", "subject"],
                condition=~Q(state="resolved"),
                name="differences_standing",
            ),
            models.Index(
                fields=["tenant", "account", "checked_at"],
                condition=~Q(state="resolved"),
                name="differences_by_check",
            ),
            # lint: allow tenant-unique because the clock asks whom to write to; it is not unique
            models.Index(
                fields=["opened_at"],
                condition=Q(state="open", told_at__isnull=True),
                name="differences_to_tell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @classmethod
    def of(
        cls, found: Found, *, subject: str, account_id: UUID | None, at: datetime, **about: Any
    ) -> "Difference":
        return cls(
            kind=found.kind,
            subject=subject,
            account_id=account_id,
            reference=found.reference,
            payment_reference=found.payment_reference,
            payment_id=found.payment_id,
            happened_at=found.happened_at,
            opened_at=at,
            checked_at=at,
            **{name: getattr(found, name) for name in FIGURES},
            **about,
        )

    def find_again(self, found: Found, *, at: datetime, **about: Any) -> bool:
        """It is still there, with the figures of now. Whether it is news: over before, or explained otherwise."""
        figures = {name: getattr(found, name) for name in FIGURES}
        changed = any(getattr(self, name) != value for name, value in figures.items())
        was_over = self.state == DifferenceState.RESOLVED
        news = was_over or (changed and self.state == DifferenceState.EXPLAINED)
        for name, value in {**figures, **about}.items():
            setattr(self, name, value)
        self.checked_at, self.payment_id = at, found.payment_id
        if news:
            self.state, self.resolved_at, self.opened_at, self.told_at = (
                DifferenceState.OPEN,
                None,
                at,
                None,
            )
            self.reopened += 1
        self.save()
        return news

    def resolve(self, *, at: datetime) -> bool:
        """Both sides agree. False when they did already."""
        if self.state == DifferenceState.RESOLVED:
            return False
        self.state, self.resolved_at, self.checked_at = DifferenceState.RESOLVED, at, at
        self.booking_asked_at, self.booking_trouble = None, ""
        self.save()
        return True

    def take(self, owner_id: UUID | None) -> bool:
        if self.owner_id == owner_id:
            return False
        self.owner_id = owner_id
        self.save(update_fields=["owner"])
        return True

    def explain(self, reason: str) -> None:
        self.state, self.reason = DifferenceState.EXPLAINED, reason
        self.save(update_fields=["state", "reason"])

    def ask_booking(self, *, at: datetime) -> None:
        self.booking_asked_at, self.booking_trouble = at, ""
        self.save(update_fields=["booking_asked_at", "booking_trouble"])

    def booking_ended(self, trouble: str = "") -> None:
        self.booking_asked_at, self.booking_trouble = None, trouble[:200]
        self.save(update_fields=["booking_asked_at", "booking_trouble"])

    def told(self, *, at: datetime) -> None:
        self.told_at = at
        self.save(update_fields=["told_at"])

    def view(self, notes: Sequence[NoteView] = ()) -> DifferenceView:
        same = (
            "id account_id reference payment_reference currency there_cents here_cents posted_cents "
            "payment_id payout_id line_id owner_id reason happened_at opened_at checked_at "
            "resolved_at reopened booking_asked_at booking_trouble"
        )
        return DifferenceView(
            kind=DifferenceKind(self.kind),
            state=DifferenceState(self.state),
            notes=notes,
            **{name: getattr(self, name) for name in same.split()},
        )


class DifferenceNote(TenantModel):
    """What somebody wrote about a difference."""

    inventory: ClassVar = Inventory(
        _("Notas em diferenças da conciliação"), of={"user": "author_id"}, erase="text"
    )

    difference = TenantForeignKey(Difference, models.PROTECT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    text = models.CharField(max_length=1000)
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"note on {self.difference_id}"

    def view(self) -> NoteView:
        return NoteView(self.author_id, self.text, self.written_at)
