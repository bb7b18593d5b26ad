"""How many accounts still fit on the servers, and how many are ordered and wait for their place."""

from collections import Counter
from collections.abc import Callable, Mapping
from uuid import UUID

from django.db.models import Q

from alicerce.apps.hosting.models import Service
from alicerce.apps.hosting.queries.packages import PlanOnServers, plans_sold
from alicerce.apps.hosting.queries.servers import ServerRow, servers_of_company
from alicerce.apps.hosting.rules.room import Room, Seating, Want
from alicerce.apps.hosting.types import PRODUCT_KIND, Desired, ServerStatus
from alicerce.apps.orders import public as orders
from alicerce.kernel.db import transaction


def room_in(spec: Mapping[str, str]) -> bool:
    """Whether what was just ordered so, and is written already, has its place beside all that waits."""
    rooms = _rooms()
    if not rooms:
        return True
    own = _want(spec)
    others = _waiting()
    others[own] -= 1
    return Seating(rooms, others).more(own, 1) == 1


@transaction()
def could_become(line_id: UUID, spec: Mapping[str, str]) -> bool:
    """Whether an account has what another plan wants on the server where it lives; it does not move.

    One that has no server yet looks for its place anew.
    """
    service = Service.objects.select_related("server").filter(line_id=line_id).first()
    if service is None or service.desired == Desired.TERMINATED:
        return True
    if service.server:
        known, wanted = service.server.packages, spec.get("package", "")
        return known is None or not wanted or wanted in known
    rooms, waiting = _rooms(), _waiting()
    waiting[Want(service.region, service.package)] -= 1
    return not rooms or Seating(rooms, waiting).more(_want(spec), 1) == 1


def room_for_more() -> Callable[[Mapping[str, str]], bool]:
    """Whether one more could be ordered of what a plan says, by one look at servers and orders."""
    rooms = _rooms()
    if not rooms:
        return lambda spec: True
    seating = Seating(rooms, _waiting())
    return lambda spec: seating.more(_want(spec), 1) == 1


def places_by_plan(*, most: int) -> list[tuple[PlanOnServers, int]]:
    """How many more of each plan in the shop could be ordered, counted up to `most`; none where nobody knows."""
    rooms = _rooms()
    if not rooms:
        return []
    seating = Seating(rooms, _waiting())
    sold = plans_sold(only_shown=True)
    return [(plan, seating.more(Want(plan.region, plan.package), most)) for plan in sold]


def plans_without_room() -> list[PlanOnServers]:
    """What is for sale, and is refused because its servers are full."""
    return [plan for plan, left in places_by_plan(most=1) if not left]


def _rooms() -> list[Room]:
    """Servers that are alike count as one: a hundred of them are looked through as fast as two."""
    free: Counter[tuple[str, frozenset[str] | None]] = Counter()
    for server in servers_of_company():
        packages = None if server.packages is None else frozenset(server.packages)
        free[server.region, packages] += free_on(server)
    return [Room(region, packages, count) for (region, packages), count in free.items()]


def free_on(server: ServerRow) -> int:
    """What a server takes, less the accounts that live on it, suspended ones too.

    One that is silent for now keeps its room; one that people paused, or closed to new accounts,
    has none.
    """
    if not server.accepting or server.status == ServerStatus.PAUSED:
        return 0
    room = server.max_accounts - server.accounts
    if server.licence_limit:
        room = min(room, server.licence_limit - server.licence_used)
    return max(room, 0)


@transaction()
def _waiting() -> Counter[Want]:
    """Ordered and not delivered, without what sits on a server already, never will, or has ended."""
    ordered = orders.lines_to_deliver(PRODUCT_KIND)
    own = Service.objects.filter(line_id__in=list(ordered))
    ends = Q(desired=Desired.TERMINATED) | Q(removal_due_at__isnull=False)
    settled = own.filter(Q(server__isnull=False) | ends)
    gone = set(settled.values_list("line_id", flat=True))
    return Counter(_want(spec) for line_id, spec in ordered.items() if line_id not in gone)


def _want(spec: Mapping[str, str]) -> Want:
    return Want(spec.get("region", ""), spec.get("package", ""))
