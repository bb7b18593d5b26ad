"""A live account and what may be wanted of it, for tests."""

from alicerce.apps.hosting.models import ProvisioningRun
from alicerce.apps.hosting.services.operations.change_package import want_package
from alicerce.apps.hosting.services.operations.hold_back import want_resumed, want_suspended
from alicerce.apps.hosting.tests.doubles import drive
from alicerce.apps.hosting.tests.factories import NOON, a_server, a_service, run_of
from alicerce.apps.hosting.types import Cause, Scope


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


def suspend(service, cause=Cause.UNPAID, scope=Scope.ALL):
    return want_suspended(line_id=service.line_id, scope=scope, cause=cause, at=NOON)


def resume(service):
    return want_resumed(line_id=service.line_id, at=NOON)


def change(service, package="max", plan_name="Max"):
    return want_package(line_id=service.line_id, package=package, plan_name=plan_name, at=NOON)


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
