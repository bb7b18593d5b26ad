"""A run, from a paid line to a live account, whatever happens on the way."""

import json
from datetime import timedelta

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.audit.queries import history_of
from alicerce.apps.hosting import rules
from alicerce.apps.hosting.models import ProvisioningRun, Server, ServerLease, Service
from alicerce.apps.hosting.queries.servers import places_with_room
from alicerce.apps.hosting.services.advance_run import advance_run
from alicerce.apps.hosting.services.check_server import check_server
from alicerce.apps.hosting.services.open_service import open_service
from alicerce.apps.hosting.services.retry_run import retry_run
from alicerce.apps.hosting.tests.doubles import drive, drive_to_the_panel, step_of
from alicerce.apps.hosting.tests.factories import NOON, a_server, a_service, a_spec, run_of
from alicerce.apps.hosting.types import PLANS, PRODUCT_KIND, Remark, RunKind, StepKind
from alicerce.apps.identity.models import User
from alicerce.apps.notify.models import Message
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.models import Line
from alicerce.kernel.crypto import reveal
from alicerce.kernel.http import Refusal, Unavailable, Unknown

HOUR = timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("tenant", "panel", "zones")


@pytest.fixture
def server(tenant):
    return a_server()


@pytest.fixture
def run(server):
    return run_of(a_service())


def names(published, name):
    return [event for event in published if event.name == name]


class TestOpenService:
    def test_opens_one_service_for_a_line_heard_twice(self, run):
        service = run.service

        for _ in range(2):
            open_service(
                line_id=service.line_id, customer_id=service.customer_id, spec=a_spec(), at=NOON
            )

        assert ProvisioningRun.objects.count() == Service.objects.count() == 1
        assert run.steps.count() == 6


class TestTheWayThrough:
    def test_ends_with_a_live_account(self, run, panel, zones, clock, published):
        drive(run, clock)

        service = Service.objects.get()
        assert (run.status, service.status, service.observed) == (
            "succeeded",
            "active",
            "active",
        )
        assert panel.accounts == {service.username: "padaria.com.br"}
        assert [r.spec.content for r in zones.records["padaria.com.br"]] == [
            "192.0.2.10",
            "padaria.com.br",
        ]
        assert Line.objects.get().status == "fulfilled"
        assert len(names(published, "service.activated")) == 1

    def test_writes_one_welcome_with_a_link_and_no_password(self, run, panel, clock):
        drive(run, clock)

        message = Message.objects.get(template="service_active")
        said = json.loads(reveal(message, "values"))
        assert message.key == f"service-active:{run.service_id}:1"
        assert "/entrar/senha/" in said["link_password"]
        assert panel.passwords[0] not in str(said)

    def test_asks_nobody_for_a_password_who_has_entered_before(self, run, panel, clock):
        User.objects.update(last_login=clock())
        drive(run, clock)

        said = json.loads(reveal(Message.objects.get(template="service_active"), "values"))
        assert said["link_password"] == ""

    def test_leaves_no_lease_behind(self, run, clock):
        drive(run, clock)

        assert not ServerLease.objects.exists()

    def test_repeated_turns_change_nothing(self, run, panel, clock):
        turn = run.turn
        drive(run, clock)

        for old in range(turn, run.turn + 1):
            advance_run(run_id=run.id, turn=old, clock=clock)

        assert len(panel.created) == 1

    def test_takes_one_turn_when_nothing_has_to_be_waited_for(self, run, clock):
        advance_run(run_id=run.id, turn=run.turn, clock=clock)

        run.refresh_from_db()
        assert run.status == "succeeded"

    def test_tells_its_steps_in_order(self, run, clock):
        drive(run, clock)

        steps = run.steps.order_by("position")
        assert [step.kind for step in steps] == list(PLANS[RunKind.PROVISION])
        assert {step.status for step in steps} == {"done"}
        assert {step.attempts for step in steps} == {1}


