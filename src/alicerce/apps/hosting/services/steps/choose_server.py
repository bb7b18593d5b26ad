"""Step 1: choose where the account will live."""

from datetime import datetime, timedelta
from uuid import UUID

from alicerce.apps.hosting import rules
from alicerce.apps.hosting.models import ProvisioningRun, Server, Service
from alicerce.apps.hosting.ports import panel_for
from alicerce.apps.hosting.queries.packages import shelves
from alicerce.apps.hosting.queries.servers import access_to, seats_by_pool
from alicerce.apps.hosting.rules.packages import is_nowhere
from alicerce.apps.hosting.services.keep_room import hold_room
from alicerce.apps.hosting.types import (
    Answer,
    Clock,
    Licence,
    Outcome,
    Remark,
    Said,
    Seat,
    StepTask,
    Verdict,
)
from alicerce.kernel.db import transaction
from alicerce.kernel.http import Refusal, Unavailable, Unknown

LICENCE_FRESH = timedelta(minutes=5)


def ask(task: StepTask, clock: Clock) -> Outcome:
    """The first server in the order of the strategy whose licence still has room."""
    seats = _seats_in_order(region=task.region, package=task.package, at=clock())
    if task.wanted_server_id:
        seats = [seat for seat in seats if seat.server_id == task.wanted_server_id]
    if not seats:
        if _is_nowhere(task):
            about = {"package": task.package}
            return Outcome(Verdict.AGAIN, Said(Remark.NO_PACKAGE, about), Answer.REFUSED)
        return _no_room(task, clock())
    silent = 0
    for seat in seats:
        try:
            if _has_licence(seat, clock):
                said = Said(Remark.SERVER_CHOSEN, {"server": seat.name})
                return Outcome(Verdict.DONE, said, server_id=seat.server_id)
        except (Refusal, Unavailable, Unknown):
            silent += 1
    if silent:
        return Outcome(Verdict.AGAIN, Said(Remark.NO_LICENCE_ANSWER), Answer.UNAVAILABLE)
    return Outcome(Verdict.AGAIN, Said(Remark.NO_ROOM), Answer.REFUSED)


def _is_nowhere(task: StepTask) -> bool:
    return is_nowhere(task.package, task.region, shelves())


def _no_room(task: StepTask, at: datetime) -> Outcome:
    """A server that only rests for a while is worth waiting for, and costs nothing."""
    back_at = _back_at(region=task.region, at=at)
    if back_at is None:
        return Outcome(Verdict.AGAIN, Said(Remark.NO_ROOM), Answer.REFUSED)
    said = Said(Remark.SERVERS_RESTING)
    return Outcome(Verdict.WAIT, said, Answer.UNAVAILABLE, delay=back_at - at)


def settle(run: ProvisioningRun, service: Service, outcome: Outcome, at: datetime) -> Outcome:
    """Sit down, if the seat was not taken between the choice and now."""
    if outcome.server_id is None:
        return outcome
    hold_room()
    server = Server.objects.lock(outcome.server_id)
    if server.seat(Service.objects.on_server(server.id).count()).is_full:
        return Outcome(Verdict.WAIT, Said(Remark.SEAT_TAKEN))
    server.count_account()
    service.place(server)
    return outcome


@transaction()
def _back_at(*, region: str, at: datetime) -> datetime | None:
    return Server.objects.back_at(region=region, at=at)


@transaction()
def _seats_in_order(*, region: str, package: str, at: datetime) -> list[Seat]:
    """Pool by pool, each by its own strategy; none where the package is known to be missing."""
    return [
        seat
        for strategy, seats in seats_by_pool(region=region, package=package, at=at)
        for seat in rules.in_order_of_choice(seats, strategy=strategy)
    ]


def _has_licence(seat: Seat, clock: Clock) -> bool:
    """Ask the panel when what we know is old; trust it otherwise."""
    if seat.licence_seen_at and seat.licence_seen_at > clock() - LICENCE_FRESH:
        return True  # the seat was already judged by these very numbers
    licence = panel_for(access_to(seat.server_id)).licence()
    _remember(seat.server_id, licence, clock())
    return licence.limit == 0 or licence.used < licence.limit


@transaction()
def _remember(server_id: UUID, licence: Licence, at: datetime) -> None:
    Server.objects.lock(server_id).see_licence(licence, at=at)
