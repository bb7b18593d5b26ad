"""Programs of others, against a live server: the example, and a client generated from the document."""

import os
import subprocess
import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application

from tests.architecture.isolation import story
from tests.architecture.isolation.programs import a_secret
from tests.architecture.isolation.scratch import django_on

pytest_plugins = ["tests.architecture.isolation.fixtures"]

ROOT = Path(__file__).resolve().parents[2]
GENERATED = """
import sys
from shop import AuthenticatedClient
from shop.api.customers import list_customers
from shop.api.account import get_me

client = AuthenticatedClient(base_url=sys.argv[1], token=sys.argv[2])
print(get_me.sync(client=client).company.name)
print(list_customers.sync(client=client).data[0].email)
"""


class Threading(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        """Tests are not interested."""


@pytest.fixture
def server(stage, django_db_blocker):
    """The address of the program, and a key of the company's owner."""
    with django_db_blocker.unblock(), django_on(stage.database, pool=4):
        secret = a_secret(stage.world.ours, story.SLUGS[0])
        httpd = make_server("127.0.0.1", 0, get_wsgi_application(), Threading, Quiet)
        thread = Thread(target=httpd.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}", secret
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def run(*arguments, **env):
    done = subprocess.run(
        arguments,
        env={**os.environ, **env},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_example_sells_once_however_often_it_runs(server):
    url, secret = server
    told = [
        run(
            sys.executable,
            str(ROOT / "examples" / "sell_hosting.py"),
            "loja-nova.com.br",
            ALICERCE_API_URL=url,
            ALICERCE_API_KEY=secret,
        )
        for _ in range(2)
    ]

    assert told[0] == told[1]
    assert "2990 centavos, /fatura/" in told[0]
    assert "awaiting_payment" in told[0]


def test_a_generated_client_understands_the_document(server, tmp_path):
    generator = os.environ.get("ALICERCE_OPENAPI_CLIENT")
    if not generator:
        pytest.skip("ALICERCE_OPENAPI_CLIENT names no program")
    url, secret = server
    run(
        generator,
        "generate",
        "--meta=none",
        "--path",
        str(ROOT / "docs" / "openapi" / "openapi.json"),
        "--output-path",
        str(tmp_path / "shop"),
    )
    program = tmp_path / "program.py"
    program.write_text(GENERATED)

    told = run(str(Path(generator).parent / "python"), str(program), url, secret)

    assert told.splitlines()[0] == "Padaria"
    assert "@" in told.splitlines()[1]
