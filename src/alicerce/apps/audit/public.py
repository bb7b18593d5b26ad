"""What other apps may ask of the audit trail."""

from alicerce.apps.audit.services.forget import forget
from alicerce.apps.audit.services.record import record

__all__ = ["forget", "record"]
