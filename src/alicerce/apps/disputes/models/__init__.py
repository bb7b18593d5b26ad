"""The tables of disputes."""

from alicerce.apps.disputes.models.answer import Answer, Draft
from alicerce.apps.disputes.models.dispute import Dispute
from alicerce.apps.disputes.models.services import Hold, Policy

__all__ = ["Answer", "Dispute", "Draft", "Hold", "Policy"]
