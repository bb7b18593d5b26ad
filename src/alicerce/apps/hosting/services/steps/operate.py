"""An operation on a live account: look first, ask once, never trust a silence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from alicerce.apps.hosting import rules
from alicerce.apps.hosting.models import ProvisioningRun, Service
from alicerce.apps.hosting.ports import Panel, PanelRefusal, panel_for
from alicerce.apps.hosting.services.operations.conclude import conclude
from alicerce.apps.hosting.services.record_intent import record_intent, withdraw_intent
from alicerce.apps.hosting.types import (
    Answer,
    Clock,
    Observed,
    Outcome,
    PanelAccount,
    RefusalKind,
    Remark,
    RunKind,
    Said,
    StepTask,
    Verdict,
)
from alicerce.kernel.http import Unavailable

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Operation:
    """`is_so` of an account, None when there is none: whether it is as the run wants it."""

    is_so: Callable[[StepTask, PanelAccount | None], bool]
    do: Callable[[Panel, StepTask], None]
    done: Remark


def reason_of(task: StepTask) -> str:
    """Whoever reads the panel reads it: a word and a number that mean nothing to others."""
    return f"Alicerce: {task.cause or 'suspended'} ({task.service_id})"


OPERATIONS = {
    RunKind.SUSPEND: Operation(
        lambda _task, account: account is not None and account.suspended,
        lambda panel, task: panel.suspend(task.username, reason=reason_of(task)),
        Remark.SUSPENDED,
    ),
    RunKind.RESUME: Operation(
        lambda _task, account: account is not None and not account.suspended,
        lambda panel, task: panel.resume(task.username),
        Remark.RESUMED,
    ),
    RunKind.CHANGE_PACKAGE: Operation(
        lambda task, account: account is not None and account.package == task.wanted_package,
        lambda panel, task: panel.change_package(task.username, package=task.wanted_package),
        Remark.PACKAGE_CHANGED,
    ),
    RunKind.TERMINATE: Operation(
        lambda _task, account: account is None,
        lambda panel, task: panel.remove(task.username),
        Remark.REMOVED,
    ),
}


def ask(task: StepTask, clock: Clock) -> Outcome:
    assert task.server is not None
    panel, operation = panel_for(task.server.access), OPERATIONS[task.operation]
    account = panel.account(task.username)
    if strange := _strange(task, account):
        return strange
    if operation.is_so(task, account):
        return _found_so(task)
    if task.is_overruled:
        answer = Answer.UNKNOWN if task.asked_before else Answer.DONE
        return Outcome(Verdict.AGAIN, Said(Remark.OVERRULED), answer)
    if not rules.may_create(asked_before=task.asked_before, absences=task.absences + 1):
        return _come_back(task, Remark.CHANGE_NOT_SHOWN)
    return _too_small(panel, task, account) or _do(panel, task, operation, clock)


def _strange(task: StepTask, account: PanelAccount | None) -> Outcome | None:
    """Nothing is done to an account that is not the one we made."""
    about = {"name": task.username, "domain": task.domain}
    if account is None and task.operation != RunKind.TERMINATE:
        return Outcome(Verdict.HUMAN, Said(Remark.ACCOUNT_MISSING, about), Answer.REFUSED)
    if account and account.domain != task.domain:
        said = Said(Remark.ACCOUNT_OF_OTHER, about | {"theirs": account.domain})
        return Outcome(Verdict.HUMAN, said, Answer.REFUSED)
    return None


def _found_so(task: StepTask) -> Outcome:
    """An older call that was not answered may still undo it: then one look is not enough."""
    if task.is_unsettled and task.absences + 1 < rules.ABSENCES_NEEDED:
        return _come_back(task, Remark.NOT_SETTLED)
    return Outcome(Verdict.DONE, Said(Remark.ALREADY_SO, {"name": task.username}))


def _come_back(task: StepTask, why: Remark) -> Outcome:
    return Outcome(
        Verdict.WAIT,
        Said(why),
        Answer.UNKNOWN,
        delay=rules.probe_delay(absences=task.absences, pace=settings.RETRY_PACE),
    )


def _too_small(panel: Panel, task: StepTask, account: PanelAccount | None) -> Outcome | None:
    """The panel would not ask: it leaves an account over its limit, where mail bounces."""
    if task.operation != RunKind.CHANGE_PACKAGE or account is None:
        return None
    try:
        quota = panel.quota_of(task.wanted_package)
    except PanelRefusal as refusal:
        return _judge(task, refusal)
    if rules.fits(used=account.disk_used, quota=quota):
        return None
    used, room = (account.disk_used or 0) // MEGABYTE, (quota or 0) // MEGABYTE
    about = {"package": task.wanted_package, "used": str(used), "room": str(room)}
    return Outcome(Verdict.HUMAN, Said(Remark.TOO_SMALL, about), Answer.REFUSED)


def _do(panel: Panel, task: StepTask, operation: Operation, clock: Clock) -> Outcome:
    if not record_intent(task=task, at=clock()):
        return Outcome(Verdict.WAIT, Said(Remark.TAKEN_OVER))
    try:
        operation.do(panel, task)
    except Unavailable:
        withdraw_intent(task=task)
        raise
    except PanelRefusal as refusal:
        return _judge(task, refusal)
    about = {"name": task.username, "package": task.wanted_package}
    return Outcome(Verdict.DONE, Said(operation.done, about))


def _judge(task: StepTask, refusal: PanelRefusal) -> Outcome:
    """Already so is what we wanted; the next step looks."""
    if refusal.kind == RefusalKind.ALREADY_SO:
        said = Said(Remark.ALREADY_SO, {"name": task.username}, raw=refusal.reason)
        return Outcome(Verdict.DONE, said)
    if refusal.kind == RefusalKind.PERMANENT:
        about = {"package": task.wanted_package}
        said = Said(Remark.NO_PACKAGE, about, raw=refusal.reason)
        return Outcome(Verdict.FAIL, said, Answer.REFUSED)
    said = Said(Remark.CHANGE_REFUSED, raw=refusal.reason)
    return Outcome(Verdict.AGAIN, said, Answer.REFUSED)


def settle(run: ProvisioningRun, service: Service, outcome: Outcome, at: datetime) -> Outcome:
    """What was asked for is in doubt until the panel shows it, whoever goes on from here."""
    asked = run.current_step().asked_at is not None
    if not asked or outcome.answer == Answer.REFUSED:
        return outcome
    if run.kind == RunKind.CHANGE_PACKAGE:
        service.doubt_package()
    else:
        service.see(Observed.UNKNOWN)
    return outcome


def look(task: StepTask, clock: Clock) -> Outcome:
    """That the panel said yes is not enough: it has to show it."""
    assert task.server is not None
    account = panel_for(task.server.access).account(task.username)
    if strange := _strange(task, account):
        return strange
    if OPERATIONS[task.operation].is_so(task, account):
        said = Said(Remark.CONFIRMED, {"name": task.username})
        return Outcome(Verdict.DONE, said, observed=_observed(account))
    if task.absences + 1 < rules.ABSENCES_NEEDED:
        return _come_back(task, Remark.CHANGE_NOT_SHOWN)
    return Outcome(Verdict.REDO, Said(Remark.NOT_CONFIRMED), Answer.REFUSED)


def _observed(account: PanelAccount | None) -> Observed:
    if account is None:
        return Observed.ABSENT
    return Observed.SUSPENDED if account.suspended else Observed.ACTIVE


def see(run: ProvisioningRun, service: Service, outcome: Outcome, at: datetime) -> Outcome:
    if outcome.observed:
        service.see(outcome.observed)
    return outcome


def tell(run: ProvisioningRun, service: Service, outcome: Outcome, at: datetime) -> Outcome:
    """Nobody outside is asked."""
    conclude(run, service, at=at)
    return Outcome(Verdict.DONE, Said(Remark.TOLD))
