"""What a server shows and what we believe: differences are rows, until they are none."""

import pytest

from alicerce.apps.hosting.errors import CannotPutRight
from alicerce.apps.hosting.events import ComparisonDue
from alicerce.apps.hosting.jobs import compare_with_server
from alicerce.apps.hosting.models import Difference
from alicerce.apps.hosting.queries.services import disk_of_line
from alicerce.apps.hosting.services.compare_accounts import (
    compare_accounts,
    dismiss,
    open_again,
    put_right,
)
from alicerce.apps.hosting.tests.factories import NOON
from alicerce.apps.hosting.tests.obeying import (
    a_live_service,
    resume,
    settle,
    suspend,
)
from alicerce.apps.subscriptions.ports import Reading
from alicerce.kernel.http import Unavailable

pytestmark = pytest.mark.usefixtures("tenant", "zones")


@pytest.fixture
def service(tenant, panel, clock):
    return a_live_service(clock)


def compare(service):
    compare_accounts(server_id=service.server_id, at=NOON)


def kinds(status="open"):
    return [row.kind for row in Difference.objects.filter(status=status).order_by("id")]


class TestComparison:
    def test_finds_nothing_where_all_is_well_and_notes_the_disk(self, service, panel):
        compare(service)
        assert (Difference.objects.exists(), disk_of_line(service.line_id)) == (False, None)

        panel.used[service.username] = 734 << 20
        compare(service)
        assert disk_of_line(service.line_id) == Reading(1, NOON, used_bytes=734 << 20)

    def test_finds_an_account_that_is_gone(self, service, panel):
        del panel.accounts[service.username]
        compare(service)

        assert kinds() == ["missing"]

    def test_finds_an_account_that_nobody_knows(self, service, panel):
        panel.accounts["estranho"] = "estranho.com.br"
        compare(service)

        row = Difference.objects.get()
        assert (row.kind, row.username, row.service_id) == ("orphan", "estranho", None)

    def test_finds_a_suspension_from_outside_and_its_end(self, service, panel, clock):
        panel.suspended[service.username] = "no WHM"
        compare(service)
        assert kinds() == ["suspended_out_of_band"]

        del panel.suspended[service.username]
        compare(service)
        assert (kinds(), kinds("settled")) == ([], ["suspended_out_of_band"])

        suspend(service)
        settle(service, clock)
        panel.suspended.clear()
        compare(service)
        assert kinds() == ["resumed_out_of_band"]

    def test_finds_another_package_and_another_domain(self, service, panel):
        panel.packages[service.username] = "max"
        panel.accounts[service.username] = "outra.com.br"
        compare(service)

        assert sorted(kinds()) == ["domain_differs", "plan_differs"]

    def test_says_each_once(self, service, panel):
        panel.accounts["estranho"] = "estranho.com.br"
        for _ in range(3):
            compare(service)

        assert kinds() == ["orphan"]

    def test_is_silent_about_what_a_run_works_on(self, service, panel):
        suspend(service)
        panel.suspended[service.username] = "a caminho"
        compare(service)

        assert kinds() == []

    def test_is_silent_about_what_changed_while_the_panel_was_listing(
        self, service, panel, clock
    ):
        listed = panel.list_accounts

        def slowly():
            shown = listed()
            suspend(service)
            settle(service, clock)
            return shown

        panel.list_accounts = slowly
        compare(service)

        assert kinds() == []

    def test_does_not_settle_what_moves(self, service, panel):
        panel.packages[service.username] = "max"
        compare(service)
        suspend(service)
        compare(service)

        assert kinds() == ["plan_differs"]

    def test_of_a_server_that_does_not_answer_changes_nothing(self, service, panel):
        panel.accounts["estranho"] = "estranho.com.br"
        compare(service)

        def away():
            raise Unavailable("fora")

        panel.list_accounts = away
        compare_with_server(ComparisonDue(at=NOON, server_id=service.server_id))

        assert kinds() == ["orphan"]


class TestPuttingRight:
    def test_asks_the_panel_again_for_what_we_want(self, service, panel, clock, published):
        panel.suspended[service.username] = "no WHM"
        compare(service)

        put_right(difference_id=Difference.objects.get().id, at=NOON)
        settle(service, clock)

        assert service.username not in panel.suspended
        assert (kinds(), kinds("settled")) == ([], ["suspended_out_of_band"])
        assert not [e for e in published if e.name == "service.resumed"]

    def test_gives_the_package_back(self, service, panel, clock):
        panel.packages[service.username] = "max"
        compare(service)

        put_right(difference_id=Difference.objects.get().id, at=NOON)
        settle(service, clock)

        assert panel.packages[service.username] == "pro"

    def test_is_refused_where_only_a_person_can_tell(self, service, panel):
        panel.accounts["estranho"] = "estranho.com.br"
        compare(service)

        with pytest.raises(CannotPutRight):
            put_right(difference_id=Difference.objects.get().id, at=NOON)

    def test_is_refused_while_a_run_is_at_work(self, service, panel):
        panel.packages[service.username] = "max"
        compare(service)
        suspend(service)

        with pytest.raises(CannotPutRight):
            put_right(difference_id=Difference.objects.get().id, at=NOON)


class TestDismissal:
    def test_is_told_once_and_stays(self, service, panel):
        panel.accounts["estranho"] = "estranho.com.br"
        compare(service)
        row = Difference.objects.get()

        assert dismiss(difference_id=row.id, note="Conta de testes", at=NOON)
        assert not dismiss(difference_id=row.id, note="De novo", at=NOON)
        compare(service)
        assert (kinds(), kinds("dismissed")) == ([], ["orphan"])

        assert open_again(difference_id=row.id, at=NOON)
        assert kinds() == ["orphan"]

    def test_ends_with_the_difference(self, service, panel, clock):
        panel.suspended[service.username] = "no WHM"
        compare(service)
        dismiss(difference_id=Difference.objects.get().id, note="Manutenção", at=NOON)
        panel.suspended.clear()
        compare(service)

        assert kinds("settled") == ["suspended_out_of_band"]
        assert not resume(service)


class TestIsolation:
    def test_hides_everything_from_the_neighbour(self, service, panel, other_tenant):
        panel.accounts["estranho"] = "estranho.com.br"
        compare(service)
        row = Difference.objects.get()

        with other_tenant, pytest.raises(Difference.DoesNotExist):
            dismiss(difference_id=row.id, note="x", at=NOON)
