"""Kept cards: for whom a provider keeps them, and whether they may be charged by themselves."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.types.cards import CardUse
from alicerce.apps.collecting.rules.names import card_name
from alicerce.apps.collecting.rules.retrying import WARN_BEFORE, last_day
from alicerce.apps.collecting.types import (
    CardView,
    KeptCard,
    VisitKind,
    VisitStatus,
    VisitView,
    Way,
)
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory


class Payer(TenantModel):
    """A customer as a provider knows them. One who paid as a stranger may be known twice."""

    inventory: ClassVar = Inventory(
        _("Cadastros na operadora de cartões"),
        of={"customer": "customer_id"},
        names={"provider_object": "external_id"},
        plain="external_id",
    )

    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    account = TenantForeignKey("billing.GatewayAccount", models.PROTECT)
    external_id = models.CharField(max_length=120)
    given_up_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "account", "external_id"], name="one_payer_per_name"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "customer"], name="payers_of_customer"),
        ]

    def __str__(self) -> str:
        return self.external_id

    def give_up(self, *, at: datetime) -> bool:
        """Be nobody's from now on. False when it was so."""
        if self.given_up_at:
            return False
        self.given_up_at = at
        self.save(update_fields=["given_up_at"])
        return True


class CardQuerySet(TenantQuerySet["Card"]):
    def kept(self) -> "CardQuerySet":
        return self.filter(removed_at__isnull=True)

    def usable(self, today: date) -> "CardQuerySet":
        return self.kept().filter(refused="", expires_on__gte=today)

    def expiring(self, today: date) -> "CardQuerySet":
        """Those that their owners were not warned of."""
        soon = self.kept().filter(warned_at__isnull=True, expires_on__lte=today + WARN_BEFORE)
        return soon.filter(expires_on__gte=today)


class Card(OperatedModel):
    """A card that the provider keeps: brand, last digits, expiry. Its number never comes here."""

    inventory: ClassVar = Inventory(
        _("Cartões guardados"),
        of={"customer": "customer_id"},
        names={"provider_object": "external_id"},
        erase="last4",
        plain="external_id brand refused",
        hidden="external_id",
    )

    payer = TenantForeignKey(Payer, models.PROTECT)
    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    external_id = models.CharField(max_length=120)
    brand = models.CharField(max_length=20)
    last4 = models.CharField(max_length=20)
    expires_on = models.DateField()
    is_default = models.BooleanField(default=False)
    refused = models.CharField(max_length=60, blank=True)
    saved_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = CardQuerySet.as_manager()

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "payer", "external_id"], name="one_card_per_name"
            ),
            UniqueConstraint(
                fields=["tenant", "customer"],
                condition=Q(is_default=True),
                name="one_default_card",
            ),
            CheckConstraint(
                condition=Q(is_default=False) | Q(removed_at__isnull=True),
                name="default_card_is_kept",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["tenant", "customer", "-id"], name="cards_of_customer"),
            models.Index(
                fields=["tenant", "customer"],
                condition=Q(removed_at__isnull=True),
                name="kept_cards_of_customer",
            ),
            # lint: allow tenant-unique because the clock asks whose card ends; it is not unique
            models.Index(
                fields=["expires_on"],
                condition=Q(removed_at__isnull=True, warned_at__isnull=True),
                name="cards_to_warn_of",
            ),
        ]

    def __str__(self) -> str:
        return card_name(self.brand, self.last4)

    @property
    def use(self) -> CardUse:
        """How billing is told to charge it."""
        return CardUse(
            self.payer.external_id, self.external_id, account_id=self.payer.account_id
        )

    def see(self, told: KeptCard, *, at: datetime) -> bool:
        """Take over what the provider showed. False when that is older than what is known."""
        if at < self.seen_at:
            return False
        expires_on = last_day(told.exp_month, told.exp_year)
        if expires_on > self.expires_on:  # its bank sent a new one: it may do again
            self.warned_at, self.refused = None, ""
        self.brand, self.last4, self.expires_on = told.brand, told.last4, expires_on
        self.seen_at = at
        self.save(
            update_fields=["brand", "last4", "expires_on", "seen_at", "warned_at", "refused"]
        )
        return True

    def become_default(self) -> None:
        """Instead of the one that was; who calls holds the payer's customer."""
        others = Card.objects.filter(customer_id=self.customer_id, is_default=True)
        others.exclude(pk=self.pk).update(is_default=False)
        self.is_default = True
        self.save(update_fields=["is_default"])

    def refuse(self, reason: str) -> None:
        """Its bank wants no more of it: it is not charged by itself until it is another."""
        self.refused = reason[:60]
        self.save(update_fields=["refused"])

    def warn(self, *, at: datetime) -> None:
        self.warned_at = at
        self.save(update_fields=["warned_at"])

    def remove(self, *, at: datetime) -> bool:
        """Be kept no more. False when it was not."""
        if self.removed_at:
            return False
        self.removed_at, self.is_default = at, False
        self.save(update_fields=["removed_at", "is_default"])
        return True

    def view(self) -> CardView:
        return CardView(
            id=self.id,
            customer_id=self.customer_id,
            brand=self.brand,
            last4=self.last4,
            expires_on=self.expires_on,
            is_default=self.is_default,
            refused=self.refused,
            saved_at=self.saved_at,
        )


class Autopay(TenantModel):
    """What a customer said last of being charged by itself, and by what where both could.

    Who never said anything agreed by keeping a card; who never chose has their bank asked first.
    """

    inventory: ClassVar = Inventory(_("Pagamento automático"), of={"customer": "customer_id"})

    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    is_on = models.BooleanField(default=True, db_default=True)
    way = models.CharField(
        max_length=4,
        blank=True,
        default="",
        db_default="",
        choices=[(w.value, w.value) for w in Way],
    )
    set_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "customer"], name="one_autopay_per_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {'on' if self.is_on else 'off'}"


class Visit(TenantModel):
    """A customer's way to a page of the provider: asked here, opened by a job, and shown when it is there."""

    inventory: ClassVar = Inventory(
        _("Idas à página da operadora de cartões"),
        of={"customer": "customer_id"},
        plain="url return_url",
        hidden="url return_url",
    )

    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    kind = models.CharField(max_length=9, choices=[(k.value, k.value) for k in VisitKind])
    status = models.CharField(
        max_length=6,
        choices=[(s.value, s.value) for s in VisitStatus],
        default=VisitStatus.ASKED,
    )
    url = models.CharField(max_length=2000, blank=True)
    return_url = models.CharField(max_length=500)
    asked_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.kind} of {self.customer_id}"

    def open(self, url: str) -> None:
        self.status, self.url = VisitStatus.OPEN, url
        self.save(update_fields=["status", "url"])

    def fail(self) -> None:
        self.status = VisitStatus.FAILED
        self.save(update_fields=["status"])

    def view(self) -> VisitView:
        return VisitView(
            self.id, self.customer_id, VisitKind(self.kind), VisitStatus(self.status), self.url
        )
