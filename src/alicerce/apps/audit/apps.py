"""Registration of audit."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "alicerce.apps.audit"
    label = "audit"
