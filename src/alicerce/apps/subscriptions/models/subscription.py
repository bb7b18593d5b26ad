"""What a customer keeps buying."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.types import Period
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.subscriptions.models.renewing import TIMES
from alicerce.apps.subscriptions.models.trying import Trying
from alicerce.apps.subscriptions.types import (
    RUNNING,
    EndCause,
    Scope,
    SubscriptionCard,
    SubscriptionStatus,
    SuspendCause,
)
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import CONTRACT, Inventory

FATE = ("status", "suspend_scope", "suspend_cause", "ended_at", "end_cause", "next_bill_on")
CANCELING = ("cancel_at_period_end", "ends_on", "cancel_reason", "next_bill_on")


class SubscriptionQuerySet(TenantQuerySet["Subscription"]):
    def of_line(self, line_id: UUID) -> "SubscriptionQuerySet":
        return self.filter(line_id=line_id)

    def live(self) -> "SubscriptionQuerySet":
        return self.exclude(status=SubscriptionStatus.ENDED)

    def due(self, on: date) -> "SubscriptionQuerySet":
        return self.filter(next_bill_on__lte=on)

    def ending(self, on: date) -> "SubscriptionQuerySet":
        """Canceled for a day that is here."""
        return self.live().filter(cancel_at_period_end=True, ends_on__lte=on)

    def trials_to_tell(self, by: date) -> "SubscriptionQuerySet":
        """Tried until this day or earlier, and nobody wrote to the customer yet."""
        tried = self.filter(status=SubscriptionStatus.TRIALING, trial_told_at__isnull=True)
        return tried.filter(trial_ends_on__lte=by, cancel_at_period_end=False)

    def addons_of(self, subscription_id: UUID) -> "SubscriptionQuerySet":
        """What was sold onto it and has not ended, in one order for whoever locks them."""
        return self.live().filter(parent_id=subscription_id).order_by("id")

    def newest_first(self) -> "SubscriptionQuerySet":
        return self.order_by("-id")


class Subscription(Trying, OperatedModel):
    """A line of an order that renews. Its amount is the sum of its items, as they were sold."""

    inventory: ClassVar = Inventory(
        _("Assinaturas"),
        of={"customer": "customer_id"},
        names={"subscription": "id"},
        erase="cancel_reason",
        keep={CONTRACT: "description"},
        plain="currency",
    )

    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    parent = TenantForeignKey("self", models.PROTECT, null=True)
    """What an add-on was sold onto: it stops, goes on and ends with it."""
    order = TenantForeignKey("orders.Order", models.PROTECT)
    line = TenantForeignKey("orders.Line", models.PROTECT)
    price = TenantForeignKey("catalog.Price", models.PROTECT)
    description = models.CharField(max_length=160)
    status = models.CharField(
        max_length=9,
        choices=[(s.value, s.value) for s in SubscriptionStatus],
        default=SubscriptionStatus.PENDING,
    )
    suspend_scope = models.CharField(
        max_length=3, choices=[(s.value, s.value) for s in Scope], default="", blank=True
    )
    suspend_cause = models.CharField(
        max_length=7, choices=[(c.value, c.value) for c in SuspendCause], default="", blank=True
    )
    cycle = models.CharField(max_length=12, choices=[(c.value, c.value) for c in Cycle])
    currency = models.CharField(max_length=3)
    amount_cents = models.PositiveBigIntegerField()
    cancel_at_period_end = models.BooleanField(default=False)
    cancel_reason = models.CharField(max_length=300, default="", blank=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_cause = models.CharField(
        max_length=14, choices=[(c.value, c.value) for c in EndCause], default="", blank=True
    )

    objects: ClassVar[Any] = SubscriptionQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "line"], name="one_subscription_per_line"),
            UniqueConstraint(
                fields=["tenant", "parent", "price"],
                condition=Q(parent__isnull=False) & ~Q(status="ended"),
                name="addon_had_once",
            ),
            CheckConstraint(
                condition=Q(meets_on__isnull=True) | Q(parent__isnull=False),
                name="only_addons_meet",
            ),
            CheckConstraint(
                condition=Q(status="suspended", suspend_cause__gt="", suspend_scope__gt="")
                | (~Q(status="suspended") & Q(suspend_cause="", suspend_scope="")),
                name="subscription_cause_iff_suspended",
            ),
            CheckConstraint(
                condition=Q(status="ended", ended_at__isnull=False, end_cause__gt="")
                | (~Q(status="ended") & Q(ended_at__isnull=True, end_cause="")),
                name="subscription_ended_at_iff_ended",
            ),
            CheckConstraint(
                condition=Q(status__in=["pending", "ended"])
                | Q(
                    started_at__isnull=False,
                    period_ends_on__isnull=False,
                    next_starts_on__isnull=False,
                ),
                name="subscription_has_period_once_started",
            ),
            CheckConstraint(
                condition=Q(next_bill_on__isnull=True)
                | Q(
                    status__in=["trialing", "active", "past_due"],
                    cancel_at_period_end=False,
                    paused_at__isnull=True,
                ),
                name="subscription_bills_while_it_runs",
            ),
            CheckConstraint(
                condition=Q(cancel_at_period_end=False) | Q(ends_on__isnull=False),
                name="subscription_ends_on_a_day",
            ),
            CheckConstraint(
                condition=Q(anchor_day__isnull=True) | Q(anchor_day__gte=1, anchor_day__lte=31),
                name="subscription_anchor_is_a_day",
            ),
            CheckConstraint(
                condition=~Q(status="trialing") | Q(trial_ends_on__isnull=False),
                name="subscription_trial_ends",
            ),
            CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="subscription_currency_iso"
            ),
        ]
        indexes: ClassVar = [
            Index(fields=["tenant", "customer", "-id"], name="subscriptions_of_customer"),
            Index(fields=["tenant", "status", "-id"], name="subscriptions_by_status"),
            Index(
                fields=["tenant", "next_bill_on"],
                condition=Q(next_bill_on__isnull=False),
                name="subscriptions_due",
            ),
            Index(
                fields=["tenant", "ends_on"],
                condition=Q(cancel_at_period_end=True) & ~Q(status="ended"),
                name="subscriptions_ending",
            ),
            Index(
                fields=["tenant", "trial_ends_on"],
                condition=Q(status="trialing", trial_told_at__isnull=True),
                name="subscriptions_trials_to_tell",
            ),
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def period(self) -> Period | None:
        if self.period_starts_on is None or self.period_ends_on is None:
            return None
        return Period(self.period_starts_on, self.period_ends_on)

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)

    @property
    def is_billed(self) -> bool:
        """Whether another period is to be invoiced when its time comes."""
        runs = self.status in RUNNING
        return runs and not self.cancel_at_period_end and self.paused_at is None

    def start(self, period: Period, *, anchor_day: int, days_ahead: int, at: datetime) -> bool:
        """Become active with its first period. False when it started before, or ended."""
        if self.status != SubscriptionStatus.PENDING:
            return False
        self.status, self.started_at = SubscriptionStatus.ACTIVE, at
        self.anchor_day = anchor_day
        self.period_starts_on, self.period_ends_on = period.starts_on, period.ends_on
        self.next_starts_on = period.ends_on
        self.plan_next_bill(days_ahead=days_ahead)
        self.save(update_fields=["status", "started_at", "anchor_day", *TIMES])
        return True

    def suspend(self, scope: Scope, cause: SuspendCause) -> bool:
        """Become suspended. False when it is so already, to this extent and for this cause."""
        wanted = (SubscriptionStatus.SUSPENDED, scope, cause)
        if (self.status, self.suspend_scope, self.suspend_cause) == wanted:
            return False
        self.status, self.suspend_scope, self.suspend_cause = wanted
        self.next_bill_on = None
        self.save(update_fields=FATE)
        return True

    def resume(self, *, on: date, days_ahead: int) -> bool:
        """Become active again. False when it is not suspended. Days it stood still are not billed."""
        if self.status != SubscriptionStatus.SUSPENDED:
            return False
        self.status = self.running_on(on)
        self.suspend_scope = self.suspend_cause = ""
        self.skip_to(on, days_ahead=days_ahead)
        self.save(update_fields=[*FATE, "next_starts_on"])
        return True

    def move(self, old: SubscriptionStatus, new: SubscriptionStatus) -> bool:
        """Between what is paid and what is late. False when it is not what it was thought to be."""
        if self.status != old:
            return False
        self.status = new
        self.save(update_fields=["status"])
        return True

    def end(self, cause: EndCause, *, at: datetime) -> bool:
        """Become ended, for good. False when it already is."""
        if self.status == SubscriptionStatus.ENDED:
            return False
        self.status, self.ended_at, self.end_cause = SubscriptionStatus.ENDED, at, cause
        self.suspend_scope = self.suspend_cause = ""
        self.next_bill_on = None
        self.save(update_fields=FATE)
        return True

    def keep_reason(self, reason: str) -> None:
        self.cancel_reason = reason[:300]
        self.save(update_fields=["cancel_reason"])

    def run_out(self, reason: str) -> None:
        """End with the period that was billed last."""
        self.cancel_at_period_end, self.ends_on = True, self.period_ends_on
        self.cancel_reason, self.next_bill_on = reason[:300], None
        self.save(update_fields=CANCELING)

    def go_on(self, *, days_ahead: int) -> bool:
        """Take a cancellation back. False when there is none."""
        if not self.cancel_at_period_end:
            return False
        self.cancel_at_period_end, self.ends_on, self.cancel_reason = False, None, ""
        self.plan_next_bill(days_ahead=days_ahead)
        self.save(update_fields=CANCELING)
        return True

    def card(self) -> SubscriptionCard:
        return SubscriptionCard(
            id=self.id,
            customer_id=self.customer_id,
            line_id=self.line_id,
            description=self.description,
            status=SubscriptionStatus(self.status),
            scope=self.suspend_scope,
            cause=self.suspend_cause,
            period=self.period,
            amount=self.amount,
            cycle=Cycle(self.cycle),
            cancel_at_period_end=self.cancel_at_period_end,
            is_paused=self.paused_at is not None,
            next_bill_on=self.next_bill_on,
            next_starts_on=self.next_starts_on,
            ends_on=self.ends_on,
            end_cause=self.end_cause,
            order_id=self.order_id,
            trial_ends_on=self.trial_ends_on,
            parent_id=self.parent_id,
        )
