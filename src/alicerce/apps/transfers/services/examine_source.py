"""Examine a source: read what is needed, ask, compare, write down what was found.

Nobody outside is asked while a transaction is open. Whoever does not answer is asked again by the
rules of the queue: nothing here changes anything there, so asking twice is safe.
"""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.hosting import public as hosting
from alicerce.apps.hosting.errors import ServiceNotActive, UnknownAccount
from alicerce.apps.hosting.types import PanelAccount
from alicerce.apps.transfers import rules
from alicerce.apps.transfers.events import TransferBlocked, TransferReady
from alicerce.apps.transfers.models import Transfer
from alicerce.apps.transfers.ports import SourceRefusal, mover
from alicerce.apps.transfers.services.letters import write_to_customer
from alicerce.apps.transfers.types import (
    Clock,
    Code,
    Destination,
    Examined,
    Said,
    SourceFacts,
    Task,
)
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.http import Refusal, Unavailable, Unknown


class DestinationAway(Exception):
    """Our own server does not answer, or refuses to: no fault of the source."""


def examine_source(*, transfer_id: UUID, examination: int, clock: Clock) -> None:
    """Be ready, or blocked with reasons. An examination that was overtaken changes nothing.

    Raises Unavailable, Unknown or DestinationAway: to be tried again.
    """
    task = _begin(transfer_id, examination, clock())
    if task is None:
        return
    try:
        examined = _examine(task)
    except (Unavailable, Unknown, DestinationAway) as trouble:
        _note(task, trouble, clock())
        raise
    _settle(task, examined, clock())


@transaction()
def _begin(transfer_id: UUID, examination: int, at: datetime) -> Task | None:
    transfer = Transfer.objects.lock(transfer_id)
    if not transfer.is_at(examination) or not transfer.has_token:
        return None
    transfer.tell(Said(Code.LOOKING), at=at)
    return Task(
        transfer.id, examination, transfer.service_id, transfer.source, transfer.shown_token()
    )


def _examine(task: Task) -> Examined:
    try:
        facts = mover().examine(task.source, task.token)
    except SourceRefusal as refusal:
        return Examined(None, None, (Said(refusal.code, raw=str(refusal)),))
    home = _destination(task, facts)
    return Examined(facts, home.disk_limit, rules.findings(task.source, facts, home))


def _destination(task: Task, facts: SourceFacts) -> Destination:
    """What is there now, asked for at our own server."""
    service = hosting.service_view(task.service_id)
    if service is None:
        return Destination("", "", has_account=False)
    own = _look(task.service_id, "")
    other = task.source.username
    names = {facts.domain, *(domain.name for domain in facts.domains or ())} - {""}
    found = hosting.services_with_domains(sorted(names))
    return Destination(
        domain=service.domain,
        username=service.username,
        host_names=(service.hostname.lower(), service.ip),
        has_account=own is not None,
        disk_limit=own.disk_limit if own else None,
        is_name_taken=other != service.username and _look(task.service_id, other) is not None,
        elsewhere=tuple(each.domain for each in found if each.id != task.service_id),
    )


def _look(service_id: UUID, username: str) -> PanelAccount | None:
    try:
        return hosting.look_at_account(service_id=service_id, username=username)
    except (UnknownAccount, ServiceNotActive):
        return None
    except (Refusal, Unavailable, Unknown) as trouble:
        raise DestinationAway(str(trouble)) from trouble


@transaction()
def _note(task: Task, trouble: Exception, at: datetime) -> None:
    codes = {Unavailable: Code.SOURCE_AWAY, DestinationAway: Code.DESTINATION_AWAY}
    transfer = Transfer.objects.lock(task.transfer_id)
    if transfer.is_at(task.examination):
        code = codes.get(type(trouble), Code.SOURCE_SILENT)
        transfer.tell(Said(code, raw=str(trouble)), at=at)


@transaction()
def _settle(task: Task, examined: Examined, at: datetime) -> None:
    transfer = Transfer.objects.lock(task.transfer_id)
    if not transfer.is_at(task.examination):
        return  # canceled, or examined anew while we looked
    transfer.settle(examined, at=at)
    verdict = Said(Code.READY if examined.is_clear else Code.BLOCKED)
    transfer.tell(*_story(examined), *examined.findings, verdict, at=at)
    _say(transfer, examined, at)
    write_to_customer(transfer=transfer, at=at)
    audit.record(
        action=f"transfer.{transfer.stage}",
        entity="transfer",
        entity_id=transfer.id,
        after={"findings": [str(found.code) for found in examined.findings]},
        at=at,
    )


def _story(examined: Examined) -> list[Said]:
    """How far one came, as lines of the log."""
    facts = examined.facts
    if facts is None:
        return []
    told = [Said(Code.REACHED, {"version": facts.version})]
    if not facts.has_account:
        return told
    sizes = {"domain": facts.domain, "plan": facts.plan, "used": str(facts.disk_used or 0)}
    told.append(Said(Code.ACCOUNT_SEEN, sizes))
    if facts.domains is not None:
        told.append(Said(Code.DOMAINS_SEEN, {"count": str(len(facts.domains))}))
    return [*told, Said(Code.COMPARED)]


def _say(transfer: Transfer, examined: Examined, at: datetime) -> None:
    if examined.is_clear:
        publish(
            TransferReady(
                at=at,
                transfer_id=transfer.id,
                service_id=transfer.service_id,
                customer_id=transfer.customer_id,
                examination=transfer.examination,
            )
        )
        return
    publish(
        TransferBlocked(
            at=at,
            transfer_id=transfer.id,
            service_id=transfer.service_id,
            customer_id=transfer.customer_id,
            examination=transfer.examination,
            reasons=tuple(str(found.code) for found in examined.findings if found.blocks),
        )
    )
