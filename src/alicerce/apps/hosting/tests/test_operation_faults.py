"""Every way an operation may go wrong, and every moment at which minds may change."""

from contextlib import suppress

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.hosting import rules
from alicerce.apps.hosting.errors import RunNotStopped
from alicerce.apps.hosting.models import ProvisioningRun, Service
from alicerce.apps.hosting.ports import PanelRefusal
from alicerce.apps.hosting.services.advance_run import advance_run
from alicerce.apps.hosting.services.retry_run import retry_run
from alicerce.apps.hosting.tests.doubles import drive
from alicerce.apps.hosting.tests.factories import NOON
from alicerce.apps.hosting.tests.obeying import (
    Killed,
    a_live_service,
    asked,
    newest,
    resume,
    said,
    settle,
    suspend,
)
from alicerce.apps.hosting.types import (
    RefusalKind,
    RunKind,
)
from alicerce.apps.notify.models import Message
from alicerce.kernel.http import Refusal, Unavailable, Unknown

pytestmark = pytest.mark.usefixtures("tenant", "zones")
MEGABYTE = 1 << 20


@pytest.fixture
def service(tenant, panel, clock):
    service = a_live_service(clock)
    panel.asked.clear()
    return service


class TestFaults:
    """Every way a call may end, for suspending and for resuming."""

    @pytest.fixture(params=["suspend", "resume"])
    def operation(self, request, service, clock, panel):
        if request.param == "resume":
            suspend(service)
            settle(service, clock)
            panel.asked.clear()
        return request.param

    def want(self, operation, service):
        return suspend(service) if operation == "suspend" else resume(service)

    def is_so(self, operation, service, panel):
        suspended = operation == "suspend"
        assert (service.username in panel.suspended) is suspended
        assert service.status == ("suspended" if suspended else "active")
        assert service.observed == service.status

    @pytest.mark.parametrize("trouble", [Unknown("sem resposta"), Unknown("HTTP 502")])
    def test_done_and_not_answered_is_asked_about_not_repeated(
        self, operation, service, panel, clock, trouble
    ):
        panel.after[operation] = [trouble]
        self.want(operation, service)

        settle(service, clock)

        self.is_so(operation, service, panel)
        assert asked(panel, operation) == 1

    def test_not_done_and_not_answered_is_asked_again_after_some_looks(
        self, operation, service, panel, clock
    ):
        panel.before[operation] = [Unknown("sem resposta")]
        self.want(operation, service)

        settle(service, clock)

        self.is_so(operation, service, panel)
        assert asked(panel, operation) == 2
        assert asked(panel, "account") >= rules.ABSENCES_NEEDED + 1

    @pytest.mark.parametrize(
        "trouble", [Unavailable("fora"), PanelRefusal("manutenção"), Refusal("result 0")]
    )
    def test_refused_or_away_is_tried_again(self, operation, service, panel, clock, trouble):
        panel.before[operation] = [trouble]
        self.want(operation, service)

        settle(service, clock)

        self.is_so(operation, service, panel)

    def test_already_so_is_done(self, operation, service, panel, clock):
        panel.before[operation] = [PanelRefusal("already", RefusalKind.ALREADY_SO)]
        self.want(operation, service)
        if operation == "suspend":
            panel.suspended[service.username] = "x"
        else:
            panel.suspended.clear()

        settle(service, clock)
        self.is_so(operation, service, panel)

    def test_a_yes_that_is_not_shown_is_asked_again(self, operation, service, panel, clock):
        real, lies = getattr(panel, operation), []

        def lie(username, **options):
            lies.append(username)
            if len(lies) > 1:
                real(username, **options)

        setattr(panel, operation, lie)
        self.want(operation, service)

        settle(service, clock)

        self.is_so(operation, service, panel)
        assert len(lies) == 2

    @pytest.mark.parametrize("death", ["before account", "before call", "after call"])
    def test_a_worker_that_dies_is_gone_on_from(self, operation, service, panel, clock, death):
        moment, called = death.split()
        method = operation if called == "call" else called
        getattr(panel, moment)[method] = [Killed()]
        self.want(operation, service)
        run = newest(service)
        with suppress(Killed):
            drive(run, clock)

        settle(service, clock)

        self.is_so(operation, service, panel)

    def test_a_worker_that_dies_before_the_look_at_the_end_repeats_nothing(
        self, operation, service, panel, clock
    ):
        self.want(operation, service)
        panel.after[operation] = []
        real = panel.account
        looks = []

        def die_at_the_second(username):
            looks.append(username)
            if len(looks) == 2:
                raise Killed
            return real(username)

        panel.account = die_at_the_second
        with pytest.raises(Killed):
            drive(newest(service), clock)

        settle(service, clock)

        self.is_so(operation, service, panel)
        assert asked(panel, operation) == 1

    def test_after_the_last_attempt_the_service_keeps_its_state(
        self, operation, service, panel, clock, published
    ):
        before = Service.objects.get().status
        panel.before["account"] = [Unavailable("fora") for _ in range(60)]
        self.want(operation, service)

        run = settle(service, clock)

        assert run.status == "failed"
        assert service.status == before
        assert len(said(published, "service.operation_stopped")) == 1
        assert Message.objects.filter(template="operation_stopped").count() == 1
        assert Entry.objects.filter(action="provisioning_run.failed").count() == 1

        panel.before["account"] = []
        retry_run(run_id=run.id, at=clock())
        settle(service, clock)
        self.is_so(operation, service, panel)


