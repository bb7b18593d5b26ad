"""What other apps may ask of the audit trail."""

from alicerce.apps.audit.queries import action_words, deeds_of, history_of
from alicerce.apps.audit.services.forget import forget
from alicerce.apps.audit.services.record import record, record_all

__all__ = ["action_words", "deeds_of", "forget", "history_of", "record", "record_all"]
