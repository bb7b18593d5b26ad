"""What hosting does when something happens."""

from alicerce.apps.hosting.events import RunStepDue, ServerCheckDue
from alicerce.apps.hosting.services.abandon_run import abandon_run
from alicerce.apps.hosting.services.advance_run import advance_run
from alicerce.apps.hosting.services.check_server import check_server, request_checks
from alicerce.apps.hosting.services.open_service import open_service
from alicerce.apps.hosting.types import PRODUCT_KIND
from alicerce.apps.orders.events import LineReady
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.jobs import every, on


def is_hosting(line: LineReady) -> bool:
    return line.kind == PRODUCT_KIND


def abandon(due: RunStepDue, error: str) -> None:
    abandon_run(run_id=due.run_id, turn=due.turn, error=error, at=now())


@on(LineReady, when=is_hosting)
def open_ordered_service(line: LineReady) -> None:
    open_service(line_id=line.line_id, customer_id=line.customer_id, spec=line.spec, at=now())


@on(RunStepDue, on_dead=abandon)
def take_step(due: RunStepDue) -> None:
    advance_run(run_id=due.run_id, turn=due.turn, clock=now)


@on(ServerCheckDue)
def look_at_server(due: ServerCheckDue) -> None:
    check_server(server_id=due.server_id, at=now())


@every(seconds=300)
def look_at_servers() -> None:
    """So that a server that came back is used again, and one that went away is seen."""
    for tenant_id in tenancy.tenant_ids():
        with acting(tenant_id=tenant_id):
            request_checks(at=now())
