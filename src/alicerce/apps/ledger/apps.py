"""Registration of the ledger."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "alicerce.apps.ledger"
    label = "ledger"
    verbose_name = _("Razão")
