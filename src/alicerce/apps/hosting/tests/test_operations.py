"""A live account obeys: suspended, resumed, changed, whatever happens on the way."""

from datetime import timedelta

import pytest

from alicerce.apps.hosting.jobs import has_package, hold_suspended_service
from alicerce.apps.hosting.models import Hold, Policy, ProvisioningRun, ServerLease
from alicerce.apps.hosting.services.advance_run import advance_run
from alicerce.apps.hosting.services.operations.follow_subscription import (
    follow_subscription,
)
from alicerce.apps.hosting.services.operations.hold_back import (
    resume_service,
    suspend_service,
)
from alicerce.apps.hosting.services.retry_run import retry_run
from alicerce.apps.hosting.tests.factories import NOON, a_server, a_service
from alicerce.apps.hosting.tests.obeying import (
    a_live_service,
    asked,
    change,
    newest,
    resume,
    said,
    settle,
    suspend,
)
from alicerce.apps.hosting.types import (
    Cause,
    RunKind,
    Scope,
    StepKind,
    WebAlone,
)
from alicerce.apps.notify.models import Message
from alicerce.apps.subscriptions.events import SubscriptionChanged, SubscriptionSuspended
from alicerce.kernel.http import Unknown

pytestmark = pytest.mark.usefixtures("tenant", "zones")
MEGABYTE = 1 << 20


@pytest.fixture
def service(tenant, panel, clock):
    service = a_live_service(clock)
    panel.asked.clear()
    return service


class TestSuspension:
    def test_reaches_the_panel_and_then_the_page(self, service, panel, clock, published):
        assert suspend(service)
        service.refresh_from_db()
        assert (service.status, service.desired) == ("active", "suspended")

        run = settle(service, clock)

        assert (run.kind, run.status) == ("suspend", "succeeded")
        assert service.username in panel.suspended
        assert (service.status, service.observed) == ("suspended", "suspended")
        assert service.suspended_at is not None
        (fact,) = said(published, "service.suspended")
        assert (fact.cause, fact.scope) == ("unpaid", "all")

    def test_says_nothing_private_on_the_panel(self, service, panel, clock):
        suspend_service(
            service_id=service.id, cause=Cause.STAFF, reason="Golpe do primo da Renata", at=NOON
        )
        settle(service, clock)

        reason = panel.suspended[service.username]
        assert "primo" not in reason
        assert "staff" in reason

    def test_writes_to_the_customer_once(self, service, clock):
        suspend(service, cause=Cause.ABUSE)
        settle(service, clock)
        suspend(service, cause=Cause.ABUSE)
        settle(service, clock)

        assert Message.objects.filter(template="service_suspended").count() == 1

    def test_for_what_is_unpaid_is_told_by_the_letter_of_the_invoice(self, service, clock):
        """That it is back is told all the same: they know that it was away."""
        suspend(service)
        settle(service, clock)
        assert not Message.objects.filter(template="service_suspended").exists()

        resume(service)
        settle(service, clock)

        assert Message.objects.filter(template="service_resumed").count() == 1

    def test_heard_twice_is_one_run(self, service, panel, clock):
        assert suspend(service)
        assert not suspend(service)
        settle(service, clock)

        assert asked(panel, "suspend") == 1
        assert ProvisioningRun.objects.filter(kind="suspend").count() == 1

    def test_of_an_account_that_somebody_suspended_there_is_done(self, service, panel, clock):
        panel.suspended[service.username] = "por fora"
        suspend(service)

        assert settle(service, clock).status == "succeeded"
        assert asked(panel, "suspend") == 0
        assert service.status == "suspended"

    def test_leaves_no_lease_behind(self, service, clock):
        suspend(service)
        settle(service, clock)

        assert not ServerLease.objects.exists()

    def test_of_what_is_no_account_is_nothing(self, service):
        assert not follow_subscription(line_id=service.id, at=NOON)

    def test_of_a_service_still_being_made_waits_for_it(self, tenant, panel, clock):
        a_server()
        service = a_service()
        suspend(service)
        service.refresh_from_db()
        assert newest(service).kind == RunKind.PROVISION

        assert settle(service, clock).kind == RunKind.SUSPEND
        assert service.status == "suspended"

    def test_of_another_account_of_that_name_is_left_to_a_person(self, service, panel, clock):
        panel.accounts[service.username] = "outra.com.br"
        suspend(service)

        assert settle(service, clock).status == "needs_human"
        assert asked(panel, "suspend") == 0
        assert service.status == "active"


class TestWebAlone:
    """WHM stops accounts, not sites."""

    def test_stops_the_whole_account_where_the_company_left_it_so(self, service, clock):
        suspend(service, scope=Scope.WEB)
        settle(service, clock)

        assert (service.status, service.suspension_scope) == ("suspended", "web")

    def test_waits_for_the_whole_where_the_company_wants_mail_to_stay(self, service, clock):
        Policy.objects.create(web_alone=WebAlone.NOTHING)

        suspend(service, scope=Scope.WEB)
        settle(service, clock)
        assert service.status == "active"

        suspend(service, scope=Scope.ALL)
        settle(service, clock)
        assert service.status == "suspended"


