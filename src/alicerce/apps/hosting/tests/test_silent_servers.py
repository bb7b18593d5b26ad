"""A server that did not answer is looked at again soon: one hiccup must not cost five minutes."""

from datetime import timedelta

import pytest

from alicerce.apps.hosting.jobs import look_again_at_silent_servers
from alicerce.apps.hosting.queries.servers import server_row
from alicerce.apps.hosting.rules import FAST_ATTEMPTS
from alicerce.apps.hosting.services.accept_accounts import accept_accounts
from alicerce.apps.hosting.services.advance_run import advance_run
from alicerce.apps.hosting.services.check_server import check_server
from alicerce.apps.hosting.tests.doubles import step_of
from alicerce.apps.hosting.tests.factories import NOON, a_server, a_service, run_of
from alicerce.apps.hosting.types import StepKind
from alicerce.kernel.http import Unavailable, Unknown
from alicerce.kernel.testing import run_jobs

pytestmark = pytest.mark.usefixtures("tenant", "panel", "zones", "letters")


class TestASilentServer:
    def test_takes_accounts_again_as_soon_as_it_answers(self, panel):
        server = a_server()
        panel.before["version"] = [Unavailable("caiu")]
        check_server(server_id=server.id, at=NOON)
        assert server_row(server.id).status == "down"

        look_again_at_silent_servers()
        run_jobs()

        assert server_row(server.id).status == "active"

    def test_is_the_only_one_that_is_bothered(self, panel):
        a_server()

        look_again_at_silent_servers()
        run_jobs()

        assert panel.asked == []


def a_waiting_run(clock):
    """Its next attempt is far away: no server takes accounts."""
    run = run_of(a_service())
    advance_run(run_id=run.id, turn=run.turn, clock=clock)
    return run


class TestAServerThatIsBack:
    def test_is_used_at_once_by_the_runs_that_waited_for_one(self, clock):
        server = a_server(status="down", check_error="caiu", checked_at=NOON)
        run = a_waiting_run(clock)

        check_server(server_id=server.id, at=NOON)
        run_jobs()

        run.refresh_from_db()
        assert run.status == "succeeded"
        assert step_of(run, StepKind.CHOOSE_SERVER).attempts == 2

    def test_is_used_at_once_also_when_only_the_run_saw_it_away(self, clock, panel):
        a_server(checked_at=NOON)
        panel.before["create_account"] = [Unavailable("caiu")]
        run = a_waiting_run(clock)
        run.refresh_from_db()
        assert run.status == "waiting"
        waiting = run.turn

        look_again_at_silent_servers()
        run_jobs()

        run.refresh_from_db()
        assert (run.status, run.turn > waiting) == ("succeeded", True)

    def test_that_answers_looks_and_fails_runs_does_not_use_up_their_patience(
        self, clock, panel
    ):
        a_server(checked_at=NOON)
        panel.before["create_account"] = [Unavailable("caiu")] * 20
        run = a_waiting_run(clock)

        for _look in range(12):
            look_again_at_silent_servers()
            run_jobs()

        run.refresh_from_db()
        step = step_of(run, StepKind.CREATE_ACCOUNT)
        assert (run.status, step.attempts) == ("waiting", FAST_ATTEMPTS)
        assert step.next_at - NOON > timedelta(minutes=1)

    def test_is_used_at_once_when_an_operator_opens_it(self, clock):
        server = a_server(accepting=False)
        run = a_waiting_run(clock)

        accept_accounts(server_id=server.id, accepting=True, at=NOON)
        run_jobs()

        run.refresh_from_db()
        assert run.status == "succeeded"

    def test_is_given_time_to_show_an_account_that_was_asked_for(self, clock, panel):
        server = a_server(checked_at=NOON)
        panel.before["create_account"] = [Unknown("sem resposta")]
        run = run_of(a_service())
        run_jobs()
        run.refresh_from_db()
        waiting = run.turn
        panel.before["version"] = [Unavailable("caiu")]

        for _look in range(2):
            check_server(server_id=server.id, at=NOON)

        run.refresh_from_db()
        assert (run.turn, run.status) == (waiting, "waiting")

    def test_changes_nothing_by_answering_as_always(self, clock):
        server = a_server(max_accounts=0, checked_at=NOON)
        run = a_waiting_run(clock)
        run.refresh_from_db()
        waiting = run.turn

        check_server(server_id=server.id, at=NOON)

        run.refresh_from_db()
        assert run.turn == waiting
