"""Messages to people."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.notify.types import MessageStatus
from alicerce.kernel.crypto import SecretField
from alicerce.kernel.db import OperatedModel
from alicerce.kernel.personal import Inventory


class Message(OperatedModel):
    """One e-mail to one person. Its values may carry single-use links, so they are sealed."""

    inventory: ClassVar = Inventory(
        _("E-mails enviados"),
        of={"email": "to"},
        names={"message": "id"},
        erase="to values subject error",
        plain="key template locale",
        deletes=True,
    )

    key = models.CharField(max_length=120)
    template = models.CharField(max_length=60)
    to = models.EmailField()
    locale = models.CharField(max_length=8)
    values = SecretField()
    subject = models.CharField(max_length=200, blank=True)
    status = models.CharField(
        max_length=8,
        choices=[(s.value, s.value) for s in MessageStatus],
        default=MessageStatus.QUEUED,
    )
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "key"], name="message_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.template} to {self.to}"

    def become_sent(self, *, subject: str, at: datetime) -> None:
        """Keep that it went, not what it said: the links in it are nobody else's business."""
        self.status, self.subject, self.sent_at, self.error = (
            MessageStatus.SENT,
            subject,
            at,
            "",
        )
        self.values = b""
        self.save(update_fields=["status", "subject", "sent_at", "error", "values"])

    def become_refused(self, reason: str) -> None:
        self.status, self.error = MessageStatus.REFUSED, reason[:300]
        self.save(update_fields=["status", "error"])
