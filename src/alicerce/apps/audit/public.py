"""What other apps may ask of the audit trail."""

from alicerce.apps.audit.queries import action_words, deeds_of, history_of, job_words
from alicerce.apps.audit.services.forget import forget
from alicerce.apps.audit.services.record import record, record_all

__all__ = [
    "action_words",
    "deeds_of",
    "forget",
    "history_of",
    "job_words",
    "record",
    "record_all",
]
