"""Authorisations of Pix Automático, and the invoices that are debited by them."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.collecting.rules.asking import reminder_at
from alicerce.apps.collecting.types import (
    PENDING,
    AppStep,
    EndedBy,
    Journey,
    MandateStatus,
    MandateView,
    PayerBank,
)
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory

UNANSWERED = {AppStep.SENT, AppStep.RECEIVED}
OVER = {
    MandateStatus.REJECTED,
    MandateStatus.EXPIRED,
    MandateStatus.ENDED,
    MandateStatus.FAILED,
}


class MandateQuerySet(TenantQuerySet["Mandate"]):
    def pending(self) -> "MandateQuerySet":
        return self.filter(status__in=PENDING)

    def live(self) -> "MandateQuerySet":
        return self.exclude(status__in=OVER)

    def approved(self) -> "MandateQuerySet":
        return self.filter(status=MandateStatus.APPROVED)

    def to_look_at(self, at: datetime) -> "MandateQuerySet":
        return self.filter(look_at__lte=at).order_by("look_at", "id")


class Mandate(OperatedModel):
    """What a customer's bank was asked to let us debit, and what they said."""

    inventory: ClassVar = Inventory(
        _("Autorizações de Pix Automático"),
        of={"customer": "customer_id"},
        names={"provider_object": "external_id"},
        plain="external_id code currency reason bank branch number request_id",
        hidden="external_id code request_id",
    )

    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    account = TenantForeignKey("billing.GatewayAccount", models.PROTECT)
    invoice = TenantForeignKey("billing.Invoice", models.PROTECT, null=True)
    charge = TenantForeignKey("billing.Charge", models.PROTECT, null=True)
    journey = models.CharField(max_length=7, choices=[(j.value, j.value) for j in Journey])
    status = models.CharField(
        max_length=8,
        choices=[(s.value, s.value) for s in MandateStatus],
        default=MandateStatus.ASKED,
    )
    external_id = models.CharField(max_length=40, blank=True)
    location = models.BigIntegerField(null=True)
    is_asked = models.BooleanField(default=False)
    code = models.CharField(max_length=512, blank=True)
    fixed_cents = models.BigIntegerField(null=True)
    most_cents = models.BigIntegerField(null=True)
    floor_cents = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    starts_on = models.DateField()
    asked_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(
        max_length=8, blank=True, choices=[(e.value, e.value) for e in EndedBy]
    )
    bank = models.CharField(max_length=8, blank=True, default="", db_default="")
    branch = models.CharField(max_length=4, blank=True, default="", db_default="")
    number = models.CharField(max_length=20, blank=True, default="", db_default="")
    request_id = models.CharField(max_length=40, blank=True, default="", db_default="")
    step = models.CharField(
        max_length=8,
        blank=True,
        default="",
        db_default="",
        choices=[(s.value, s.value) for s in AppStep],
    )
    answer_until = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    is_unwanted = models.BooleanField(default=False)
    reason = models.CharField(max_length=60, blank=True)
    look_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = MandateQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "customer"],
                condition=Q(status="approved"),
                name="one_approved_mandate",
            ),
            UniqueConstraint(
                fields=["tenant", "account", "external_id"],
                condition=~Q(external_id=""),
                name="one_mandate_per_name",
            ),
            UniqueConstraint(
                fields=["tenant", "customer"],
                condition=Q(journey="app", status__in=["asked", "open"]),
                name="one_open_request",
            ),
            CheckConstraint(
                condition=~Q(journey="app") | (~Q(bank="") & Q(answer_until__isnull=False)),
                name="request_knows_its_bank",
            ),
            CheckConstraint(
                condition=Q(fixed_cents__isnull=True) | Q(most_cents__isnull=True),
                name="mandate_is_fixed_or_limited",
            ),
            CheckConstraint(
                condition=Q(ended_at__isnull=True, status__in=["asked", "open", "approved"])
                | Q(
                    ended_at__isnull=False,
                    status__in=["rejected", "expired", "ended", "failed"],
                ),
                name="mandate_ended_with_its_time",
            ),
        ]
        indexes: ClassVar = [
            # lint: allow tenant-unique because the clock asks whom to look at; it is not unique
            models.Index(
                fields=["look_at"],
                condition=Q(look_at__isnull=False),
                name="mandates_to_look_at",
            ),
            models.Index(fields=["tenant", "customer", "-id"], name="mandates_of_customer"),
        ]

    def __str__(self) -> str:
        return f"mandate of {self.customer_id}"

    @property
    def contract(self) -> str:
        """What names it at the PSP from before the PSP has a name for it."""
        return self.id.hex

    @property
    def fixed(self) -> Money | None:
        return self._money(self.fixed_cents)

    @property
    def most(self) -> Money | None:
        return self._money(self.most_cents)

    @property
    def floor(self) -> Money | None:
        return self._money(self.floor_cents)

    def put_at(self, location: int) -> None:
        """It has a place of its own at the PSP: a second one made there by mistake is refused."""
        self.location, self.is_asked = location, True
        self.save(update_fields=["location", "is_asked"])

    def named(self, external_id: str) -> None:
        self.external_id = external_id
        self.save(update_fields=["external_id"])

    def open(self, code: str, *, look_at: datetime) -> bool:
        """Its code may be shown. False when it is further already."""
        if self.status != MandateStatus.ASKED:
            return False
        self.status, self.code, self.look_at = MandateStatus.OPEN, code, look_at
        self.save(update_fields=["status", "code", "look_at"])
        return True

    @property
    def payer_bank(self) -> PayerBank | None:
        """None once its bank was told: nobody needs the account any more."""
        if not self.number or self.answer_until is None:
            return None
        return PayerBank(self.bank, self.branch, self.number, self.answer_until)

    def show(self, request_id: str, *, look_at: datetime) -> bool:
        """Its bank was asked. False when it is further already."""
        if self.status != MandateStatus.ASKED:
            return False
        self.status, self.request_id, self.look_at = MandateStatus.OPEN, request_id, look_at
        self.step, self.branch, self.number = AppStep.SENT, "", ""
        self.save(update_fields=["status", "request_id", "look_at", "step", "branch", "number"])
        return True

    def reach(self, step: AppStep | None) -> bool:
        """Never a step back, in whatever order they are told. False when nothing changed."""
        order = list(AppStep)
        if step is None or self.status not in PENDING:
            return False
        if self.step and order.index(step) <= order.index(AppStep(self.step)):
            return False
        self.step = step
        self.save(update_fields=["step"])
        return True

    def remind(self, *, at: datetime) -> bool:
        """Its payer is told that little time is left. False when they were, or when it is not that late."""
        if self.step not in UNANSWERED or self.reminded_at or self.answer_until is None:
            return False
        if not reminder_at(self.asked_at, self.answer_until) <= at < self.answer_until:
            return False
        self.reminded_at = at
        self.save(update_fields=["reminded_at"])
        return True

    def approve(self, *, at: datetime, look_at: datetime) -> bool:
        """Debits may be asked for. False when they could, or it is over."""
        if self.status not in PENDING:
            return False
        self.status, self.approved_at, self.look_at = MandateStatus.APPROVED, at, look_at
        self.save(update_fields=["status", "approved_at", "look_at"])
        return True

    def end(
        self, status: MandateStatus, *, at: datetime, by: str = "", reason: str = ""
    ) -> bool:
        """False when it was over."""
        if self.status in OVER:
            return False
        self.status, self.ended_at, self.look_at = status, at, None
        self.ended_by, self.reason = by, reason[:60]
        self.branch, self.number = "", ""
        ended = ["status", "ended_at", "ended_by", "reason", "look_at", "branch", "number"]
        self.save(update_fields=ended)
        return True

    def want_no_more(self, *, look_at: datetime) -> None:
        """Its PSP is to end it too, and is asked until it says that it did."""
        self.is_unwanted, self.look_at = True, look_at
        self.save(update_fields=["is_unwanted", "look_at"])

    def rest(self) -> None:
        """Its PSP has ended it."""
        self.is_unwanted, self.look_at = False, None
        self.save(update_fields=["is_unwanted", "look_at"])

    def look_again(self, look_at: datetime | None) -> None:
        self.look_at = look_at
        self.save(update_fields=["look_at"])

    def view(self) -> MandateView:
        return MandateView(
            id=self.id,
            customer_id=self.customer_id,
            status=MandateStatus(self.status),
            journey=Journey(self.journey),
            fixed=self.fixed,
            most=self.most,
            code=self.code,
            asked_at=self.asked_at,
            approved_at=self.approved_at,
            ended_at=self.ended_at,
            ended_by=self.ended_by,
            reason=self.reason,
            invoice_id=self.invoice_id,
            charge_id=self.charge_id,
            bank=self.bank,
            step=self.step,
            answer_until=self.answer_until,
        )

    def _money(self, cents: int | None) -> Money | None:
        return None if cents is None else Money(cents, self.currency)
