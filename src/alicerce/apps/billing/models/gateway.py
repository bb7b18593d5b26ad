"""Accounts at payment providers."""

import json
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from alicerce.apps.billing.types import GatewayKind, GatewayView, PaymentMethod
from alicerce.kernel.crypto import SecretField, reveal, seal
from alicerce.kernel.db import TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory


class GatewayQuerySet(TenantQuerySet["GatewayAccount"]):
    def enabled(self) -> "GatewayQuerySet":
        return self.filter(enabled=True)

    def latest_of(self, kind: GatewayKind) -> "GatewayAccount | None":
        """The account that new charges are made at: the one connected last."""
        return self.enabled().filter(kind=kind).order_by("-id").first()


class GatewayAccount(TenantModel):
    """How a provider is reached as the tenant, and how far it was read. Its secrets are sealed."""

    inventory: ClassVar = Inventory(
        plain="name base_url token_url settings credentials hook_hash trouble"
    )

    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in GatewayKind])
    name = models.CharField(max_length=80)
    enabled = models.BooleanField(default=True)
    livemode = models.BooleanField()
    base_url = models.CharField(max_length=200)
    token_url = models.CharField(max_length=200, blank=True)
    settings = models.JSONField(default=dict)
    credentials = SecretField()
    hook_hash = models.CharField(max_length=64)
    hook_registered_at = models.DateTimeField(null=True)
    connected_at = models.DateTimeField()
    reconciled_at = models.DateTimeField()
    trouble = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = GatewayQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "name"], name="gateway_name_per_tenant"),
            CheckConstraint(
                condition=Q(hook_hash__regex=r"^[0-9a-f]{64}$"),
                name="gateway_hook_token_is_hashed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def keep(self, credentials: dict[str, Any]) -> None:
        """Seal the secrets into the row, which still has to be saved."""
        seal(self, "credentials", json.dumps(credentials))

    def secrets(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(reveal(self, "credentials"))
        return found

    def charge_seconds(self) -> int | None:
        found: int | None = self.settings.get("charge_seconds")
        return found

    def boleto_days(self) -> int | None:
        """For how many days a boleto can be paid; None where the account has no boletos."""
        found: int | None = self.settings.get("boleto_days")
        return found

    def offers(self, method: PaymentMethod) -> bool:
        """Whether the account was said to have it: what else its provider has is not asked for."""
        return method != PaymentMethod.BOLETO or self.boleto_days() is not None

    def has_due_dates(self) -> bool:
        """Whether its provider takes charges with a due date; most do, some by another contract."""
        return bool(self.settings.get("due_dates", True))

    def debited_into(self) -> dict[str, str] | None:
        """The bank account that its authorised debits pay into; None where its contract has none."""
        found: dict[str, str] | None = self.settings.get("automatic")
        return found

    def has_automatic(self) -> bool:
        """Whether its provider takes authorisations and debits by them (Pix Automático)."""
        return bool(self.debited_into())

    def is_connected(self) -> bool:
        """Whether it stands under the platform's account: then the key is the platform's."""
        return "connected" in self.settings

    def switch(self, *, enabled: bool) -> bool:
        """Whether new charges are made there from now on. False when it was so."""
        if self.enabled == enabled:
            return False
        self.enabled = enabled
        self.save(update_fields=["enabled"])
        return True

    def read_until(self, until: datetime) -> None:
        self.reconciled_at, self.trouble = until, ""
        self.save(update_fields=["reconciled_at", "trouble"])

    def complain(self, trouble: str) -> None:
        self.trouble = trouble[:200]
        self.save(update_fields=["trouble"])

    def hook_registered(self, *, at: datetime) -> None:
        self.hook_registered_at = at
        self.save(update_fields=["hook_registered_at"])

    def view(self) -> GatewayView:
        return GatewayView(
            id=self.id,
            kind=GatewayKind(self.kind),
            name=self.name,
            enabled=self.enabled,
            livemode=self.livemode,
            reconciled_at=self.reconciled_at,
            trouble=self.trouble,
            hook_registered_at=self.hook_registered_at,
        )
