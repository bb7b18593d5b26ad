"""What providers posted to us, as it came."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.models.gateway import GatewayAccount
from alicerce.apps.billing.types.gateways import NoticeOutcome
from alicerce.kernel.db import OperatedModel, TenantForeignKey
from alicerce.kernel.isolation import TenantKey, TenantWall
from alicerce.kernel.personal import Inventory, mentioned_in


class Notice(OperatedModel):
    """A provider's word that something may have happened. Proof is only what it answers when asked."""

    inventory: ClassVar = Inventory(
        _("Avisos do provedor de pagamento"),
        of={"provider_object": mentioned_in("raw")},
        erase="raw headers detail",
        plain="external_key",
    )

    account = TenantForeignKey(GatewayAccount, models.PROTECT)
    external_key = models.CharField(max_length=120)
    raw = models.BinaryField()
    headers = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=12, blank=True, choices=[(o.value, o.value) for o in NoticeOutcome]
    )
    detail = models.CharField(max_length=200, blank=True)

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            TenantKey(name="billing_notice_key"),
            TenantWall(
                name="billing_notice_wall",
                operator_reads=True,
                verbs="select, insert, update",
            ),
            UniqueConstraint(
                fields=["tenant", "account", "external_key"], name="notice_once_per_account"
            ),
        ]

    def __str__(self) -> str:
        return self.external_key

    def finish(self, outcome: NoticeOutcome, *, at: datetime, detail: str = "") -> None:
        self.outcome, self.handled_at, self.detail = outcome, at, detail[:200]
        self.save(update_fields=["outcome", "handled_at", "detail"])
