"""What the company decided about services in dispute."""

from alicerce.apps.disputes.models import Policy
from alicerce.apps.disputes.types import ServicePolicy


def service_policy() -> ServicePolicy:
    """Who decided nothing keeps services running: nobody is cut off by a mere claim."""
    found = Policy.objects.first()
    return ServicePolicy(found.services) if found else ServicePolicy.KEEP
