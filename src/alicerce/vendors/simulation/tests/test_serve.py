"""Servers for tests come up, misbehave on order and leave nothing behind."""

import socket
import threading
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from alicerce.vendors.simulation.certificates import make_certificates
from alicerce.vendors.simulation.dropping import drop, hang
from alicerce.vendors.simulation.serve import Site, in_background, running


async def _echo(request: Request) -> Response:
    return JSONResponse({"said": (await request.body()).decode()})


def _app() -> Starlette:
    routes = [("/echo", _echo), ("/drop", drop), ("/hang", hang)]
    return Starlette(routes=[Route(path, to, methods=["GET", "POST"]) for path, to in routes])


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("tls") / "certificates")


class TestRunning:
    def test_answers_over_http(self):
        with running(_app()) as url:
            assert httpx.post(f"{url}/echo", content="oi").json() == {"said": "oi"}

    def test_answers_over_https_to_who_trusts_its_authority(self, certificates):
        with running(_app(), certificates) as url:
            trusting = httpx.get(f"{url}/echo", verify=certificates.client_context())
            assert trusting.status_code == 200
            with pytest.raises(httpx.ConnectError):
                httpx.get(f"{url}/echo")

    def test_asks_for_a_certificate_when_mutual(self, certificates):
        shown = certificates.client_context(with_certificate=True)
        with running(_app(), certificates, mutual=True) as url:
            assert httpx.get(f"{url}/echo", verify=shown).status_code == 200
            with pytest.raises(httpx.TransportError):
                httpx.get(f"{url}/echo", verify=certificates.client_context())

    def test_is_gone_after_the_block(self):
        before = set(threading.enumerate())
        with running(_app()) as url:
            pass
        parts = urlsplit(url)

        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((parts.hostname, parts.port), timeout=1)
        assert set(threading.enumerate()) <= before


class TestDropping:
    @pytest.mark.parametrize("tls", [False, True])
    def test_drops_after_reading_the_request(self, certificates, tls):
        context = certificates.client_context() if tls else True
        with (
            running(_app(), certificates if tls else None) as url,
            httpx.Client(base_url=url, verify=context) as client,
        ):
            with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
                client.post("/drop", content="oi")
            assert client.post("/echo", content="ainda").json() == {"said": "ainda"}

    def test_hangs_until_the_client_goes_away(self):
        with running(_app()) as url, pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{url}/hang", content="oi", timeout=0.2)

    def test_lets_go_of_who_hangs_when_it_stops(self):
        site = Site(_app())
        ended = []

        def wait_for_ever() -> None:
            with pytest.raises(httpx.TransportError):
                httpx.get(f"{site.base_url}/hang", timeout=20)
            ended.append(True)

        with in_background(site):
            waiting = threading.Thread(target=wait_for_ever)
            waiting.start()
        waiting.join(5)

        assert ended == [True]


class TestSite:
    def test_says_when_its_port_is_taken(self):
        with running(_app()) as url:
            taken = Site(_app(), port=urlsplit(url).port)
            with pytest.raises(OSError, match="in use"), in_background(taken):
                pass
