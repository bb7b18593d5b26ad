"""What other apps may ask of the audit trail."""

from alicerce.apps.audit.services import record

__all__ = ["record"]
