"""What other apps may ask of the audit trail."""

from alicerce.apps.audit.services.forget import forget
from alicerce.apps.audit.services.record import record, record_all

__all__ = ["forget", "record", "record_all"]
