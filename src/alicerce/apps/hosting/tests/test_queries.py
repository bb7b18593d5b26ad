"""What pages see of services and runs."""

import pytest

from alicerce.apps.hosting.models import Service
from alicerce.apps.hosting.queries.attention import attention
from alicerce.apps.hosting.queries.runs import (
    progress_of_line,
    run_view,
    run_view_everywhere,
    runs,
    runs_everywhere,
)
from alicerce.apps.hosting.queries.services import (
    ServicesWanted,
    service_counts_everywhere,
    service_view,
    services,
    services_everywhere,
    services_of,
    standings_of_lines,
)
from alicerce.apps.hosting.services.advance_run import advance_run
from alicerce.apps.hosting.tests.doubles import drive, drive_to_the_panel
from alicerce.apps.hosting.tests.factories import NOON, a_server, a_service, run_of
from alicerce.kernel.http import Unavailable
from alicerce.kernel.ids import uuid7

pytestmark = pytest.mark.usefixtures("tenant", "panel", "zones")


class TestProgress:
    def test_is_nothing_before_the_service_exists(self):
        assert progress_of_line(uuid7()) is None

    def test_moves_with_the_run(self, clock):
        a_server()
        service = a_service()
        run = run_of(service)
        assert {s.state for s in progress_of_line(service.line_id).steps} == {"todo"}

        drive_to_the_panel(run, clock)
        halfway = progress_of_line(service.line_id)
        drive(run, clock)

        assert [step.state for step in halfway.steps][:3] == ["done", "done", "wait"]
        assert progress_of_line(service.line_id).done == 6

    def test_tells_why_it_waits(self, panel, clock):
        a_server()
        panel.before["licence"] = [Unavailable("reiniciando")]
        run = run_of(a_service())

        advance_run(run_id=run.id, turn=run.turn, clock=clock)

        step = run_view(run.id).steps[0]
        assert step.state == "wait"
        assert step.next_at is not None
        assert [line.text for line in step.log] == [step.detail]


class TestLists:
    def test_page_by_key(self):
        made = [run_of(a_service()).id for _ in range(3)]

        first = runs(limit=2)
        second = runs(limit=2, before=first[-1].id)

        assert [row.id for row in [*first, *second]] == made[::-1]

    def test_show_operators_everything_and_tenants_their_own(self, other_tenant):
        mine = run_of(a_service()).id
        with other_tenant:
            theirs = run_of(a_service()).id

        assert [row.id for row in runs()] == [mine]
        assert {row.id for row in runs_everywhere()} == {mine, theirs}
        assert len(services(ServicesWanted())) == 1
        assert len(services_everywhere()) == 2
        assert run_view(theirs) is None
        assert run_view_everywhere(theirs).run.id == theirs
        assert service_counts_everywhere()["provisioning"] == 2

    def test_show_customers_what_is_theirs(self):
        service, _strangers = a_service(), a_service()

        assert [row.id for row in services_of([service.customer_id])] == [service.id]
        assert service_view(service.id).domain == "padaria.com.br"


class TestAttention:
    def test_lists_what_stopped_and_what_is_full(self, clock):
        run = run_of(a_service())
        drive(run, clock)
        a_server(max_accounts=1, name="cheio")
        drive(run_of(a_service()), clock)

        seen = attention()

        assert [row.id for row in seen.stopped_runs] == [run.id]
        assert [row.name for row in seen.troubled_servers] == ["cheio"]


def test_only_what_is_stopped_or_over_is_told_of_lines(tenant):
    runs, held, over = a_service(), a_service(), a_service()
    Service.objects.filter(pk=held.id).update(status="suspended", suspended_at=NOON)
    Service.objects.filter(pk=over.id).update(status="terminated", terminated_at=NOON)

    told = standings_of_lines([one.line_id for one in (runs, held, over)])

    assert told == {held.line_id: "stopped", over.line_id: "over"}
