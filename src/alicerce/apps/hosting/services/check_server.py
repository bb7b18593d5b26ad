"""Ask a server who it is and how full: what the page shows as its connection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from alicerce.apps.audit import public as audit
from alicerce.apps.hosting import rules
from alicerce.apps.hosting.events import ServerCheckDue, ServerPackagesChanged
from alicerce.apps.hosting.models import Server
from alicerce.apps.hosting.ports import Panel, panel_for
from alicerce.apps.hosting.services.call_next import call_held_up
from alicerce.apps.hosting.types import Answer, Licence, ServerAccess, ServerStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.http import Refusal, Unavailable, Unknown


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at a server showed."""

    answer: Answer
    version: str = ""
    licence: Licence | None = None
    packages: Sequence[str] | None = None
    error: str = ""


@transaction()
def request_check(*, server_id: UUID, at: datetime) -> None:
    """The button: the answer comes to the page by itself."""
    publish(ServerCheckDue(at=at, server_id=Server.objects.get(pk=server_id).id))


@transaction()
def request_checks(*, at: datetime) -> None:
    """Every server of the current tenant is looked at, each by a job of its own."""
    _request(Server.objects.all(), at)


@transaction()
def request_checks_of_silent(*, at: datetime) -> None:
    """Only the servers that did not answer the last time, be it a look or a run."""
    _request(Server.objects.silent(), at)


def _request(servers: QuerySet[Server], at: datetime) -> None:
    for server_id in servers.values_list("id", flat=True):
        publish(ServerCheckDue(at=at, server_id=server_id))


def check_server(*, server_id: UUID, at: datetime) -> None:
    """Safe to repeat: it only reads the panel."""
    try:
        panel = panel_for(_access(server_id))
        seen = Seen(
            Answer.DONE,
            version=panel.version(),
            licence=panel.licence(),
            packages=_packages(panel),
        )
    except (Refusal, Unavailable, Unknown) as trouble:
        seen = Seen(_answer_of(trouble), error=str(trouble) or type(trouble).__name__)
    _write_down(server_id, seen, at)


def _packages(panel: Panel) -> list[str] | None:
    """None when the panel does not say: a token may be kept from them, and the server is no worse for it."""
    try:
        return panel.list_packages()
    except Refusal:
        return None


def _answer_of(trouble: Refusal | Unavailable | Unknown) -> Answer:
    if isinstance(trouble, Refusal):
        return Answer.REFUSED
    return Answer.UNAVAILABLE if isinstance(trouble, Unavailable) else Answer.UNKNOWN


@transaction()
def _access(server_id: UUID) -> ServerAccess:
    access: ServerAccess = Server.objects.get(pk=server_id).access()
    return access


@transaction()
def _write_down(server_id: UUID, seen: Seen, at: datetime) -> None:
    server = Server.objects.lock(server_id)
    before, is_first, failures = str(server.status), server.checked_at is None, server.failures
    server.see_connection(answer=seen.answer, version=seen.version, error=seen.error, at=at)
    if seen.licence:
        server.see_licence(seen.licence, at=at)
    if seen.packages is not None and server.see_packages(seen.packages, at=at):
        publish(
            ServerPackagesChanged(
                at=at, server_id=server.id, packages=tuple(server.packages or ())
            )
        )
    if server.status == ServerStatus.ACTIVE:
        _call_whoever_waits(
            server, is_back=is_first or before != server.status, failures=failures, at=at
        )
    if before != server.status:
        audit.record(
            action=f"server.became_{server.status}",
            entity="server",
            entity_id=server.id,
            before={"status": before},
            after={"status": str(server.status), "answer": str(seen.answer)},
            at=at,
        )


def _call_whoever_waits(server: Server, *, is_back: bool, failures: int, at: datetime) -> None:
    """Of one that answers looks and fails runs, only runs that had few tries: the others keep their pauses."""
    if is_back:
        call_held_up(server_id=server.id, at=at)
    elif failures:
        call_held_up(server_id=server.id, at=at, tried_below=rules.FAST_ATTEMPTS)
