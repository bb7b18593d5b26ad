"""Step 3: the account itself. Ask before creating; never create twice; never trust a silence."""

from datetime import datetime
from secrets import token_urlsafe

from django.conf import settings

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
    StepTask,
    Verdict,
)
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction
from alicerce.kernel.http import Unavailable

PASSWORD_BYTES = 24
REFUSED = "O servidor recusou a conta: {reason}"
MEANINGS = {
    RefusalKind.USERNAME_TAKEN: (
        Verdict.HUMAN,
        "O servidor diz que {name} já existe, mas não mostra a conta: ficou criada pela metade.",
    ),
    RefusalKind.DOMAIN_TAKEN: (
        Verdict.HUMAN,
        "O domínio {domain} já pertence a outra conta do servidor.",
    ),
    RefusalKind.NAME_UNUSABLE: (
        Verdict.RENAME,
        "O servidor não aceita o nome {name}. Escolhendo outro nome.",
    ),
    RefusalKind.SERVER_FULL: (
        Verdict.MOVE,
        "A licença do servidor não permite mais contas. Escolhendo outro servidor.",
    ),
    RefusalKind.PERMANENT: (Verdict.FAIL, REFUSED),
    RefusalKind.OTHER: (Verdict.AGAIN, REFUSED),
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
        return Outcome(Verdict.DONE, f"Conta {task.username} no ar no servidor.")
    return Outcome(
        Verdict.RENAME,
        f"O nome {task.username} já é de outra conta do servidor. Escolhendo outro nome.",
        Answer.REFUSED,
    )


def _come_back(task: StepTask) -> Outcome:
    return Outcome(
        Verdict.WAIT,
        "O servidor ainda não mostra a conta pedida. Perguntando de novo antes de repetir.",
        Answer.UNKNOWN,
        delay=rules.probe_delay(absences=task.absences, pace=settings.RETRY_PACE),
    )


def _create(panel: Panel, task: StepTask, clock: Clock) -> Outcome:
    account = _intend(task, clock())
    if account is None:
        return Outcome(Verdict.WAIT, "Outro processo assumiu este passo.")
    try:
        panel.create_account(account)
    except Unavailable:
        withdraw_intent(task=task)
        raise
    except PanelRefusal as refusal:
        return _judge(panel, task, refusal)
    return Outcome(Verdict.DONE, f"Conta {task.username} criada com o plano {task.package}.")


@transaction()
def _intend(task: StepTask, at: datetime) -> NewAccount | None:
    """What is about to be asked for; None when another attempt has taken over."""
    if not record_intent(task=task, at=at):
        return None
    return NewAccount(
        username=task.username,
        domain=task.domain,
        package=task.package,
        contact_email=tenancy.customer(task.customer_id).email,
        password=token_urlsafe(PASSWORD_BYTES),
    )


def _judge(panel: Panel, task: StepTask, refusal: PanelRefusal) -> Outcome:
    """What a refusal to create means. A name in use may be our own account after all."""
    if refusal.kind == RefusalKind.USERNAME_TAKEN:
        found = _look(panel, task)
        if found:
            return found
    verdict, words = MEANINGS[refusal.kind]
    detail = words.format(name=task.username, domain=task.domain, reason=refusal.reason)
    return Outcome(verdict, detail, Answer.REFUSED)