class TestTheLastAttempt:
    @pytest.fixture
    def failed(self, run, panel, clock, published):
        panel.before["account"] = [Unavailable("fora do ar") for _ in range(50)]
        return drive(run, clock)

    def test_comes_after_the_fast_and_the_slow_lane(self, failed):
        assert failed.status == "failed"
        assert step_of(failed).attempts == rules.MAX_ATTEMPTS

    def test_is_told_once_to_everyone_who_must_know(self, failed, published):
        assert Service.objects.get().status == "error"
        assert Line.objects.get().status == "failed"
        assert len(names(published, "provisioning_run.failed")) == 1
        assert Message.objects.filter(template="provisioning_failed").count() == 1
        assert Entry.objects.filter(action="provisioning_run.failed").count() == 1

    def test_can_be_followed_by_a_retry_that_goes_on_where_it_stopped(
        self, failed, panel, clock, published
    ):
        panel.before["account"] = []
        licence_questions = panel.asked.count("licence")

        retry_run(run_id=failed.id, at=clock())
        drive(failed, clock)

        assert failed.status == "succeeded"
        assert panel.asked.count("licence") == licence_questions
        assert Line.objects.get().status == "fulfilled"
        assert Entry.objects.filter(action="provisioning_run.retried").count() == 1

    def test_that_an_older_version_told_in_words_is_quoted_under_its_customers_key(
        self, failed, clock
    ):
        ProvisioningRun.objects.filter(pk=failed.pk).update(
            said={}, error="padaria.com.br já existe"
        )

        retry_run(run_id=failed.id, at=clock())

        entry = Entry.objects.get(action="provisioning_run.retried")
        assert "padaria" not in str(entry.before)
        (told,) = history_of("provisioning_run", failed.id)[:1]
        assert told.before["reason"] == "padaria.com.br já existe"

    def test_of_another_round_is_told_again(self, failed, panel, clock, published):
        retry_run(run_id=failed.id, at=clock())
        panel.before["account"] = [Unavailable("fora do ar") for _ in range(50)]
        drive(failed, clock)

        assert Message.objects.filter(template="provisioning_failed").count() == 2
        assert len(names(published, "provisioning_run.failed")) == 2


class TestCrash:
    def test_is_no_attempt_and_leaves_an_unknown_answer(self, run, panel, clock):
        class Killed(BaseException):
            pass

        panel.after["create_account"] = [Killed()]  # type: ignore[list-item]
        with pytest.raises(Killed):
            drive(run, clock)

        drive(run, clock)

        step = step_of(run)
        assert run.status == "succeeded"
        assert (step.attempts, step.crashes) == (1, 1)
        assert len(panel.created) == 1

    def test_is_resumed_by_the_same_turn_which_ends_with_that_step(self, run, panel, clock):
        class Killed(BaseException):
            pass

        turn = run.turn
        panel.before["start_autossl"] = [Killed()]  # type: ignore[list-item]
        with pytest.raises(Killed):
            advance_run(run_id=run.id, turn=turn, clock=clock)

        advance_run(run_id=run.id, turn=turn, clock=clock)

        run.refresh_from_db()
        assert (run.turn, run.status) == (turn + 1, "queued")
        assert drive(run, clock).status == "succeeded"
        assert len(panel.created) == 1
        assert [step.crashes for step in run.steps.order_by("position")] == [0, 0, 0, 0, 1, 0]

    def test_again_and_again_ends_in_a_failure(self, run, panel, clock):
        panel.before["account"] = [RuntimeError("defeito") for _ in range(50)]
        for _ in range(rules.MAX_CRASHES + 1):
            with pytest.raises(RuntimeError):
                drive(run, clock)

        drive(run, clock)

        assert run.status == "failed"

    def test_makes_the_words_of_the_dead_worthless(self, run, panel, clock):
        """A worker that slept through its lease wakes up after another did the step."""
        drive_to_the_panel(run, clock)
        turn = run.turn

        def slept(account):
            panel.accounts[account.username] = account.domain
            del panel.create_account
            advance_run(run_id=run.id, turn=turn, clock=clock)
            raise Unavailable("acordei tarde")

        panel.create_account = slept
        advance_run(run_id=run.id, turn=turn, clock=clock)

        assert step_of(run).status == "done"


