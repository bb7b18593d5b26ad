"""A market of two companies: Oficina publishes an app, Padaria's owner is asked to let it in."""

from base64 import b64encode
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.test import Client

from alicerce.apps.marketplace.tests.factories import BACK, VERIFIER, asking
from alicerce.apps.marketplace.types import Registered
from alicerce.surfaces.tests.conftest import approve

HOST = "plataforma.example"
ISSUER = f"http://{HOST}"
FORM = "application/x-www-form-urlencoded"


def said(location: str) -> dict[str, str]:
    """What an app is told at the address it is answered at."""
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


@dataclass
class App:
    """The program of an app: it knows its id and, if it has one, its secret."""

    registered: Registered

    def token(self, path="/oauth/token", *, headers=None, **body: Any):
        proof = {}
        if self.registered.secret and headers is None:
            packed = b64encode(f"{self.registered.id}:{self.registered.secret}".encode())
            proof = {"Authorization": f"Basic {packed.decode()}"}
        elif headers is None:
            body = {"client_id": str(self.registered.id)} | body
        kept = {name: value for name, value in body.items() if value is not None}
        return Client().generic(
            "POST", path, urlencode(kept), content_type=FORM, headers=proof | (headers or {})
        )

    def exchange(self, code: str, **given: Any):
        body = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": BACK,
            "code_verifier": VERIFIER,
        }
        return self.token(**body | given)

    def refresh(self, token: str, **given: Any):
        return self.token(grant_type="refresh_token", refresh_token=token, **given)

    def itself(self, **given: Any):
        return self.token(grant_type="client_credentials", **given)

    def revoke(self, token: str, **given: Any):
        return self.token("/oauth/revoke", token=token, **given)


def call(token: str, path: str = "/v1/me", **options: Any):
    return Client(**options).get(path, headers={"Authorization": f"Bearer {token}"})


def decide(
    browser: Client, address: str, tenant_id: Any, decision: str = "continuar", **more: str
):
    return browser.post(address, {"empresa": str(tenant_id), "decisao": decision, **more})


def agree(
    browser: Client, app: Registered, tenant_id: Any, *, ticks: str = "", **given: str | None
) -> dict[str, str]:
    """A person says yes for this company; what the app is told."""
    ticked = dict.fromkeys(ticks.split(), "on")
    asked = decide(browser, asking(app, **given), tenant_id, **ticked)
    answer = approve(browser, asked, shows=("O que vai acontecer", "Fluxo", "Oficina"))
    assert answer.status_code == 302, answer.status_code
    return said(answer.headers["Location"])
