"""A real browser before the real pages: each test's own, on a server that shares its transaction."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from os import environ
from pathlib import Path
from threading import Lock, Thread
from typing import Any, TypeVar

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.test.testcases import QuietWSGIRequestHandler

T = TypeVar("T")
CHROMIUM = Path(environ.get("ALICERCE_CHROMIUM") or "/usr/bin/chromium")
BETWEEN_REQUESTS = Lock()


class PatientServer(ThreadedWSGIServer):
    """Answers in threads, and leaves open the one connection that they share with the test."""

    def _close_connections(self) -> None:
        """It is the test's."""


class OneAtATime:
    """The connection belongs to one request at a time."""

    def __init__(self, application: Any) -> None:
        self.application = application

    def __call__(self, environ: Any, start_response: Any) -> Any:
        with BETWEEN_REQUESTS:
            return self.application(environ, start_response)


@pytest.fixture
def server(tenant: Any) -> Iterator[str]:
    """Padaria at http://localhost, where browsers allow what else needs https."""
    from alicerce.apps.tenancy.models import Host

    with serving() as address:
        Host.objects.create(domain="localhost", tenant_id=tenant.id, base_url=address)
        yield address


@pytest.fixture
def aside(server: str) -> Callable[[Callable[[], T]], T]:
    """Does something between two requests, on the connection of the pages, while a browser is open."""
    shared = connections["default"]

    def work(do: Callable[[], T]) -> T:
        connections["default"] = shared
        with BETWEEN_REQUESTS:
            return do()

    def ask(do: Callable[[], T]) -> T:
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(work, do).result()

    return ask


@contextmanager
def serving() -> Iterator[str]:
    shared = connections["default"]
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # it would close one in a transaction
    shared.inc_thread_sharing()
    server = PatientServer(
        ("localhost", 0), QuietWSGIRequestHandler, connections_override={"default": shared}
    )
    server.set_app(OneAtATime(WSGIHandler()))
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    shared.dec_thread_sharing()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def page(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A browser with an authenticator in it that always says yes."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="needs the extra `browser`: requirements/browser.txt"
    )
    if not CHROMIUM.exists():
        pytest.skip(f"needs Chromium at {CHROMIUM}")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright keeps a loop of its own
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(base_url=server, locale="pt-BR").new_page()
        page.set_default_timeout(10_000)
        with_authenticator(page)
        yield page
        browser.close()


def with_authenticator(page: Any, *, says_yes: bool = True) -> Any:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": says_yes,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session
