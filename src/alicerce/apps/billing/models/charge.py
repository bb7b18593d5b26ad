"""Attempts to be paid: what a customer was given to pay with."""

from dataclasses import fields
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.models.gateway import GatewayAccount
from alicerce.apps.billing.models.invoice import Invoice
from alicerce.apps.billing.types import (
    LIVE,
    ChargeStatus,
    ChargeView,
    Interval,
    PaymentMethod,
    Renewal,
)
from alicerce.apps.billing.types.cards import ACCOUNT_GONE, CardUse
from alicerce.apps.billing.types.debits import DebitTerms
from alicerce.apps.billing.types.due import DueTerms
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.money import Money
from alicerce.kernel.personal import Inventory

IS_LIVE = Q(status__in=["created", "requested", "awaiting", "unknown"])
NOT_ACCEPTED = gettext_noop(
    "O provedor de pagamento não aceitou esta cobrança. Tente de novo ou escolha outra forma."
)
WHY = {ACCOUNT_GONE: gettext_noop("A empresa mudou por onde recebe. Pague por uma das formas.")}


class ChargeQuerySet(TenantQuerySet["Charge"]):
    def live(self) -> "ChargeQuerySet":
        return self.filter(status__in=LIVE)

    def debits(self) -> "ChargeQuerySet":
        return self.exclude(mandate_reference="")

    def shown(self) -> "ChargeQuerySet":
        """What somebody pays, rather than their bank by itself."""
        return self.filter(mandate_reference="")

    def lapsed(self, before: datetime) -> "ChargeQuerySet":
        """What nobody can pay any more. What we collect ourselves ends when its provider says so."""
        ours = {"card_reference": "", "mandate_reference": ""}
        return self.live().filter(expires_at__lt=before, **ours)

    def paid_with_fee(self) -> "ChargeQuerySet":
        """Those whose own terms say what being late costs."""
        return self.filter(due_on__isnull=False).filter(
            Q(fine_cents__gt=0) | Q(interest_basis_points__gt=0)
        )

    def unread_since(self, before: datetime) -> "ChargeQuerySet":
        """Live ones that the provider was not asked about lately, the longest unread first."""
        return self.live().filter(checked_at__lt=before).order_by("checked_at")