class TestCauses:
    def test_are_lifted_one_by_one(self, service, clock):
        suspend(service)
        suspend_service(service_id=service.id, cause=Cause.ABUSE, reason="spam", at=NOON)
        settle(service, clock)
        assert service.suspension_cause == "abuse"

        resume(service)
        settle(service, clock)
        assert (service.status, service.suspension_cause) == ("suspended", "abuse")

        resume_service(service_id=service.id, reason="limpo", at=NOON)
        settle(service, clock)
        assert (service.status, service.suspension_cause) == ("active", "")
        assert not Hold.objects.exists()

    def test_of_a_subscription_are_its_own_to_lift(self, service, clock):
        suspend(service, cause=Cause.STAFF)
        settle(service, clock)

        assert resume(service)
        settle(service, clock)
        assert service.status == "active"

    def test_come_back_with_one_letter(self, service, clock):
        suspend(service)
        settle(service, clock)
        resume(service)
        settle(service, clock)
        assert not resume(service)

        assert Message.objects.filter(template="service_resumed").count() == 1


class TestPackage:
    def test_follows_the_plan(self, service, panel, clock, published):
        change(service)
        service.refresh_from_db()
        assert (service.package, service.plan_name) == ("pro", "Pro")

        settle(service, clock)

        assert panel.packages[service.username] == "max"
        assert (service.package, service.plan_name) == ("max", "Max")
        (fact,) = said(published, "service.package_changed")
        assert fact.plan_name == "Max"

    def test_that_does_not_hold_what_is_used_is_left_to_a_person(self, service, panel, clock):
        panel.quotas["max"] = 500 * MEGABYTE
        panel.used[service.username] = 900 * MEGABYTE
        change(service)

        run = settle(service, clock)

        assert run.status == "needs_human"
        assert run.said["values"] == {"package": "max", "used": "900", "room": "500"}
        assert asked(panel, "change_package") == 0
        assert service.package == "pro"

        panel.used[service.username] = 400 * MEGABYTE
        retry_run(run_id=run.id, at=clock())
        settle(service, clock)
        assert service.package == "max"

    def test_that_the_server_does_not_have_fails_at_once(self, service, panel, clock):
        change(service, package="ouro")

        run = settle(service, clock)

        assert (run.status, run.said["code"]) == ("failed", "no_package")

    def test_not_answered_is_asked_about(self, service, panel, clock):
        panel.after["change_package"] = [Unknown("sem resposta")]
        change(service)

        settle(service, clock)

        assert asked(panel, "change_package") == 1
        assert service.package == "max"

    def test_taken_back_while_in_doubt_is_put_right(self, service, panel, clock):
        panel.after["change_package"] = [Unknown("sem resposta")]
        change(service)
        run = newest(service)
        advance_run(run_id=run.id, turn=run.turn, clock=clock)
        assert panel.packages[service.username] == "max"

        change(service, package="pro", plan_name="Pro")
        settle(service, clock)

        assert panel.packages[service.username] == service.package == "pro"
        assert not service.package_in_doubt

    def test_waits_for_the_suspension_that_comes_first(self, service, panel, clock):
        suspend(service)
        change(service)

        settle(service, clock)

        assert (service.status, service.package) == ("suspended", "max")
        assert [r.kind for r in ProvisioningRun.objects.order_by("generation")][-1] == (
            RunKind.CHANGE_PACKAGE
        )


class TestFacts:
    def test_are_heard_in_any_order(self, service, clock):
        """The suspension's job comes late: what counts is how the subscription stands."""
        suspend(service)
        resume(service)
        hold_suspended_service(
            SubscriptionSuspended(
                at=NOON,
                subscription_id=service.id,
                customer_id=service.customer_id,
                line_id=service.line_id,
                scope="all",
                cause="unpaid",
            )
        )
        settle(service, clock)

        assert (service.status, service.suspension_cause) == ("active", "")

    def test_of_an_older_plan_do_not_win(self, service, panel, clock):
        change(service, said_at=NOON + timedelta(minutes=1))
        assert not change(service, package="pro", plan_name="Pro", said_at=NOON)
        settle(service, clock)

        assert service.package == "max"

    def test_without_a_package_change_nothing(self, service, tenant):
        fact = SubscriptionChanged(
            at=NOON,
            subscription_id=service.id,
            customer_id=service.customer_id,
            line_id=service.line_id,
            price_id=service.id,
            spec={"plan_name": "Max"},
        )

        assert not has_package(fact)
        assert has_package(fact.model_copy(update={"spec": {"package": "max"}}))


class TestRuns:
    def test_tell_their_steps(self, service, clock):
        suspend(service)
        run = settle(service, clock)

        assert [step.kind for step in run.steps.order_by("position")] == [
            StepKind.SUSPEND_ACCOUNT,
            StepKind.CONFIRM,
            StepKind.CONCLUDE,
        ]

    def test_of_one_service_are_one_at_a_time(self, service, clock):
        suspend(service)
        change(service)
        live = ProvisioningRun.objects.filter(status__in=["queued", "running", "waiting"])

        assert live.count() == 1

    def test_wait_for_a_slot_of_the_server(self, service, panel, clock):
        server = service.server
        for slot in range(1, server.max_concurrent + 1):
            ServerLease.objects.create(
                server=server, slot=slot, run_id=service.id, expires_at=NOON + timedelta(days=9)
            )
        suspend(service)
        run = newest(service)
        advance_run(run_id=run.id, turn=run.turn, clock=clock)

        run.refresh_from_db()
        assert run.status == "waiting"
        assert panel.asked == []
