"""A subscription ends: suspended at once, removed on a day that was said, when somebody says so."""

from datetime import timedelta

import pytest

from alicerce.apps.hosting.errors import (
    NoRemovalPlanned,
    NotSuspended,
    RemovalNotDue,
    ServiceIsOver,
)
from alicerce.apps.hosting.jobs import find_due_removals
from alicerce.apps.hosting.models import Policy, ProvisioningRun
from alicerce.apps.hosting.services.operations.follow_policy import follow_policy
from alicerce.apps.hosting.services.operations.hold_back import resume_service
from alicerce.apps.hosting.services.operations.remove import (
    call_off_removal,
    confirm_removal,
    due_removals,
    plan_removal,
    see_to_removal,
)
from alicerce.apps.hosting.tests.factories import NOON, a_server, a_service
from alicerce.apps.hosting.tests.obeying import (
    a_live_service,
    asked,
    end,
    newest,
    said,
    settle,
    suspend,
    take_back,
)
from alicerce.apps.hosting.types import Custom, Remover
from alicerce.apps.notify.models import Message
from alicerce.kernel.http import Unavailable, Unknown

LATER = NOON + timedelta(days=31)

pytestmark = pytest.mark.usefixtures("tenant", "zones")


@pytest.fixture
def service(tenant, panel, clock):
    service = a_live_service(clock)
    panel.asked.clear()
    return service


@pytest.fixture
def ended(service, clock):
    end(service)
    settle(service, clock)
    return service


class TestTheEnd:
    def test_suspends_at_once_and_plans_the_rest(self, published, ended):
        assert (ended.status, ended.suspension_cause) == ("suspended", "ended")
        assert ended.removal_due_at == NOON + timedelta(days=30)
        (fact,) = said(published, "service.removal_scheduled")
        assert fact.due_at == ended.removal_due_at

    def test_is_told_in_one_letter(self, ended):
        told = Message.objects.exclude(template="service_active")
        assert [message.template for message in told] == ["service_removal"]

    def test_heard_twice_is_one(self, ended):
        assert not end(ended, at=LATER)
        ended.refresh_from_db()
        assert ended.removal_due_at == NOON + timedelta(days=30)

    def test_follows_the_days_of_the_company(self, service):
        follow_policy(custom=Custom(days_until_removal=7), at=NOON)
        end(service)

        service.refresh_from_db()
        assert service.removal_due_at == NOON + timedelta(days=7)

    def test_is_taken_back_by_a_subscription_that_goes_on(self, ended, clock):
        take_back(ended)
        settle(ended, clock)

        assert (ended.status, ended.removal_due_at) == ("active", None)
        assert Message.objects.filter(template="service_resumed").count() == 1

    def test_is_taken_back_by_a_person(self, ended, clock):
        resume_service(service_id=ended.id, reason="Engano", at=NOON)
        settle(ended, clock)

        assert (ended.status, ended.removal_due_at) == ("active", None)


class TestTheGate:
    def test_lets_nothing_through_before_its_day(self, ended):
        with pytest.raises(RemovalNotDue):
            confirm_removal(service_id=ended.id, at=NOON)

    def test_does_not_open_by_the_clock(self, ended, panel, clock, published):
        for _ in range(3):
            for service_id in due_removals(at=LATER):
                see_to_removal(service_id=service_id, at=LATER)
        settle(ended, clock)

        assert panel.removed == []
        assert ended.status == "suspended"
        assert len(said(published, "service.removal_due")) == 1

    def test_opens_by_the_clock_where_the_company_said_so(
        self, ended, panel, clock, monkeypatch
    ):
        Policy.objects.create(remover=Remover.CLOCK)
        monkeypatch.setattr("alicerce.apps.hosting.jobs.now", lambda: LATER)

        find_due_removals()
        settle(ended, clock)

        assert panel.removed == [ended.username]
        assert ended.status == "terminated"

    def test_asks_for_nothing_that_is_not_planned(self, service):
        with pytest.raises(NoRemovalPlanned):
            confirm_removal(service_id=service.id, at=LATER)
        with pytest.raises(NotSuspended):
            plan_removal(service_id=service.id, at=NOON)

    def test_can_be_planned_by_a_person_for_what_is_suspended(self, service, clock):
        suspend(service)
        settle(service, clock)
        for _ in range(2):
            plan_removal(service_id=service.id, at=NOON)

        service.refresh_from_db()
        assert service.removal_due_at == NOON + timedelta(days=30)
        assert Message.objects.filter(template="service_removal").count() == 1

    def test_called_off_leaves_it_suspended(self, ended, clock):
        call_off_removal(service_id=ended.id, at=NOON)
        settle(ended, clock)

        assert (ended.status, ended.removal_due_at) == ("suspended", None)
        with pytest.raises(NoRemovalPlanned):
            call_off_removal(service_id=ended.id, at=NOON)


