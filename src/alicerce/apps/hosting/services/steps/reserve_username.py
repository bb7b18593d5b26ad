"""Step 2: choose the account's name before anybody outside hears of it."""

from datetime import datetime

from alicerce.apps.hosting import rules
from alicerce.apps.hosting.models import ProvisioningRun, Service
from alicerce.apps.hosting.types import Answer, Outcome, Remark, Said, Verdict

CANDIDATES = 50


def settle(run: ProvisioningRun, service: Service, outcome: Outcome, at: datetime) -> Outcome:
    """Nobody outside is asked: the name follows from the service."""
    for candidate in range(service.candidate, CANDIDATES):
        name = rules.username(domain=service.domain, service_id=service.id, candidate=candidate)
        if rules.is_valid_username(name) and service.reserve(name, candidate=candidate):
            return Outcome(Verdict.DONE, Said(Remark.USERNAME_RESERVED, {"name": name}))
    return Outcome(Verdict.FAIL, Said(Remark.NO_USERNAME), Answer.REFUSED)
