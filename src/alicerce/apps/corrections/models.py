"""Corrections that programs asked for, and what people made of them."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.corrections.types import (
    LASTS,
    CorrectionKind,
    CorrectionState,
    CorrectionView,
    Effect,
    Standing,
    Wanted,
)
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory

WAITS = Q(state="awaiting_approval")
BY_A_PERSON = Q(state__in=["carried_out", "refused"])
OF_INVOICES = Q(kind__in=["credit_note", "void", "write_off", "payment"])


class CorrectionQuerySet(TenantQuerySet["Correction"]):
    def waiting(self) -> "CorrectionQuerySet":
        return self.filter(WAITS)

    def due(self, at: datetime) -> "CorrectionQuerySet":
        return self.waiting().filter(expires_at__lte=at)


class Correction(OperatedModel):
    """One request. It ends once: carried out, refused, canceled or expired."""

    inventory: ClassVar = Inventory(
        _("Correções pedidas"),
        of={"customer": "customer_id"},
        erase="reason refusal proof",
        plain="currency method reference requested_by before after",
    )

    kind = models.CharField(max_length=11, choices=[(k.value, k.value) for k in CorrectionKind])
    state = models.CharField(
        max_length=17,
        choices=[(s.value, s.value) for s in CorrectionState],
        default=CorrectionState.AWAITING_APPROVAL,
    )
    payment = TenantForeignKey("billing.Payment", models.PROTECT, null=True)
    invoice = TenantForeignKey("billing.Invoice", models.PROTECT, null=True)
    customer = TenantForeignKey("customers.Customer", models.PROTECT, null=True)
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    position = models.PositiveIntegerField(null=True)
    method = models.CharField(max_length=12, blank=True)
    received_on = models.DateField(null=True)
    reference = models.CharField(max_length=120, blank=True)
    proof = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300)
    before = models.JSONField()
    after = models.JSONField()
    requested_by = models.CharField(max_length=60)
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=300, blank=True)
    result_id = models.UUIDField(null=True)

    objects: ClassVar[Any] = CorrectionQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=[
                    "tenant",
                    "kind",
                    "payment",
                    "invoice",
                    "customer",
                    "amount_cents",
                    "position",
                    "reference",
                ],
                condition=WAITS,
                nulls_distinct=False,
                name="correction_waits_once",
            ),
            CheckConstraint(condition=~Q(amount_cents=0), name="correction_of_something"),
            CheckConstraint(
                condition=Q(amount_cents__gt=0) | Q(kind="wallet"),
                name="only_wallets_are_taken_from",
            ),
            CheckConstraint(
                condition=Q(kind="refund", payment__isnull=False)
                | (OF_INVOICES & Q(invoice__isnull=False, customer__isnull=False))
                | Q(kind="wallet", customer__isnull=False),
                name="correction_of_its_kind",
            ),
            CheckConstraint(
                condition=(WAITS & Q(decided_at__isnull=True))
                | (~WAITS & Q(decided_at__isnull=False)),
                name="correction_ends_once",
            ),
            CheckConstraint(
                condition=(BY_A_PERSON & Q(decided_by__isnull=False))
                | (~BY_A_PERSON & Q(decided_by__isnull=True)),
                name="only_people_decide_corrections",
            ),
        ]
        indexes: ClassVar = [
            Index(fields=["tenant", "expires_at"], condition=WAITS, name="corrections_due"),
            Index(fields=["tenant", "state", "-id"], name="corrections_in_a_state"),
            Index(fields=["tenant", "invoice", "-id"], name="corrections_of_invoice"),
            Index(fields=["tenant", "customer", "-id"], name="corrections_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_waiting(self) -> bool:
        return self.state == CorrectionState.AWAITING_APPROVAL

    def may_be_decided(self, at: datetime) -> bool:
        return self.is_waiting and at < self.expires_at

    @classmethod
    def ask(
        cls, wanted: Wanted, effect: Effect, *, by: str, at: datetime
    ) -> "Correction | None":
        """Wait for a person; None when the very same is waiting already."""
        row = cls(
            kind=wanted.kind,
            payment_id=wanted.payment_id,
            invoice_id=wanted.invoice_id,
            customer_id=wanted.customer_id,
            amount_cents=effect.amount.cents,
            currency=effect.amount.currency,
            position=wanted.position,
            method=wanted.method,
            received_on=wanted.received_on,
            reference=wanted.reference,
            proof=wanted.proof,
            reason=wanted.reason,
            before=effect.before.told(),
            after=effect.after.told(),
            requested_by=by,
            requested_at=at,
            expires_at=at + LASTS,
        )
        return row if cls.objects.add_once(row) else None

    def carry_out(
        self, effect: Effect, *, by: UUID, result_id: UUID | None, at: datetime
    ) -> None:
        """Be done: from now on it tells what it did, and no more what it would have done."""
        self.result_id, self.amount_cents = result_id, effect.amount.cents
        self.before, self.after = effect.before.told(), effect.after.told()
        did = ("result_id", "amount_cents", "before", "after")
        self._end(CorrectionState.CARRIED_OUT, *did, by=by, at=at)

    def refuse(self, reason: str, *, by: UUID, at: datetime) -> None:
        self.refusal = reason[:300]
        self._end(CorrectionState.REFUSED, "refusal", by=by, at=at)

    def cancel(self, *, at: datetime) -> None:
        self._end(CorrectionState.CANCELED, by=None, at=at)

    def expire(self, *, at: datetime) -> None:
        self._end(CorrectionState.EXPIRED, by=None, at=at)

    def _end(self, state: CorrectionState, *also: str, by: UUID | None, at: datetime) -> None:
        self.state, self.decided_by, self.decided_at = state, by, at
        self.save(update_fields=["state", "decided_by", "decided_at", *also])

    def facts(self) -> dict[str, Any]:
        """What its events say: which one it is, of what, and how much."""
        return {
            "correction_id": self.id,
            "kind": str(self.kind),
            "payment_id": self.payment_id,
            "invoice_id": self.invoice_id,
            "customer_id": self.customer_id,
            "amount_cents": self.amount_cents,
            "currency": self.currency,
        }

    def view(self) -> CorrectionView:
        return CorrectionView(
            id=self.id,
            kind=CorrectionKind(self.kind),
            state=CorrectionState(self.state),
            payment_id=self.payment_id,
            invoice_id=self.invoice_id,
            customer_id=self.customer_id,
            amount=Money(self.amount_cents, self.currency),
            position=self.position,
            method=self.method,
            received_on=self.received_on,
            reference=self.reference,
            proof=self.proof,
            reason=self.reason,
            before=Standing.of(self.before),
            after=Standing.of(self.after),
            requested_by=self.requested_by,
            requested_at=self.requested_at,
            expires_at=self.expires_at,
            decided_by=self.decided_by,
            decided_at=self.decided_at,
            refusal=self.refusal,
            result_id=self.result_id,
        )
