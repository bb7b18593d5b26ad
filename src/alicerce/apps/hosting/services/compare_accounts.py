"""Compare a server's accounts with ours: what differs is a row that somebody sees to."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.hosting.errors import CannotPutRight
from alicerce.apps.hosting.events import ComparisonDue
from alicerce.apps.hosting.models import Difference, Server, Service
from alicerce.apps.hosting.ports import panel_for
from alicerce.apps.hosting.queries.differences import beliefs
from alicerce.apps.hosting.rules.comparing import disagreements
from alicerce.apps.hosting.services.operations.reconcile import hold_service, reconcile
from alicerce.apps.hosting.types import (
    MENDED,
    Belief,
    DifferenceKind,
    Disagreement,
    Observed,
    PanelAccount,
    ServerAccess,
)
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish


@transaction()
def request_comparisons(*, at: datetime) -> None:
    """Every server of the current tenant, each by a job of its own."""
    for server_id in Server.objects.order_by("id").values_list("id", flat=True):
        publish(ComparisonDue(at=at, server_id=server_id))


@transaction()
def request_comparison(*, server_id: UUID, at: datetime) -> None:
    publish(ComparisonDue(at=at, server_id=Server.objects.get(pk=server_id).id))


def compare_accounts(*, server_id: UUID, at: datetime) -> None:
    """Safe to repeat: it only reads the panel. Raises what a Panel raises."""
    access, before = _believe(server_id)
    shown = panel_for(access).list_accounts()
    _write_down(server_id, before, shown, at)


@transaction()
def put_right(*, difference_id: UUID, at: datetime) -> None:
    """Ask the panel again for what we want. Raises CannotPutRight, Difference.DoesNotExist."""
    difference = Difference.objects.get(pk=difference_id)
    if difference.service_id is None or difference.kind not in MENDED:
        raise CannotPutRight
    held = hold_service(difference.service_id)
    difference = Difference.objects.lock(difference_id)
    if difference.settled_at or not held.run.is_over:
        raise CannotPutRight
    _believe_the_panel(held.service, DifferenceKind(difference.kind))
    reconcile(held, at=at)
    _record(difference, "difference.put_right", {}, at)


@transaction()
def dismiss(*, difference_id: UUID, note: str, at: datetime) -> bool:
    """It may be so: it is shown apart, and told no more. False when it was told already."""
    difference = Difference.objects.lock(difference_id)
    if not difference.dismiss(note):
        return False
    _record(difference, "difference.dismissed", {"note": note}, at)
    return True


@transaction()
def open_again(*, difference_id: UUID, at: datetime) -> bool:
    difference = Difference.objects.lock(difference_id)
    if not difference.open_again():
        return False
    _record(difference, "difference.opened_again", {}, at)
    return True


@transaction()
def _believe(server_id: UUID) -> tuple[ServerAccess, dict[str, Belief]]:
    access: ServerAccess = Server.objects.get(pk=server_id).access()
    return access, beliefs(server_id)


@transaction()
def _write_down(
    server_id: UUID, before: dict[str, Belief], shown: Iterable[PanelAccount], at: datetime
) -> None:
    """What changed while the panel was listing its accounts is looked at the next time."""
    server = Server.objects.lock(server_id)
    now, shown = beliefs(server_id), list(shown)
    found = {
        (each.username, each.kind): each
        for each in disagreements(now, shown)
        if now.get(each.username) == before.get(each.username)
    }
    moving = {name for name in now | before if now.get(name) != before.get(name)}
    moving |= {name for name, belief in now.items() if belief.is_busy}
    for known in Difference.objects.standing().filter(server=server).order_by("id"):
        still = found.pop((known.username, DifferenceKind(known.kind)), None)
        if still:
            known.see(still, at=at)
        elif known.username not in moving:
            known.settle(at=at)
    _note_disk(now, shown, at)
    for new in found.values():
        Difference.objects.add_once(_difference(server, new, at))


def _note_disk(now: dict[str, Belief], shown: Sequence[PanelAccount], at: datetime) -> None:
    """How much each of ours takes, by a read that is made anyway; of what the panel does not say, nothing changes."""
    said = {now[one.username].service_id: one for one in shown if one.username in now}
    rows = (
        Service.objects.filter(pk__in=list(said)).order_by("id").select_for_update(of=("self",))
    )
    seen = [row for row in rows if row.see_disk(said[row.id].disk_used, at=at)]
    Service.objects.bulk_update(seen, ["disk_used", "disk_seen_at"], batch_size=500)


def _difference(server: Server, found: Disagreement, at: datetime) -> Difference:
    return Difference(
        server=server,
        service_id=found.service_id,
        kind=found.kind,
        username=found.username[:64],
        domain=found.domain[:253],
        ours=found.ours,
        theirs=found.theirs[:253],
        first_seen_at=at,
        last_seen_at=at,
    )


def _believe_the_panel(service: Service, kind: DifferenceKind) -> None:
    if kind == DifferenceKind.PACKAGE:
        service.doubt_package()
    else:
        is_down = kind == DifferenceKind.SUSPENDED
        service.see(Observed.SUSPENDED if is_down else Observed.ACTIVE)


def _record(difference: Difference, action: str, after: dict[str, str], at: datetime) -> None:
    audit.record(
        action=action,
        entity="difference",
        entity_id=difference.id,
        after={"kind": difference.kind, **after},
        at=at,
    )
