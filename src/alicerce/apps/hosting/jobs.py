"""What hosting does when something happens."""

from contextlib import suppress

from django.conf import settings

from alicerce.apps.hosting import rules
from alicerce.apps.hosting.events import ComparisonDue, RunStepDue, ServerCheckDue
from alicerce.apps.hosting.queries.servers import tenants_with_silent_servers
from alicerce.apps.hosting.services.abandon_run import abandon_run
from alicerce.apps.hosting.services.advance_run import advance_run
from alicerce.apps.hosting.services.check_server import (
    check_server,
    request_checks,
    request_checks_of_silent,
)
from alicerce.apps.hosting.services.compare_accounts import (
    compare_accounts,
    request_comparisons,
)
from alicerce.apps.hosting.services.open_service import open_service
from alicerce.apps.hosting.services.operations.change_package import want_package
from alicerce.apps.hosting.services.operations.follow_subscription import follow_subscription
from alicerce.apps.hosting.services.operations.remove import due_removals, see_to_removal
from alicerce.apps.hosting.services.tell_of_room import tell_of_room
from alicerce.apps.hosting.types import PRODUCT_KIND
from alicerce.apps.orders.events import LineReady, OrderPlaced
from alicerce.apps.subscriptions.events import (
    SubscriptionChanged,
    SubscriptionEnded,
    SubscriptionResumed,
    SubscriptionSuspended,
)
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.http import Refusal, Unavailable, Unknown
from alicerce.kernel.jobs import every, on


def is_hosting(line: LineReady) -> bool:
    return line.kind == PRODUCT_KIND


def has_package(change: SubscriptionChanged) -> bool:
    return bool(change.spec.get("package"))


def abandon(due: RunStepDue, error: str) -> None:
    abandon_run(run_id=due.run_id, turn=due.turn, error=error, at=now())


@on(LineReady, when=is_hosting)
def open_ordered_service(line: LineReady) -> None:
    open_service(line_id=line.line_id, customer_id=line.customer_id, spec=line.spec, at=now())


@on(SubscriptionSuspended)
def hold_suspended_service(fact: SubscriptionSuspended) -> None:
    follow_subscription(line_id=fact.line_id, at=now())


@on(SubscriptionResumed)
def let_resumed_service_go(fact: SubscriptionResumed) -> None:
    follow_subscription(line_id=fact.line_id, at=now())


@on(SubscriptionEnded)
def suspend_ended_service(fact: SubscriptionEnded) -> None:
    follow_subscription(line_id=fact.line_id, at=now())


@on(SubscriptionChanged, when=has_package)
def change_package_of_service(fact: SubscriptionChanged) -> None:
    want_package(
        line_id=fact.line_id,
        package=fact.spec["package"],
        plan_name=fact.spec.get("plan_name", ""),
        said_at=fact.at,
        at=now(),
    )


@on(RunStepDue, on_dead=abandon)
def take_step(due: RunStepDue) -> None:
    """The next step, and those after it for as long as nothing has to be waited for."""
    advance_run(run_id=due.run_id, turn=due.turn, clock=now)


@on(ComparisonDue)
def compare_with_server(due: ComparisonDue) -> None:
    """A server that does not answer is the matter of its check: the next comparison comes anyway."""
    with suppress(Refusal, Unavailable, Unknown):
        compare_accounts(server_id=due.server_id, at=now())


@every(seconds=900)
def compare_with_servers() -> None:
    for tenant_id in tenancy.tenant_ids():
        with acting(tenant_id=tenant_id):
            request_comparisons(at=now())


@every(seconds=3600)
def find_due_removals() -> None:
    """A person is asked, once; the clock removes only where the company said that it may."""
    for tenant_id in tenancy.tenant_ids():
        with acting(tenant_id=tenant_id):
            for service_id in due_removals(at=now()):
                see_to_removal(service_id=service_id, at=now())


@on(OrderPlaced)
def look_at_room_after_order(placed: OrderPlaced) -> None:
    tell_of_room(at=now())


@every(seconds=900)
def look_at_room() -> None:
    """Room goes in other ways than by orders: a server is paused, a panel fills from outside, a plan is shown."""
    for tenant_id in tenancy.tenant_ids():
        with acting(tenant_id=tenant_id):
            tell_of_room(at=now())


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