class TestMindsThatChange:
    def test_before_anybody_asked_the_panel_cost_it_nothing(self, service, panel, clock):
        suspend(service)
        resume(service)

        settle(service, clock)

        assert asked(panel, "suspend") == asked(panel, "resume") == 0
        assert service.status == "active"
        assert [r.status for r in ProvisioningRun.objects.order_by("generation")] == [
            "succeeded",
            "superseded",
        ]
        assert not Message.objects.filter(template__startswith="service_s").exists()

    def test_many_times_end_where_they_ended(self, service, panel, clock):
        for _ in range(3):
            suspend(service)
            resume(service)
        suspend(service)

        settle(service, clock)

        assert asked(panel, "suspend") == 1
        assert service.status == "suspended"

    def test_while_the_panel_is_asked_are_heard_at_the_end(self, service, panel, clock):
        real = panel.suspend

        def paid_meanwhile(username, **options):
            real(username, **options)
            resume(service)

        panel.suspend = paid_meanwhile
        suspend(service)

        settle(service, clock)

        assert service.username not in panel.suspended
        assert service.status == "active"
        assert [r.kind for r in ProvisioningRun.objects.order_by("generation")] == [
            "provision",
            "suspend",
            "resume",
        ]

    def test_while_an_answer_is_missing_are_not_believed_at_first_sight(
        self, service, panel, clock
    ):
        """The suspension may still land: one look that shows the account up proves nothing."""
        panel.before["suspend"] = [Unknown("sem resposta")]
        suspend(service)
        advance_run(run_id=newest(service).id, turn=newest(service).turn, clock=clock)
        service.refresh_from_db()
        assert service.observed == "unknown"

        resume(service)
        run = newest(service)
        assert run.kind == RunKind.RESUME
        advance_run(run_id=run.id, turn=run.turn, clock=clock)
        panel.suspended[service.username] = "chegou tarde"

        settle(service, clock)

        assert service.username not in panel.suspended
        assert (service.status, service.observed) == ("active", "active")

    def test_after_a_yes_that_nobody_has_confirmed_are_not_lost(self, service, panel, clock):
        panel.before["account"] = []
        suspend(service)
        run = newest(service)
        real, looks = panel.account, []

        def away_at_the_second(username):
            looks.append(username)
            if len(looks) == 2:
                raise Unavailable("fora")
            return real(username)

        panel.account = away_at_the_second
        advance_run(run_id=run.id, turn=run.turn, clock=clock)
        run.refresh_from_db()
        assert run.status == "waiting"

        resume(service)
        settle(service, clock)

        assert service.username not in panel.suspended
        assert service.status == "active"

    def test_of_a_dead_worker_that_nobody_wants_any_more_do_nothing(
        self, service, panel, clock
    ):
        panel.before["account"] = [Killed()]  # type: ignore[list-item]
        suspend(service)
        with pytest.raises(Killed):
            drive(newest(service), clock)
        resume(service)

        settle(service, clock)

        assert asked(panel, "suspend") == 0
        assert service.status == "active"

    def test_leave_nothing_to_retry(self, service, panel, clock, published):
        panel.before["account"] = [Unavailable("fora") for _ in range(60)]
        suspend(service)
        failed = settle(service, clock)
        panel.before["account"] = []

        resume(service)
        failed.refresh_from_db()

        assert failed.status == "superseded"
        with pytest.raises(RunNotStopped):
            retry_run(run_id=failed.id, at=NOON)
        settled = [event.run_id for event in said(published, "provisioning_run.settled")]
        assert failed.id in settled