class Charge(OperatedModel):
    """One attempt to collect an invoice by one method. At most one is live at a time."""

    inventory: ClassVar = Inventory(
        _("Cobranças"),
        of={"invoice": "invoice_id"},
        names={"provider_object": "external_id"},
        erase="error",
        plain="external_id idempotency_key currency return_url pix_code redirect_url payer_reference"
        " card_reference mandate_reference",
        hidden="idempotency_key return_url payer_reference card_reference mandate_reference",
    )

    invoice = TenantForeignKey(Invoice, models.PROTECT)
    account = TenantForeignKey(GatewayAccount, models.PROTECT)
    method = models.CharField(max_length=8, choices=[(m.value, m.value) for m in PaymentMethod])
    attempt = models.PositiveSmallIntegerField()
    status = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in ChargeStatus],
        default=ChargeStatus.CREATED,
    )
    external_id = models.CharField(max_length=120, blank=True)
    idempotency_key = models.CharField(max_length=160)
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    renews_every = models.CharField(
        max_length=5, blank=True, choices=[(i.value, i.value) for i in Interval]
    )
    renews_count = models.PositiveSmallIntegerField(default=1)
    payer_reference = models.CharField(max_length=120, blank=True, default="", db_default="")
    card_reference = models.CharField(max_length=120, blank=True, default="", db_default="")
    keeps_card = models.BooleanField(default=False, db_default=False)
    mandate_reference = models.CharField(max_length=40, blank=True, default="", db_default="")
    debit_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    valid_days = models.PositiveSmallIntegerField(default=0, db_default=0)
    fine_cents = models.BigIntegerField(default=0, db_default=0)
    interest_basis_points = models.PositiveSmallIntegerField(default=0, db_default=0)
    discount_cents = models.BigIntegerField(default=0, db_default=0)
    discount_until = models.DateField(null=True)
    begun_at = models.DateTimeField()
    checked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawal_asked_at = models.DateTimeField(null=True)
    return_url = models.CharField(max_length=500)
    pix_code = models.CharField(max_length=512, blank=True)
    redirect_url = models.CharField(max_length=2000, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = ChargeQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "invoice", "method"],
                condition=Q(
                    status__in=["created", "requested", "awaiting", "unknown"],
                    mandate_reference="",
                ),
                name="one_live_charge_per_method",
            ),
            UniqueConstraint(
                fields=["tenant", "invoice"],
                condition=IS_LIVE & ~Q(mandate_reference=""),
                name="one_live_debit_per_invoice",
            ),
            UniqueConstraint(
                fields=["tenant", "invoice"],
                condition=IS_LIVE & ~Q(mandate_reference="", card_reference=""),
                name="one_live_charge_by_itself",
            ),
            CheckConstraint(
                condition=Q(mandate_reference="", debit_on__isnull=True)
                | (~Q(mandate_reference="") & Q(debit_on__isnull=False)),
                name="debit_has_its_day",
            ),
            UniqueConstraint(
                fields=["tenant", "invoice", "method", "attempt"], name="charge_attempt_once"
            ),
            UniqueConstraint(
                fields=["tenant", "account", "external_id"],
                condition=~Q(external_id=""),
                name="charge_external_id_once",
            ),
            CheckConstraint(condition=Q(amount_cents__gt=0), name="charge_amount_positive"),
            CheckConstraint(
                condition=Q(
                    due_on__isnull=True,
                    fine_cents=0,
                    interest_basis_points=0,
                    discount_cents=0,
                    discount_until__isnull=True,
                )
                | Q(due_on__isnull=False, fine_cents__gte=0, discount_cents__gte=0),
                name="charge_terms_have_a_due_date",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["tenant", "expires_at"],
                condition=IS_LIVE,
                name="live_charges_by_expiry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} attempt {self.attempt}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_cents, self.currency)

    @property
    def renewal(self) -> Renewal | None:
        if not self.renews_every:
            return None
        return Renewal(Interval(self.renews_every), self.renews_count)

    @property
    def card(self) -> CardUse:
        return CardUse(self.payer_reference, self.card_reference, keeps=self.keeps_card)

    @property
    def debit(self) -> DebitTerms | None:
        """By which authorisation its payer's bank pays it; None when somebody does."""
        if self.debit_on is None:
            return None
        return DebitTerms(self.mandate_reference, self.debit_on)

    @property
    def due(self) -> DueTerms | None:
        """What it asks for on which day; None when it is to be paid at once."""
        if self.due_on is None:
            return None
        return DueTerms(**{one.name: getattr(self, one.name) for one in fields(DueTerms)})

    @property
    def boleto_days(self) -> int | None:
        return self.account.boleto_days() if self.method == PaymentMethod.BOLETO else None

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    def is_good(self, *, at: datetime) -> bool:
        """Whether somebody can still pay it, or a kept card is being charged."""
        return bool(self.card_reference) or self.expires_at > at

    def request(self, external_id: str) -> None:
        """Be asked for at the provider, under the name it will have there when we choose it."""
        if self.status == ChargeStatus.CREATED:
            self.status = ChargeStatus.REQUESTED
        self.external_id = self.external_id or external_id
        self.save(update_fields=["status", "external_id"])

    def await_payment(
        self, *, external_id: str, expires_at: datetime, pix_code: str, redirect_url: str
    ) -> bool:
        """Become payable. False when it already ended."""
        if not self.is_live:
            return False
        self.status, self.error = ChargeStatus.AWAITING, ""
        self.external_id, self.expires_at = external_id, expires_at
        self.pix_code, self.redirect_url = pix_code, redirect_url
        self.save(
            update_fields=[
                "status",
                "error",
                "external_id",
                "expires_at",
                "pix_code",
                "redirect_url",
            ]
        )
        return True

    def doubt(self, error: str) -> None:
        """The provider may or may not have it."""
        if self.status in {ChargeStatus.CREATED, ChargeStatus.REQUESTED}:
            self._end(ChargeStatus.UNKNOWN, error)

    def fail(self, error: str) -> bool:
        """Become failed. False when it already ended."""
        return self.is_live and self._end(ChargeStatus.FAILED, error)

    def expire(self) -> bool:
        """Become expired. False when it already ended; money that comes later is still booked."""
        return self.is_live and self._end(ChargeStatus.EXPIRED, "")

    def ask_back(self, *, at: datetime) -> bool:
        """The provider is about to be asked to close it. False when it was asked before."""
        if self.withdrawal_asked_at:
            return False
        self.withdrawal_asked_at = at
        self.save(update_fields=["withdrawal_asked_at"])
        return True

    def pay(self) -> None:
        """Become paid, also after it expired or failed."""
        self._end(ChargeStatus.PAID, "")

    def live_until(self, expires_at: datetime) -> None:
        """Its provider gave whoever pays it more time; none is ever taken away."""
        if self.is_live and expires_at > self.expires_at:
            self.expires_at = expires_at
            self.save(update_fields=["expires_at"])

    def checked(self, *, at: datetime) -> None:
        self.checked_at = at
        self.save(update_fields=["checked_at"])

    def view(self) -> ChargeView:
        return ChargeView(
            id=self.id,
            invoice_id=self.invoice_id,
            account_id=self.account_id,
            method=PaymentMethod(self.method),
            status=ChargeStatus(self.status),
            amount=self.amount,
            begun_at=self.begun_at,
            expires_at=self.expires_at,
            pix_code=self.pix_code,
            redirect_url=self.redirect_url,
            error=gettext(WHY.get(self.error, NOT_ACCEPTED)) if self.status == "failed" else "",
            detail=self.error,
            due=self.due,
            uses_kept_card=bool(self.card_reference),
            kept_card_page=self.external_id if self.keeps_card else "",
            external_id=self.external_id,
            debit_on=self.debit_on,
        )

    def _end(self, status: ChargeStatus, error: str) -> bool:
        self.status, self.error = status, error[:300]
        self.save(update_fields=["status", "error"])
        return True
