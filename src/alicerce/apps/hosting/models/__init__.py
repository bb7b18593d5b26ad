"""Tables of hosting."""

from alicerce.apps.hosting.models.custom import Policy
from alicerce.apps.hosting.models.difference import Difference
from alicerce.apps.hosting.models.hold import Hold
from alicerce.apps.hosting.models.room import PlanRoom
from alicerce.apps.hosting.models.run import ProvisioningRun
from alicerce.apps.hosting.models.server import Pool, Server, ServerLease
from alicerce.apps.hosting.models.service import Service
from alicerce.apps.hosting.models.step import RunStep

__all__ = [
    "Difference",
    "Hold",
    "PlanRoom",
    "Policy",
    "Pool",
    "ProvisioningRun",
    "RunStep",
    "Server",
    "ServerLease",
    "Service",
]
