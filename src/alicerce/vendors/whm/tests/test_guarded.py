"""A WHM that a user named: the same answers, by the one way to such addresses."""

from urllib.parse import urlsplit

import pytest

from alicerce.kernel.http import Unknown
from alicerce.kernel.safe_http import Forbidden, Policy, Untrusted
from alicerce.vendors.whm.guarded import guarded_client
from alicerce.vendors.whm.outcomes import BadCredentials

from .conftest import TOKEN


@pytest.fixture
def reach(server, certificates):
    port = urlsplit(server).port

    def reach(*, token=TOKEN, ca_pem=None, **policy):
        limits = {"loopback_ports": frozenset({port}), "seconds": 2, **policy}
        return guarded_client(
            base_url=server,
            username="root",
            token=token,
            ca_pem=certificates.ca.read_text() if ca_pem is None else ca_pem,
            policy=Policy(**limits),
        )

    return reach


def test_answers_as_any_server(reach, create):
    create()
    with reach() as whm:
        assert whm.version() == "11.138.0.10"
        assert whm.accountsummary("padaria1").domain == "padaria.com.br"
        assert whm.accountsummary("ninguem") is None


def test_denies_a_wrong_token(reach):
    with reach(token="ERRADO") as whm, pytest.raises(BadCredentials):
        whm.version()


def test_is_not_reached_inside(reach, faults):
    with reach(loopback_ports=frozenset()) as whm, pytest.raises(Forbidden):
        whm.version()
    assert faults.calls == []


def test_is_told_nothing_before_it_proved_who_it_is(reach, faults):
    with reach(ca_pem="") as whm, pytest.raises(Untrusted):
        whm.version()
    assert faults.calls == []


def test_may_not_talk_for_ever(reach, create):
    create()
    with reach(most_bytes=40) as whm, pytest.raises(Unknown, match="does not end"):
        whm.accountsummary("padaria1")
