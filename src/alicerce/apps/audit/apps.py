"""Registration of audit."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "alicerce.apps.audit"
    label = "audit"
    verbose_name = _("Auditoria")

    def ready(self) -> None:
        from alicerce.apps.audit.ports import action_readers
        from alicerce.apps.audit.web.job_words import job_words
        from alicerce.apps.audit.web.words import action_words

        action_readers["pages"] = action_words
        action_readers["jobs"] = job_words
