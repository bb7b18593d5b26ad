"""Requests for payment."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.models.counter import InvoiceCounter
from alicerce.apps.billing.models.settling import HAS_BEEN_PAID, Settling
from alicerce.apps.billing.rules.fitting import Asked
from alicerce.apps.billing.rules.levying import Levying
from alicerce.apps.billing.types import (
    PAYABLE,
    InvoiceKind,
    InvoiceStatus,
    InvoiceSummary,
    NewInvoice,
    invoice_code,
)
from alicerce.kernel.bulk import insert_rows, update_rows
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory

DRAFT = (
    "id",
    "customer_id",
    "order_id",
    "kind",
    "series",
    "status",
    "currency",
    "total_cents",
    "due_on",
    "token",
)


SERIES = "A"


def new_token() -> str:
    return token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Draft:
    """An invoice that has its id, its lines with their taxes and its sum, and no number yet."""

    id: UUID
    asked: NewInvoice
    levying: Levying
    total: Money
    series: str = SERIES


def _drafted(draft: Draft) -> tuple[Any, ...]:
    return (
        draft.id,
        draft.asked.customer_id,
        draft.asked.order_id,
        draft.asked.kind.value,
        draft.series,
        InvoiceStatus.DRAFT.value,
        draft.total.currency,
        draft.total.cents,
        draft.asked.due_on,
        new_token(),
    )


class InvoiceQuerySet(TenantQuerySet["Invoice"]):
    def issued(self) -> "InvoiceQuerySet":
        return self.exclude(status=InvoiceStatus.DRAFT)

    def payable(self) -> "InvoiceQuerySet":
        return self.filter(status__in=PAYABLE)

    def newest_first(self) -> "InvoiceQuerySet":
        return self.order_by("-id")

    def draft_all(self, drafts: Iterable[Draft]) -> None:
        """Write many drafts with their totals, in one statement."""
        insert_rows(self.model, DRAFT, [_drafted(draft) for draft in drafts])

    def open_all(self, drafts: Sequence[Draft], *, at: datetime) -> list[int]:
        """Number these drafts in their order, each in its series, without a gap, and ask for them. Their numbers."""
        counted = Counter(draft.series for draft in drafts)
        # Everybody takes several series in one order: nobody waits in a circle.
        blocks = {
            name: iter(InvoiceCounter.take(name, counted[name])) for name in sorted(counted)
        }
        numbers = [next(blocks[draft.series]) for draft in drafts]
        opened = [
            (draft.id, number, InvoiceStatus.OPEN.value, at)
            for draft, number in zip(drafts, numbers, strict=True)
        ]
        update_rows(self.model, ("id", "number", "status", "opened_at"), opened)
        return numbers

    def settle_all(self, *, at: datetime) -> None:
        """Become paid: what costs nothing."""
        self.update(status=InvoiceStatus.PAID, paid_at=at)


class Invoice(Settling, OperatedModel):
    """A request for payment. Once open, what it asks for never changes: the database refuses."""

    inventory: ClassVar = Inventory(
        _("Faturas"),
        of={"customer": "customer_id"},
        names={"invoice": "id"},
        plain="series currency token",
        hidden="token",
    )

    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    order_id = models.UUIDField(null=True)
    kind = models.CharField(
        max_length=5,
        choices=[(k.value, k.value) for k in InvoiceKind],
        default=InvoiceKind.SALE,
        db_default=InvoiceKind.SALE.value,
    )
    series = models.CharField(max_length=8, default=SERIES)
    number = models.PositiveIntegerField(null=True)
    status = models.CharField(
        max_length=13,
        choices=[(s.value, s.value) for s in InvoiceStatus],
        default=InvoiceStatus.DRAFT,
    )
    currency = models.CharField(max_length=3)
    total_cents = models.BigIntegerField(default=0)
    due_on = models.DateField()
    opened_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)
    written_off_at = models.DateTimeField(null=True)
    token = models.CharField(max_length=43, default=new_token)

    objects: ClassVar[Any] = InvoiceQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "series", "number"], name="invoice_number_per_series"
            ),
            UniqueConstraint(fields=["tenant", "token"], name="invoice_token_per_tenant"),
            UniqueConstraint(
                fields=["tenant", "order_id"],
                condition=~Q(status="void"),
                name="one_invoice_per_order",
            ),
            CheckConstraint(condition=Q(total_cents__gte=0), name="invoice_total_not_negative"),
            CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="invoice_currency_iso"
            ),
            CheckConstraint(
                condition=Q(status="draft", number__isnull=True, opened_at__isnull=True)
                | (~Q(status="draft") & Q(number__isnull=False, opened_at__isnull=False)),
                name="invoice_numbered_iff_issued",
            ),
            CheckConstraint(
                condition=Q(status__in=HAS_BEEN_PAID, paid_at__isnull=False)
                | (~Q(status__in=HAS_BEEN_PAID) & Q(paid_at__isnull=True)),
                name="invoice_paid_at_iff_paid",
            ),
            CheckConstraint(
                condition=Q(status="void", voided_at__isnull=False)
                | (~Q(status="void") & Q(voided_at__isnull=True)),
                name="invoice_voided_at_iff_void",
            ),
            CheckConstraint(
                condition=Q(paid_cents__gte=0, relieved_cents__gte=0)
                & Q(total_cents__gte=F("paid_cents") + F("relieved_cents")),
                name="invoice_settled_within_total",
            ),
            CheckConstraint(
                condition=Q(
                    returned_cents__gte=0,
                    refunding_cents__gte=0,
                    disputed_cents__gte=0,
                    charged_back_cents__gte=0,
                )
                & Q(
                    paid_cents__gte=F("returned_cents")
                    + F("refunding_cents")
                    + F("disputed_cents")
                    + F("charged_back_cents")
                ),
                name="invoice_returned_within_paid",
            ),
            CheckConstraint(
                condition=~Q(status__in=HAS_BEEN_PAID)
                | Q(total_cents=F("paid_cents") + F("relieved_cents")),
                name="invoice_paid_when_settled",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "order_id"], name="invoices_of_order"),
            models.Index(fields=["tenant", "customer", "-id"], name="invoices_of_customer"),
            models.Index(fields=["tenant", "due_on", "id"], name="invoices_by_due_date"),
            models.Index(fields=["tenant", "status", "id"], name="invoices_by_status"),
            models.Index(
                fields=["tenant", "id"], condition=Q(status="open"), name="invoices_left_to_pay"
            ),
        ]

    def __str__(self) -> str:
        return f"invoice {self.code if self.number else self.series}"

    @property
    def code(self) -> str:
        assert self.number is not None
        return invoice_code(self.series, self.number)

    @property
    def total(self) -> Money:
        return Money(self.total_cents, self.currency)

    @property
    def asked(self) -> Asked:
        return Asked(self.remaining, InvoiceStatus(self.status))

    @property
    def creditable(self) -> Money:
        return self.summary().creditable

    def settle(self, *, at: datetime) -> None:
        """Become paid, by whoever saw that nothing is left to pay."""
        self.status, self.paid_at = self.settled_status, at
        self.save(update_fields=["status", "paid_at"])

    def receive(self, cents: int, *, at: datetime) -> bool:
        """Be paid so much, never more than remains. Whether that was the last of it."""
        self.paid_cents += cents
        if self.remaining.cents:
            self.save(update_fields=["paid_cents"])
            return False
        self.status, self.paid_at = self.settled_status, at
        self.save(update_fields=["paid_cents", "status", "paid_at"])
        return True

    def void(self, *, at: datetime) -> bool:
        """Become void. False when it already is; an invoice that is paid stays paid."""
        if self.status not in PAYABLE:
            return False
        self.status, self.voided_at = InvoiceStatus.VOID, at
        self.save(update_fields=["status", "voided_at"])
        return True

    def write_off(self, *, at: datetime) -> bool:
        """Become uncollectible: nobody believes any more that it will be paid."""
        if self.status != InvoiceStatus.OPEN:
            return False
        self.status, self.written_off_at = InvoiceStatus.UNCOLLECTIBLE, at
        self.save(update_fields=["status", "written_off_at"])
        return True

    def summary(self) -> InvoiceSummary:
        """What others see of an issued invoice."""
        assert self.number is not None
        assert self.opened_at is not None
        return InvoiceSummary(
            id=self.id,
            number=self.number,
            series=self.series,
            status=InvoiceStatus(self.status),
            customer_id=self.customer_id,
            order_id=self.order_id,
            total=self.total,
            due_on=self.due_on,
            opened_at=self.opened_at,
            paid_at=self.paid_at,
            token=self.token,
            kind=InvoiceKind(self.kind),
            paid=self._money(self.paid_cents),
            relieved=self._money(self.relieved_cents),
            returned=self._money(self.returned_cents),
            refunding=self._money(self.refunding_cents),
            contested=self._money(self.contested_cents),
        )
