"""A live account and what may be wanted of it, for tests."""

from datetime import date

from alicerce.apps.hosting.models import ProvisioningRun
from alicerce.apps.hosting.services.operations.change_package import want_package
from alicerce.apps.hosting.services.operations.follow_subscription import follow_subscription
from alicerce.apps.hosting.tests.doubles import drive
from alicerce.apps.hosting.tests.factories import NOON, a_server, a_service, run_of
from alicerce.apps.hosting.types import Cause, Scope
from alicerce.apps.orders.models import Line
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.services.follow_order import open_subscriptions
from alicerce.apps.subscriptions.types import EndCause, SuspendCause
from alicerce.apps.subscriptions.types import Scope as SubscriptionScope


class Killed(BaseException):
    """What happens to a worker between two lines."""


def a_live_service(clock, **spec):
    a_server()
    service = a_service(**spec)
    drive(run_of(service), clock)
    service.refresh_from_db()
    return service


def newest(service):
    return ProvisioningRun.objects.filter(service=service).order_by("-generation").first()


RUNNING = {
    "status": "active",
    "started_at": NOON,
    "period_starts_on": date(2026, 9, 1),
    "period_ends_on": date(2026, 10, 1),
    "next_starts_on": date(2026, 10, 1),
}


def subscription_of(service):
    """The one that pays for it, under way."""
    found = Subscription.objects.of_line(service.line_id)
    if not found.exists():
        open_subscriptions(order_id=Line.objects.get(pk=service.line_id).order_id, at=NOON)
        found.update(**RUNNING)
    return found.get()


def suspend(service, cause=Cause.UNPAID, scope=Scope.ALL):
    subscriptions.suspend(
        subscription_id=subscription_of(service).id,
        scope=SubscriptionScope(scope),
        cause=SuspendCause(cause),
        at=NOON,
    )
    return follow_subscription(line_id=service.line_id, at=NOON)


def resume(service):
    subscriptions.resume(subscription_id=subscription_of(service).id, at=NOON)
    return follow_subscription(line_id=service.line_id, at=NOON)


def end(service, *, at=NOON):
    subscriptions.end(
        subscription_id=subscription_of(service).id, cause=EndCause.CUSTOMER, at=at
    )
    return follow_subscription(line_id=service.line_id, at=at)


def take_back(service):
    """The customer stays after all."""
    back = {"ended_at": None, "end_cause": "", **RUNNING}
    Subscription.objects.of_line(service.line_id).update(**back)
    return follow_subscription(line_id=service.line_id, at=NOON)


def change(service, package="max", plan_name="Max", *, said_at=NOON):
    return want_package(
        line_id=service.line_id,
        package=package,
        plan_name=plan_name,
        said_at=said_at,
        at=NOON,
    )


def settle(service, clock):
    """Let every run that begins come to its end."""
    for _ in range(9):
        run = newest(service)
        if run.is_over:
            break
        drive(run, clock)
    service.refresh_from_db()
    return newest(service)


def said(published, name):
    return [event for event in published if event.name == name]


def asked(panel, method):
    return panel.asked.count(method)
