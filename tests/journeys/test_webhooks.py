"""An order is paid, and the company's own system knows: the example receiver of the guide, over HTTP."""

import importlib.util
import subprocess
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from alicerce.apps.endpoints.models import Delivery
from alicerce.apps.endpoints.services.manage_endpoint import create_endpoint
from alicerce.apps.endpoints.types import EndpointForm
from alicerce.kernel.clock import now
from alicerce.kernel.safe_http import Call, call
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.docs import webhook_snippets as snippets
from tests.journeys.test_paid_hosting_goes_live import host, notify, pay_by_pix, place_order

__all__ = ["host"]

EXAMPLE = Path(__file__).parents[2] / "examples" / "webhook_receiver.py"


@pytest.fixture
def receiver(settings):
    """The example as it is, but what it receives is kept."""
    spec = importlib.util.spec_from_file_location("webhook_receiver", EXAMPLE)
    example = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(example)

    class Keeping(example.Receiver):
        worked, seen, raw = [], set(), []

        def work(self, message):
            self.worked.append(message)
            self.raw.append(dict(self.headers))

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keeping)
    Keeping.url = f"http://127.0.0.1:{server.server_port}/"
    settings.LOOPBACK_PORTS = frozenset({server.server_port})
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield Keeping
    server.shutdown()
    server.server_close()


def test_a_paid_order_is_told_to_the_companys_own_system(visitor, town, host, receiver):
    form = EndpointForm(url=receiver.url, types=("invoice.*", "order.completed"))
    _, receiver.secret = create_endpoint(form=form, at=now())
    page = place_order(visitor, "confeitaria.com.br")
    told = pay_by_pix(visitor, town, page)
    for _ in range(3):
        assert notify(visitor, told) == 200
    run_jobs(include_delayed=True)

    types = sorted(message["type"] for message in receiver.worked)
    assert types == ["invoice.issued", "invoice.paid", "order.completed"]
    (paid,) = (m for m in receiver.worked if m["type"] == "invoice.paid")
    assert paid["data"]["method"] == "pix"
    assert set(Delivery.objects.values_list("status", flat=True)) == {"delivered"}


def test_a_forged_message_is_refused_by_the_example(visitor, town, host, receiver):
    form = EndpointForm(url=receiver.url, types=("*",))
    _, receiver.secret = create_endpoint(form=form, at=now())
    stamp = str(int(now().timestamp()))
    headers = {"webhook-id": "x", "webhook-timestamp": stamp, "webhook-signature": "v1,AAAA"}

    forged = Call("POST", receiver.url, headers, b'{"type":"invoice.paid","data":{}}')
    assert call(forged).status == 400
    assert receiver.worked == []


def test_the_shell_of_the_guide_computes_the_same_signature(tmp_path):
    from alicerce.apps.endpoints.rules import signing

    secret, body = signing.new_secret(), '{"type":"pão"}'.encode()
    (tmp_path / "body.json").write_bytes(body)
    given = {"SECRET": secret, "WEBHOOK_ID": "m-1", "WEBHOOK_TIMESTAMP": "1788264000"}
    shell = subprocess.run(
        ["bash", "-c", snippets.SHELL],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", **given},
        capture_output=True,
        text=True,
        check=True,
    )

    expected = signing.signature(secret, message_id="m-1", timestamp=1788264000, body=body)
    assert shell.stdout.strip() == expected.removeprefix("v1,")
