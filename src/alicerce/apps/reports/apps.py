"""Registration of reports."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "alicerce.apps.reports"
    label = "reports"
    verbose_name = _("Relatórios")