class TestOtherSteps:
    def test_leave_to_people_what_lost_its_room_to_accounts_made_outside(
        self, run, panel, clock, published
    ):
        panel.seats = type(panel.seats)(limit=30, used=30)

        drive(run, clock)

        line = Line.objects.get()
        assert (run.status, run.said["code"], panel.created) == ("failed", Remark.NO_ROOM, [])
        assert (line.status, line.order.status) == ("failed", "delivering"), "nothing is lost"
        assert len(names(published, "provisioning_run.failed")) == 1, "which becomes a ticket"
        assert line.id in orders.lines_to_deliver(PRODUCT_KIND), "and it is counted still"

        panel.seats = type(panel.seats)(limit=31, used=30)
        check_server(server_id=Server.objects.get().id, at=clock())
        retry_run(run_id=run.id, at=clock())
        drive(run, clock)

        assert (run.status, Line.objects.get().status) == ("succeeded", "fulfilled")

    def test_do_not_put_more_accounts_than_fit(self, panel, clock):
        a_server(max_accounts=1)
        first, second = run_of(a_service()), run_of(a_service(domain="outra.com.br"))

        drive(first, clock)
        drive(second, clock)

        assert (first.status, second.status) == ("succeeded", "failed")

    def test_live_on_the_server_they_were_sold_to_and_on_no_other(self, panel, clock):
        a_server(name="cheio", max_accounts=9)
        chosen = a_server(name="escolhido", max_accounts=1)
        first = run_of(a_service(server_id=str(chosen.id)))
        second = run_of(a_service(domain="outra.com.br", server_id=str(chosen.id)))

        assert [each.name for each in places_with_room({}, NOON)] == ["cheio", "escolhido"]
        drive(first, clock)
        drive(second, clock)

        assert first.service.server == chosen
        assert (second.status, second.said["code"]) == ("failed", Remark.NO_ROOM)
        assert [each.room for each in places_with_room({}, NOON)] == [9]

    def test_start_the_certificate_again_after_a_silence(self, run, panel, clock):
        panel.before["start_autossl"] = [Unknown("sem resposta"), Refusal("ocupado")]

        drive(run, clock)

        assert run.status == "succeeded"
        assert step_of(run, StepKind.START_AUTOSSL).attempts == 3


class TestServerInTrouble:
    def test_is_waited_for_when_there_is_no_other(self, run, panel, clock):
        until = clock.now.replace(hour=13)
        Server.objects.update(paused_until=until)

        advance_run(run_id=run.id, turn=run.turn, clock=clock)

        run.refresh_from_db()
        assert (run.status, step_of(run, StepKind.CHOOSE_SERVER).attempts) == ("waiting", 0)
        assert run.next_at >= until
        assert drive(run, clock).status == "succeeded"

    def test_is_left_alone_after_several_failures(self, run, panel, clock):
        panel.before["account"] = [Unavailable("fora") for _ in range(3)]
        drive_to_the_panel(run, clock)
        for _ in range(3):
            run.refresh_from_db()
            advance_run(run_id=run.id, turn=run.turn, clock=clock)

        assert Server.objects.get().paused_until is not None

    def test_makes_runs_wait_for_free(self, run, panel, clock):
        drive_to_the_panel(run, clock)
        until = clock.now.replace(hour=13)
        Server.objects.update(paused_until=until)
        asked = len(panel.asked)

        advance_run(run_id=run.id, turn=run.turn, clock=clock)

        run.refresh_from_db()
        assert (run.status, step_of(run).attempts) == ("waiting", 0)
        assert run.next_at > until
        assert len(panel.asked) == asked
        assert drive(run, clock).status == "succeeded"


class TestBusyServer:
    @pytest.fixture
    def server(self, tenant):
        return a_server(max_concurrent=1)

    def test_hands_its_slot_to_whoever_waited_longest(self, run, server, panel, clock):
        waiting = [run_of(a_service(domain=f"fila{n}.com.br")) for n in range(2)]
        for each in (run, *waiting):
            drive_to_the_panel(each, clock)
        ServerLease.objects.take(
            server=server, run_id=run.id, until=clock.now + HOUR, at=clock.now
        )
        for each in waiting:
            advance_run(run_id=each.id, turn=each.turn, clock=clock)
        statuses = {each.id: ProvisioningRun.objects.get(pk=each.id).status for each in waiting}
        assert set(statuses.values()) == {"waiting"}

        advance_run(run_id=run.id, turn=run.turn, clock=clock)

        for each in waiting:
            each.refresh_from_db()
        assert [each.status for each in waiting] == ["queued", "waiting"]
        assert {step_of(each).attempts for each in waiting} == {0}
        assert all(drive(each, clock).status == "succeeded" for each in waiting)


class TestIsolation:
    def test_hides_everything_from_the_neighbour(self, run, clock, other_tenant):
        drive(run, clock)

        with other_tenant:
            assert not Service.objects.exists()
            assert not ProvisioningRun.objects.exists()
            with pytest.raises(ProvisioningRun.DoesNotExist):
                retry_run(run_id=run.id, at=NOON)
