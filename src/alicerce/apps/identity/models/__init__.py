"""People, what they approve, and who stood in for whom."""

from alicerce.apps.identity.models.consents import StandInConsent
from alicerce.apps.identity.models.devices import KnownDevice
from alicerce.apps.identity.models.people import (
    Approval,
    ApprovalQuerySet,
    Impersonation,
    People,
    User,
)

__all__ = [
    "Approval",
    "ApprovalQuerySet",
    "Impersonation",
    "KnownDevice",
    "People",
    "StandInConsent",
    "User",
]
