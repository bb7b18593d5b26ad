"""For which name a passkey is made: the platform's also opens the companies below it."""

import json

import pytest
from django.test import Client

from alicerce.apps.tenancy.models import Host
from alicerce.apps.tenancy.tests.factories import a_tenant


@pytest.fixture
def name_at(site):
    root = a_tenant("raiz", is_root=True)
    Host.objects.create(
        domain="nuvem.example",
        tenant_id=root.id,
        base_url="https://nuvem.example",
        is_primary=True,
    )
    for domain in ("padaria.nuvem.example", "outranuvem.example"):
        Host.objects.create(domain=domain, tenant_id=site.id, base_url=f"https://{domain}")

    def ask(host):
        headers = {"host": host, "x-requested-with": "XMLHttpRequest"}
        answer = Client(headers=headers).get("/entrar/biometria/")
        return json.loads(answer.content)["request_options"]["publicKey"]["rpId"]

    return ask


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("nuvem.example", "nuvem.example"),
        ("padaria.nuvem.example", "nuvem.example"),
        ("outranuvem.example", "outranuvem.example"),
        ("padaria.example", "padaria.example"),
    ],
)
def test_is_the_platforms_below_the_platform_and_ones_own_elsewhere(name_at, host, name):
    assert name_at(host) == name
