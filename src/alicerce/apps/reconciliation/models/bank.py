"""The company's bank accounts, their statements line by line, and what each line is."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.reconciliation.types import (
    BankAccountView,
    Fault,
    LineView,
    MatchKind,
    StatementState,
    StatementView,
)
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import FISCAL, Inventory, mentioned_in, written_in


class BankAccount(OperatedModel):
    """An account of the company's own at a bank."""

    inventory: ClassVar = Inventory(plain="name bank number currency")

    name = models.CharField(max_length=60)
    bank = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=40, blank=True)
    currency = models.CharField(max_length=3, default="BRL")

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "name"], name="bank_account_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def view(self) -> BankAccountView:
        return BankAccountView(self.id, self.name, self.bank, self.number, self.currency)


class BankStatement(TenantModel):
    """A file of a bank account's lines. A CSV waits until somebody says which column is what; then it goes."""

    inventory: ClassVar = Inventory(
        _("Extratos que ainda não foram lidos"),
        of={"email": mentioned_in("content")},
        erase="filename content",
        plain="faults columns",
    )

    bank_account = TenantForeignKey(BankAccount, models.PROTECT)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    filename = models.CharField(max_length=120)
    content = models.BinaryField()
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in StatementState])
    columns = models.JSONField(default=dict)
    added = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.filename

    def finish(self, *, added: int, repeated: int, faults: list[list[Any]]) -> None:
        self.state, self.content = StatementState.DONE, b""
        self.added, self.repeated, self.faults = added, repeated, faults
        self.save()

    def view(self) -> StatementView:
        return StatementView(
            id=self.id,
            bank_account_id=self.bank_account_id,
            filename=self.filename,
            state=StatementState(self.state),
            added=self.added,
            repeated=self.repeated,
            faults=[Fault(*said) for said in self.faults],
            uploaded_at=self.uploaded_at,
        )


def _quotes(values: Collection[str]) -> Q:
    """Lines that name one of somebody's payments, or that one of them names."""
    return written_in("memo")(values) | Q(code__in=values)


class BankLineQuerySet(TenantQuerySet["BankLine"]):
    def unmatched(self) -> "BankLineQuerySet":
        return self.filter(matched_at__isnull=True)


class BankLine(OperatedModel):
    """One line of a statement. The fingerprint is the bank's own id of it, or all that it says."""

    inventory: ClassVar = Inventory(
        _("Linhas do extrato do banco"),
        of={"email": written_in("memo"), "provider_object": _quotes},
        keep={FISCAL: "memo document"},
        plain="fingerprint code currency",
    )

    bank_account = TenantForeignKey(BankAccount, models.PROTECT)
    statement = TenantForeignKey(BankStatement, models.PROTECT)
    fingerprint = models.CharField(max_length=64)
    code = models.CharField(max_length=40)
    posted_on = models.DateField()
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    memo = models.CharField(max_length=300, blank=True)
    document = models.CharField(max_length=60, blank=True)
    matched_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = BankLineQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "bank_account", "fingerprint"], name="bank_line_once"
            ),
            UniqueConstraint(fields=["tenant", "code"], name="bank_line_code_once"),
            CheckConstraint(condition=~Q(amount_cents=0), name="bank_line_moves_something"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "posted_on", "id"], name="bank_lines_by_day"),
            models.Index(
                fields=["tenant", "posted_on"],
                condition=Q(matched_at__isnull=True),
                name="bank_lines_unmatched",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)

    def matched(self, *, at: datetime | None) -> None:
        self.matched_at = at
        self.save(update_fields=["matched_at"])

    def view(self, match: "Match | None" = None, parts: int = 0) -> LineView:
        return LineView(
            id=self.id,
            bank_account_id=self.bank_account_id,
            code=self.code,
            posted_on=self.posted_on,
            amount=self.amount,
            memo=self.memo,
            document=self.document,
            match=MatchKind(match.kind) if match else None,
            match_subject=match.subject if match else "",
            match_parts=parts,
            match_rest_cents=match.rest_cents if match else 0,
            matched_at=match.matched_at if match else None,
        )


class MatchQuerySet(TenantQuerySet["Match"]):
    def live(self) -> "MatchQuerySet":
        return self.filter(undone_at__isnull=True)


class Match(OperatedModel):
    """What a line is, as somebody confirmed. Undone, it stays on record and another may take its place.

    A line that is several things has a row for each, counted by `of_line`; one thing that came in several
    lines, one for each by `of_subject`. `rest` is what a payout had more than its line: the bank's fee. Whoever confirms begins at zero, so that two never share either.
    """

    inventory: ClassVar = Inventory(
        plain="subject against",
    )

    line = TenantForeignKey(BankLine, models.PROTECT)
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in MatchKind])
    subject = models.CharField(max_length=200)
    of_line = models.PositiveSmallIntegerField(default=0, db_default=0)
    of_subject = models.PositiveSmallIntegerField(default=0, db_default=0)
    against = models.CharField(max_length=40, blank=True)
    gateway = TenantForeignKey("billing.GatewayAccount", models.PROTECT, null=True)
    rest_cents = models.BigIntegerField(default=0, db_default=0)
    matched_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = MatchQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "line", "of_line"],
                condition=Q(undone_at__isnull=True),
                name="one_match_per_part_of_line",
            ),
            UniqueConstraint(
                fields=["tenant", "kind", "subject", "of_subject"],
                condition=Q(undone_at__isnull=True) & ~Q(kind="fee"),
                name="one_line_per_part_of_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} is {self.kind} {self.subject}"

    def undo(self, *, at: datetime) -> None:
        self.undone_at = at
        self.save(update_fields=["undone_at"])

    @property
    def rest_key(self) -> str:
        return f"{self.key}:rest"

    @property
    def key(self) -> str:
        return f"bank-match:{UUID(str(self.id))}"
