"""The whole run against a WHM over real HTTPS, while it hangs, drops, lies and refuses."""

import pytest

from alicerce.apps.hosting.adapters import whm
from alicerce.apps.hosting.models import RunStep, Server, Service
from alicerce.apps.hosting.tests.doubles import drive
from alicerce.apps.hosting.tests.factories import a_server, a_service, run_of
from alicerce.apps.hosting.types import StepKind
from alicerce.kernel.testing import run_jobs
from alicerce.vendors.simulation.certificates import make_certificates
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import running
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.whm.simulator import whm_app

TOKEN = "T0K3N"

pytestmark = pytest.mark.usefixtures("tenant")


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("tls") / "certificates")


@pytest.fixture
def faults():
    return Faults()


@pytest.fixture
def machine(tenant, certificates, faults):
    """The server behind the panel; ours is registered with its certificate pinned."""
    app = whm_app(Store(), faults, token=TOKEN, packages=("pro",))
    with running(app, certificates) as base_url:
        pem = certificates.ca.read_text()
        a_server(base_url=base_url, token=TOKEN, ca_pem=pem, ip=app.state.machine.ip)
        yield app.state.machine
        whm.hang_up()


@pytest.fixture
def run(machine):
    return run_of(a_service())


def creations(faults):
    return [call for call in faults.calls if call.operation == "createacct"]


def our_accounts(machine):
    return [one for one in machine.accounts() if one["domain"] == "padaria.com.br"]


class TestRunOverHttps:
    def test_makes_account_zone_and_certificate_check(self, run, machine, faults, clock):
        drive(run, clock)

        assert run.status == "succeeded"
        (account,) = our_accounts(machine)
        assert (account["user"], account["plan"]) == (Service.objects.get().username, "pro")
        called = [call.operation for call in faults.calls]
        assert called.index("createacct") < called.index("parse_dns_zone")
        assert "start_autossl_check_for_one_user" in called

    def test_corrects_the_zone_to_the_address_of_the_server(self, run, machine, clock):
        Server.objects.update(ip="203.0.113.99")

        drive(run, clock)

        lines = machine.zone("padaria.com.br")["lines"]
        apex = [line["data"] for line in lines if line.get("record_type") == "A"]
        assert ["203.0.113.99"] in apex

    @pytest.mark.parametrize("fault", ["create_then_drop", "create_then_hang"])
    def test_adopts_the_account_whose_answer_was_lost(self, run, machine, faults, clock, fault):
        faults.arm(fault, match="createacct")

        drive(run, clock)

        assert run.status == "succeeded"
        assert len(creations(faults)) == len(our_accounts(machine)) == 1

    @pytest.mark.parametrize("fault", ["html", "down", "busy", "refuse", "forbidden"])
    def test_outlasts_every_trouble(self, run, machine, faults, clock, fault):
        for function in ("get_maximum_users", "accountsummary", "createacct", "parse_dns_zone"):
            faults.arm(fault, match=function)
        faults.arm(fault, match="start_autossl")

        drive(run, clock)

        assert run.status == "succeeded"
        assert len(our_accounts(machine)) == 1

    def test_takes_another_name_when_a_stranger_took_ours(self, run, machine, faults, clock):
        faults.arm("foreign", match="createacct")

        drive(run, clock)

        assert run.status == "succeeded"
        service = Service.objects.get()
        assert service.candidate == 1
        assert [one["user"] for one in our_accounts(machine)] == [service.username]

    def test_leaves_a_half_made_account_to_a_person(self, run, machine, faults, clock, letters):
        faults.arm("half_made", match="createacct")

        drive(run, clock)
        run_jobs()

        assert run.status == "needs_human"
        assert len(creations(faults)) == 1
        assert len(letters) == 1

    def test_gives_up_on_a_package_that_is_not_there(self, machine, faults, clock):
        run = run_of(a_service(package="inexistente"))

        drive(run, clock)

        assert run.status == "failed"
        assert len(creations(faults)) == 1

    def test_tells_once_and_only_once_when_it_gives_up(
        self, run, machine, faults, clock, letters
    ):
        faults.arm("down", match="accountsummary", times=9)

        drive(run, clock)
        run_jobs()
        run_jobs()

        assert run.status == "failed"
        assert len(letters) == 1
        assert RunStep.objects.get(kind=StepKind.CREATE_ACCOUNT).attempts == 9
