"""What codes of corrections are called."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.queries.words import METHODS, Words
from alicerce.apps.billing.types.corrections import RefundSource, RefundStatus
from alicerce.ui.status import Status, Statuses

REFUND: Statuses = {
    RefundStatus.CREATED: Status("info", _("A caminho"), live=True),
    RefundStatus.REQUESTED: Status("info", _("A caminho"), live=True),
    RefundStatus.PENDING: Status("info", _("No provedor"), live=True),
    RefundStatus.UNKNOWN: Status("info", _("Conferindo"), live=True),
    RefundStatus.SUCCEEDED: Status("ok", _("Devolvido")),
    RefundStatus.FAILED: Status("bad", _("Não devolvido")),
}
SOURCES: Mapping[RefundSource, Words] = {
    RefundSource.INVOICE: _("Do que a fatura recebeu, com nota de crédito"),
    RefundSource.WALLET: _("Do saldo do cliente"),
    RefundSource.SUSPENSE: _("Do que está em análise"),
}

__all__ = ["METHODS", "REFUND", "SOURCES"]
