"""People, and what they approve."""

from alicerce.apps.identity.models.people import Approval, ApprovalQuerySet, People, User

__all__ = ["Approval", "ApprovalQuerySet", "People", "User"]
