"""What other apps may ask of disputes."""

from alicerce.apps.disputes.models import Answer, Dispute, Draft
from alicerce.apps.disputes.queries.disputes import disputes_of_invoice
from alicerce.kernel.personal import PersonalRecords

__all__ = ["disputes_of_invoice", "personal"]

personal = PersonalRecords(Dispute, Draft, Answer)