class TestRemoval:
    def test_takes_the_account_away_and_says_so(self, ended, panel, clock, published):
        confirm_removal(service_id=ended.id, at=LATER)
        settle(ended, clock)

        assert panel.removed == [ended.username]
        assert (ended.status, ended.observed) == ("terminated", "absent")
        assert len(said(published, "service.terminated")) == 1

    def test_once_confirmed_is_not_taken_back(self, ended):
        confirm_removal(service_id=ended.id, at=LATER)

        assert not take_back(ended)
        for act in (call_off_removal, confirm_removal):
            with pytest.raises(ServiceIsOver):
                act(service_id=ended.id, at=LATER)
        with pytest.raises(ServiceIsOver):
            resume_service(service_id=ended.id, reason="Engano", at=LATER)

    def test_not_answered_is_asked_about(self, ended, panel, clock):
        panel.after["remove"] = [Unknown("sem resposta")]
        confirm_removal(service_id=ended.id, at=LATER)
        settle(ended, clock)

        assert asked(panel, "remove") == 1
        assert ended.status == "terminated"

    def test_of_an_account_that_is_gone_is_done(self, ended, panel, clock):
        del panel.accounts[ended.username]
        confirm_removal(service_id=ended.id, at=LATER)
        settle(ended, clock)

        assert asked(panel, "remove") == 0
        assert ended.status == "terminated"

    def test_never_touches_an_account_with_another_domain(self, ended, panel, clock):
        panel.accounts[ended.username] = "outra.com.br"
        confirm_removal(service_id=ended.id, at=LATER)

        assert settle(ended, clock).status == "needs_human"
        assert panel.removed == []
        assert ended.status == "suspended"

    def test_of_what_was_never_made_asks_nobody(self, tenant, panel, clock, published):
        service = a_service()
        assert settle(service, clock).status == "failed"
        end(service)
        confirm_removal(service_id=service.id, at=LATER)

        service.refresh_from_db()
        assert service.status == "terminated"
        assert ProvisioningRun.objects.count() == 1
        assert len(said(published, "service.terminated")) == 1

    def test_that_fails_leaves_it_suspended(self, ended, panel, clock):
        panel.before["account"] = [Unavailable("fora") for _ in range(60)]
        confirm_removal(service_id=ended.id, at=LATER)

        assert settle(ended, clock).status == "failed"
        assert ended.status == "suspended"

    def test_frees_a_place_on_the_server(self, ended, panel, clock):
        confirm_removal(service_id=ended.id, at=LATER)
        settle(ended, clock)
        ended.server.max_accounts = 1
        ended.server.save()
        other = a_service(domain="outra.com.br")

        assert settle(other, clock).status == "succeeded"
        assert newest(other).kind == "provision"


def test_a_policy_is_one_row_however_often_it_changes(tenant):
    for days in (3, 5, 5):
        follow_policy(custom=Custom(days_until_removal=days), at=NOON)

    assert [row.days_until_removal for row in Policy.objects.all()] == [5]


def test_no_server_is_needed_to_plan(tenant):
    a_server()
    service = a_service()
    end(service)

    service.refresh_from_db()
    assert service.removal_due_at
