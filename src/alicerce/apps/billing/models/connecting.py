"""What the platform offers companies at its provider, and the accounts they opened there."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from alicerce.apps.billing.models.gateway import GatewayAccount
from alicerce.apps.billing.rules.connecting import MOST_FEE, MOST_FIXED_CENTS, state_of
from alicerce.apps.billing.types.connecting import (
    ConnectTerms,
    EndedBy,
    LinkStatus,
    MerchantState,
    MerchantTold,
    MerchantView,
    OfferView,
)
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantModel
from alicerce.kernel.personal import Inventory

STANDING = ("state", "due", "due_by", "disabled_reason", "can_pay_out")
"""What a provider says of an account: a change of any is news."""


class ConnectOffer(TenantModel):
    """The platform's own, one for each of its accounts: test and live never meet."""

    inventory: ClassVar = Inventory()

    account = TenantForeignKey(GatewayAccount, models.PROTECT)
    is_open = models.BooleanField(default=False)
    fee_basis_points = models.PositiveSmallIntegerField(default=0)
    fee_fixed_cents = models.PositiveSmallIntegerField(db_default=0, default=0)
    gives_fee_back = models.BooleanField(default=True)
    strays = models.PositiveIntegerField(default=0)
    hook_registered_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "account"], name="one_offer_per_account"),
            CheckConstraint(
                condition=Q(fee_basis_points__lte=MOST_FEE), name="connect_fee_within_reason"
            ),
            CheckConstraint(
                condition=Q(fee_fixed_cents__lte=MOST_FIXED_CENTS),
                name="connect_fixed_fee_within_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fee_basis_points}"

    def count_stray(self) -> None:
        """An event came of an account that nobody here has."""
        type(self).objects.filter(pk=self.pk).update(strays=F("strays") + 1)

    def hook_registered(self, *, at: datetime) -> None:
        self.hook_registered_at = at
        self.save(update_fields=["hook_registered_at"])

    def terms(self) -> ConnectTerms:
        return ConnectTerms(
            self.fee_basis_points, self.gives_fee_back, self.is_open, self.fee_fixed_cents
        )

    def view(self) -> OfferView:
        return OfferView(
            id=self.id,
            account_id=self.account_id,
            livemode=self.account.livemode,
            terms=self.terms(),
            strays=self.strays,
            hook_registered_at=self.hook_registered_at,
        )


class Merchant(OperatedModel):
    """A company's account under the platform's. The fee is what was agreed to when it was opened."""

    inventory: ClassVar = Inventory(
        plain="external_id disabled_reason due ended_by link_status link_url return_url"
    )

    platform_account_id = models.UUIDField()
    account = TenantForeignKey(GatewayAccount, models.PROTECT, null=True)
    livemode = models.BooleanField()
    external_id = models.CharField(max_length=120, blank=True)
    state = models.CharField(
        max_length=12,
        choices=[(s.value, s.value) for s in MerchantState],
        default=MerchantState.PENDING,
    )
    due = models.JSONField(default=list)
    due_by = models.DateTimeField(null=True)
    disabled_reason = models.CharField(max_length=120, blank=True)
    can_pay_out = models.BooleanField(db_default=False, default=False)
    ended_by = models.CharField(max_length=8, blank=True, db_default="", default="")
    changed_at = models.DateTimeField(null=True)
    fee_basis_points = models.PositiveSmallIntegerField()
    fee_fixed_cents = models.PositiveSmallIntegerField(db_default=0, default=0)
    gives_fee_back = models.BooleanField()
    asked_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    link_status = models.CharField(max_length=8, blank=True)
    link_url = models.CharField(max_length=500, blank=True)
    return_url = models.CharField(max_length=500, blank=True)

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "livemode"],
                condition=~Q(state="disconnected"),
                name="one_live_merchant_per_company",
            ),
        ]

    def __str__(self) -> str:
        return self.external_id or str(self.id)

    def ask_link(self, return_url: str) -> None:
        self.link_status, self.link_url, self.return_url = LinkStatus.ASKED, "", return_url
        self.save(update_fields=["link_status", "link_url", "return_url"])

    def link_opened(self, url: str) -> None:
        """Empty where the provider refused to open one."""
        self.link_status = LinkStatus.OPEN if url else LinkStatus.FAILED
        self.link_url = url
        self.save(update_fields=["link_status", "link_url"])

    def trying(self, *, at: datetime) -> bool:
        """An account is about to be asked for. False when one was asked for before."""
        if self.tried_at:
            return False
        self.tried_at = at
        self.save(update_fields=["tried_at"])
        return True

    def opened(self, external_id: str, account: GatewayAccount) -> bool:
        if self.external_id:
            return False
        self.external_id, self.account = external_id, account
        self.save(update_fields=["external_id", "account"])
        return True

    def learn(self, told: MerchantTold | None, *, at: datetime) -> bool:
        """What the provider says now. An older answer undoes nothing; whether anything of it is news."""
        if self.checked_at and self.checked_at > at:
            return False
        before, self.checked_at = self._standing(), at
        self.state = state_of(told)
        self.due = list(told.due) if told else []
        self.due_by = told.due_by if told else None
        self.disabled_reason = told.disabled_reason[:120] if told else ""
        self.can_pay_out = bool(told and told.can_pay_out)
        self.ended_by = EndedBy.NONE if told else EndedBy.OWNER
        is_news = self._standing() != before
        if is_news:
            self.changed_at = at
        self.save(update_fields=[*STANDING, "ended_by", "checked_at", "changed_at"])
        return is_news

    def disconnect(self, *, at: datetime) -> bool:
        if self.state == MerchantState.DISCONNECTED:
            return False
        self.state, self.link_status, self.link_url = MerchantState.DISCONNECTED, "", ""
        self.due, self.due_by, self.disabled_reason = [], None, ""
        self.can_pay_out, self.ended_by, self.changed_at = False, EndedBy.COMPANY, at
        told = [*STANDING, "ended_by", "changed_at"]
        self.save(update_fields=[*told, "link_status", "link_url"])
        return True

    def _standing(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in STANDING)

    def view(self) -> MerchantView:
        return MerchantView(
            id=self.id,
            account_id=self.account_id,
            livemode=self.livemode,
            state=MerchantState(self.state),
            external_id=self.external_id,
            due=tuple(self.due),
            due_by=self.due_by,
            disabled_reason=self.disabled_reason,
            can_pay_out=self.can_pay_out,
            ended_by=EndedBy(self.ended_by),
            changed_at=self.changed_at,
            terms=ConnectTerms(
                self.fee_basis_points,
                self.gives_fee_back,
                fee_fixed_cents=self.fee_fixed_cents,
            ),
            link=LinkStatus(self.link_status),
            link_url=self.link_url,
            checked_at=self.checked_at,
        )
