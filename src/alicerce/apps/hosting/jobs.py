"""What hosting does when something happens."""

from django.conf import settings

from alicerce.apps.hosting import rules
from alicerce.apps.hosting.events import RunStepDue, ServerCheckDue
from alicerce.apps.hosting.queries.servers import tenants_with_silent_servers
from alicerce.apps.hosting.services.abandon_run import abandon_run
from alicerce.apps.hosting.services.advance_run import advance_run
from alicerce.apps.hosting.services.check_server import (
    check_server,
    request_checks,
    request_checks_of_silent,
)
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
    """The next step, and those after it for as long as nothing has to be waited for."""
    advance_run(run_id=due.run_id, turn=due.turn, clock=now)


@on(ServerCheckDue)
def look_at_server(due: ServerCheckDue) -> None:
    check_server(server_id=due.server_id, at=now())


@every(seconds=300)
def look_at_servers() -> None:
    """So that one that went away is seen."""
    for tenant_id in tenancy.tenant_ids():
        with acting(tenant_id=tenant_id):
            request_checks(at=now())


@every(seconds=max(1.0, rules.LOOK_AGAIN.total_seconds() * settings.RETRY_PACE))
def look_again_at_silent_servers() -> None:
    """So that one that only hiccupped, or came back, is used again at once."""
    for tenant_id in tenants_with_silent_servers():
        with acting(tenant_id=tenant_id):
            request_checks_of_silent(at=now())
