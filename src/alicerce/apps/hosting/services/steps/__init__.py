"""The steps of a run. Each asks the outside and then settles what was learned, in a transaction.

A step without `ask` needs nobody: it is settled in the commit of the step before it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from alicerce.apps.hosting.models import ProvisioningRun, Service
from alicerce.apps.hosting.services.steps import (
    choose_server,
    create_account,
    operate,
    reserve_username,
    set_zone,
    start_autossl,
    welcome,
)
from alicerce.apps.hosting.types import Clock, Outcome, StepKind, StepTask

Ask = Callable[[StepTask, Clock], Outcome]
Settle = Callable[[ProvisioningRun, Service, Outcome, datetime], Outcome]


@dataclass(frozen=True, slots=True)
class Step:
    ask: Ask | None
    settle: Settle
    talks_to_panel: bool = True


STEPS = {
    StepKind.CHOOSE_SERVER: Step(choose_server.ask, choose_server.settle, talks_to_panel=False),
    StepKind.RESERVE_USERNAME: Step(None, reserve_username.settle, talks_to_panel=False),
    StepKind.CREATE_ACCOUNT: Step(create_account.ask, create_account.settle),
    StepKind.DNS_ZONE: Step(set_zone.ask, set_zone.settle),
    StepKind.START_AUTOSSL: Step(start_autossl.ask, start_autossl.settle),
    StepKind.WELCOME: Step(None, welcome.settle, talks_to_panel=False),
    StepKind.SUSPEND_ACCOUNT: Step(operate.ask, operate.settle),
    StepKind.RESUME_ACCOUNT: Step(operate.ask, operate.settle),
    StepKind.CHANGE_PACKAGE: Step(operate.ask, operate.settle),
    StepKind.REMOVE_ACCOUNT: Step(operate.ask, operate.settle),
    StepKind.CONFIRM: Step(operate.look, operate.see),
    StepKind.CONCLUDE: Step(None, operate.tell, talks_to_panel=False),
}
