"""The account itself: asked about, asked for once, and never believed to be absent too soon."""

import pytest

from alicerce.apps.hosting import rules
from alicerce.apps.hosting.models import Server, Service
from alicerce.apps.hosting.ports import PanelRefusal
from alicerce.apps.hosting.tests.doubles import drive, drive_to_the_panel, step_of
from alicerce.apps.hosting.tests.factories import a_server, a_service, run_of
from alicerce.apps.hosting.types import RefusalKind
from alicerce.apps.notify.models import Message
from alicerce.apps.orders.models import Line
from alicerce.kernel.http import Unavailable, Unknown

pytestmark = pytest.mark.usefixtures("tenant", "panel", "zones")


@pytest.fixture
def server(tenant):
    return a_server()


@pytest.fixture
def run(server):
    return run_of(a_service())


def names(published, name):
    return [event for event in published if event.name == name]


class TestCreateAccount:
    def test_adopts_what_an_unknown_answer_left_behind(self, run, panel, clock):
        panel.after["create_account"] = [Unknown("sem resposta em 180 s")]

        drive(run, clock)

        assert run.status == "succeeded"
        assert len(panel.created) == 1
        assert panel.asked.count("create_account") == 1

    def test_repeats_only_after_several_absences(self, run, panel, clock):
        panel.before["create_account"] = [Unknown("conexão caiu")]

        drive(run, clock)

        assert run.status == "succeeded"
        create = panel.asked.index("create_account")
        again = panel.asked.index("create_account", create + 1)
        looks = panel.asked[create + 1 : again]
        assert looks == ["account"] * rules.ABSENCES_NEEDED
        assert step_of(run).attempts == 2

    def test_asks_at_once_when_the_request_surely_never_left(self, run, panel, clock):
        panel.before["create_account"] = [Unavailable("recusou a conexão")]

        drive(run, clock)

        assert run.status == "succeeded"
        assert panel.asked.count("account") == 2

    def test_takes_another_name_when_a_stranger_has_ours(self, run, panel, clock):
        service = run.service
        ours = rules.username(domain=service.domain, service_id=service.id, candidate=0)
        panel.accounts[ours] = "outra.com.br"

        drive(run, clock)

        service.refresh_from_db()
        assert run.status == "succeeded"
        assert service.username != ours
        assert panel.accounts[ours] == "outra.com.br"
        assert panel.accounts[service.username] == "padaria.com.br"

    def test_leaves_a_half_made_account_to_a_human(self, run, panel, clock, published):
        panel.before["create_account"] = [
            Unknown("caiu no meio"),
            PanelRefusal("username in use", RefusalKind.USERNAME_TAKEN),
        ]

        drive(run, clock)

        assert (run.status, step_of(run).status) == ("needs_human", "needs_human")
        assert len(names(published, "provisioning_run.needs_human")) == 1
        assert names(published, "provisioning_run.failed") == []
        assert Line.objects.get().status == "delivering"
        assert Message.objects.filter(template="provisioning_failed").count() == 1

    def test_leaves_a_domain_of_somebody_else_to_a_human(self, run, panel, clock):
        panel.before["create_account"] = [PanelRefusal("dono", RefusalKind.DOMAIN_TAKEN)]

        drive(run, clock)

        assert run.status == "needs_human"

    def test_takes_another_name_when_the_panel_cannot_use_ours(self, run, panel, clock):
        panel.before["create_account"] = [PanelRefusal("x", RefusalKind.NAME_UNUSABLE)]

        drive(run, clock)

        assert run.status == "succeeded"
        assert Service.objects.get().candidate == 1

    def test_does_not_take_names_for_ever(self, run, panel, clock):
        panel.before["create_account"] = [
            PanelRefusal("x", RefusalKind.NAME_UNUSABLE) for _ in range(100)
        ]

        drive(run, clock)

        assert run.status == "failed"

    def test_moves_when_the_licence_turns_out_to_be_spent(self, run, server, panel, clock):
        panel.before["create_account"] = [PanelRefusal("x", RefusalKind.SERVER_FULL)]
        drive_to_the_panel(run, clock)
        other = a_server()
        Server.objects.filter(pk=server.pk).update(accepting=False)

        drive(run, clock)

        assert run.status == "succeeded"
        assert Service.objects.get().server_id == other.id

    def test_does_not_move_for_ever(self, run, panel, clock):
        panel.before["create_account"] = [
            PanelRefusal("x", RefusalKind.SERVER_FULL) for _ in range(100)
        ]

        drive(run, clock)

        assert run.status == "failed"

    def test_does_not_insist_on_what_can_never_work(self, run, panel, clock):
        panel.before["create_account"] = [PanelRefusal("sem plano", RefusalKind.PERMANENT)]

        drive(run, clock)

        assert run.status == "failed"
        assert step_of(run).attempts == 1

    def test_insists_on_a_no_that_may_pass(self, run, panel, clock):
        panel.before["create_account"] = [PanelRefusal("ocupado"), PanelRefusal("ocupado")]

        drive(run, clock)

        assert run.status == "succeeded"
