"""Step 3: the account itself. Ask before creating; never create twice; never trust a silence."""

from datetime import datetime
from secrets import token_urlsafe

from django.conf import settings

from alicerce.apps.customers import public as customers
from alicerce.apps.hosting import rules
from alicerce.apps.hosting.models import ProvisioningRun, Server, Service
from alicerce.apps.hosting.ports import Panel, PanelRefusal, panel_for
from alicerce.apps.hosting.services.record_intent import record_intent, withdraw_intent
from alicerce.apps.hosting.types import (
    Answer,
    Clock,
    NewAccount,
    Observed,
    Outcome,
    RefusalKind,
    Remark,
    Said,
    StepTask,
    Verdict,
)
from alicerce.kernel.db import transaction
from alicerce.kernel.http import Unavailable

PASSWORD_BYTES = 24
MEANINGS = {
    RefusalKind.USERNAME_TAKEN: (Verdict.HUMAN, Remark.ACCOUNT_HALF_MADE),
    RefusalKind.DOMAIN_TAKEN: (Verdict.HUMAN, Remark.DOMAIN_OF_OTHER),
    RefusalKind.NAME_UNUSABLE: (Verdict.RENAME, Remark.USERNAME_REFUSED),
    RefusalKind.SERVER_FULL: (Verdict.MOVE, Remark.LICENCE_SPENT),
    RefusalKind.PERMANENT: (Verdict.FAIL, Remark.ACCOUNT_REFUSED),
    RefusalKind.OTHER: (Verdict.AGAIN, Remark.ACCOUNT_REFUSED),
}


def ask(task: StepTask, clock: Clock) -> Outcome:
    assert task.server is not None
    panel = panel_for(task.server.access)
    found = _look(panel, task)
    if found:
        return found
    if not rules.may_create(asked_before=task.asked_before, absences=task.absences + 1):
        return _come_back(task)
    return _create(panel, task, clock)


def settle(run: ProvisioningRun, service: Service, outcome: Outcome, at: datetime) -> Outcome:
    if outcome.verdict == Verdict.DONE:
        service.see(Observed.ACTIVE)
    elif outcome.answer == Answer.UNKNOWN:
        service.see(Observed.UNKNOWN)
    elif outcome.verdict == Verdict.RENAME:
        service.give_up_username()
    elif outcome.verdict == Verdict.MOVE:
        _leave_server(service)
    return outcome


def _leave_server(service: Service) -> None:
    """What we believed of its licence was wrong: it is asked again before the next choice."""
    assert service.server_id is not None
    server = Server.objects.lock(service.server_id)
    server.forget_licence()
    service.leave_server()


def _look(panel: Panel, task: StepTask) -> Outcome | None:
    """What the account's presence means; None when it is absent."""
    account = panel.account(task.username)
    if account is None:
        return None
    if account.domain == task.domain:
        return Outcome(Verdict.DONE, Said(Remark.ACCOUNT_FOUND, {"name": task.username}))
    said = Said(Remark.USERNAME_OF_OTHER, {"name": task.username})
    return Outcome(Verdict.RENAME, said, Answer.REFUSED)


def _come_back(task: StepTask) -> Outcome:
    return Outcome(
        Verdict.WAIT,
        Said(Remark.ACCOUNT_NOT_SHOWN),
        Answer.UNKNOWN,
        delay=rules.probe_delay(absences=task.absences, pace=settings.RETRY_PACE),
    )


def _create(panel: Panel, task: StepTask, clock: Clock) -> Outcome:
    account = _intend(task, clock())
    if account is None:
        return Outcome(Verdict.WAIT, Said(Remark.TAKEN_OVER))
    try:
        panel.create_account(account)
    except Unavailable:
        withdraw_intent(task=task)
        raise
    except PanelRefusal as refusal:
        return _judge(panel, task, refusal)
    about = {"name": task.username, "package": task.package}
    return Outcome(Verdict.DONE, Said(Remark.ACCOUNT_CREATED, about))


@transaction()
def _intend(task: StepTask, at: datetime) -> NewAccount | None:
    """What is about to be asked for; None when another attempt has taken over."""
    if not record_intent(task=task, at=at):
        return None
    return NewAccount(
        username=task.username,
        domain=task.domain,
        package=task.package,
        contact_email=customers.customer(task.customer_id).email,
        password=token_urlsafe(PASSWORD_BYTES),
    )


def _judge(panel: Panel, task: StepTask, refusal: PanelRefusal) -> Outcome:
    """What a refusal to create means. A name in use may be our own account after all."""
    if refusal.kind == RefusalKind.USERNAME_TAKEN:
        found = _look(panel, task)
        if found:
            return found
    verdict, remark = MEANINGS[refusal.kind]
    about = {"name": task.username, "domain": task.domain}
    return Outcome(verdict, Said(remark, about, raw=refusal.reason), Answer.REFUSED)
