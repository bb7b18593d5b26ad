"""The source as it really is: WHM over HTTPS, at an address that a user typed."""

from urllib.parse import urlsplit

import pytest

from alicerce.apps.transfers.adapters.whm_transfer import WhmMover
from alicerce.apps.transfers.ports import SourceRefusal
from alicerce.apps.transfers.tests.factories import a_source
from alicerce.apps.transfers.types import Code, Domain
from alicerce.kernel.http import Unavailable, Unknown
from alicerce.vendors.simulation.certificates import make_certificates
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import running
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.whm.simulator import whm_app
from alicerce.vendors.whm.simulator.machine import Wanted

TOKEN = "T0K3N-DA-ORIGEM"


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("origem") / "certificates")


@pytest.fixture
def faults():
    return Faults()


@pytest.fixture
def app(faults):
    app = whm_app(Store(), faults, token=TOKEN)
    machine = app.state.machine
    machine.create(Wanted("padaria1", "padaria.com.br", "basico", "uma senha comprida"))
    machine.add_domain("padaria1", "loja.com.br")
    machine.fill("padaria1", megabytes=700, limit="5000M")
    return app


@pytest.fixture
def source(app, certificates):
    with running(app, certificates) as base_url:
        yield a_source(
            host="127.0.0.1",
            port=urlsplit(base_url).port,
            certificate=certificates.ca.read_text(),
        )


@pytest.fixture
def mover():
    return WhmMover()


def test_shows_the_account_as_it_is(mover, source):
    facts = mover.examine(source, TOKEN)

    assert (facts.version, facts.domain, facts.plan) == (
        "11.138.0.10",
        "padaria.com.br",
        "basico",
    )
    assert facts.disk_used == 700 * 1024 * 1024
    assert facts.domains == (Domain("padaria.com.br", "main"), Domain("loja.com.br", "addon"))


def test_changes_nothing_there(mover, source, faults):
    mover.examine(source, TOKEN)

    assert [call.operation for call in faults.calls] == [
        "version",
        "accountsummary",
        "get_domain_info",
    ]
    assert TOKEN not in str(faults.calls)


def test_knows_that_there_is_no_account(mover, source):
    other = a_source(
        host=source.host, port=source.port, username="outra", certificate=source.certificate
    )

    assert not mover.examine(other, TOKEN).has_account


def test_goes_on_when_domains_are_not_for_this_token(mover, source, faults):
    faults.arm("refuse", match="get_domain_info")

    assert mover.examine(source, TOKEN).domains is None


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [("html", Unknown), ("down", Unknown), ("hang_before", Unknown), ("busy", Unavailable)],
)
def test_says_when_nobody_knows(mover, source, faults, fault, outcome):
    faults.arm(fault)

    with pytest.raises(outcome):
        mover.examine(source, TOKEN)


def refusal(mover, source, token=TOKEN):
    with pytest.raises(SourceRefusal) as refused:
        mover.examine(source, token)
    return refused.value


def test_tells_a_wrong_token_from_other_refusals(mover, source, faults):
    wrong = refusal(mover, source, "ERRADO")
    assert wrong.code is Code.DENIED
    assert "ERRADO" not in str(wrong)

    faults.arm("refuse")
    assert refusal(mover, source).code is Code.SOURCE_REFUSED


def test_shows_the_token_to_nobody_who_is_not_trusted(mover, source, faults):
    untrusted = a_source(host=source.host, port=source.port)

    assert refusal(mover, untrusted).code is Code.NOT_TRUSTED
    assert faults.calls == []


def test_does_not_go_inside_in_production(mover, source, settings, faults):
    settings.SERVERS_MAY_BE_HERE, settings.LOOPBACK_PORTS = False, ()

    assert not mover.may_reach(source)
    assert refusal(mover, source).code is Code.ADDRESS_INSIDE
    assert faults.calls == []


@pytest.mark.parametrize("host", ["10.0.0.1", "169.254.169.254", "192.168.0.1", "0x7f000001"])
def test_never_reaches_a_private_network(mover, host, settings):
    settings.SERVERS_MAY_BE_HERE = False
    assert not mover.may_reach(a_source(host=host))
    assert refusal(mover, a_source(host=host)).code is Code.ADDRESS_INSIDE


@pytest.mark.parametrize(("port", "may"), [(2087, True), (443, True), (22, False), (80, False)])
def test_knows_the_doors_of_whm_also_where_simulators_live(mover, port, may):
    assert mover.may_reach(a_source(host="8.8.8.8", port=port)) is may


def test_takes_a_certificate_for_what_it_is(mover, certificates):
    assert mover.can_pin(certificates.ca.read_text())
    assert not mover.can_pin("não é um certificado")
