"""The outside world for journeys: every provider on a port of its own, and a company that uses them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from alicerce.kernel.testing import run_jobs
from alicerce.project.demo_data import load
from alicerce.project.simulators.providers import Providers, open_providers
from alicerce.vendors.simulation.serve import in_background


@pytest.fixture(scope="session")
def providers(tmp_path_factory: Any) -> Iterator[Providers]:
    opened = open_providers(folder=tmp_path_factory.mktemp("town"), first_port=0)
    with in_background(*opened.listeners):
        yield opened


@pytest.fixture
def town(db: None, providers: Providers, settings: Any) -> Providers:
    """The company of the demo data, connected to every provider."""
    from alicerce.apps.notify.adapters.smtp import SmtpCarrier
    from alicerce.apps.notify.ports import mailers
    from alicerce.vendors.mailer.client import SmtpMailer

    mailers["smtp"] = SmtpCarrier(SmtpMailer(providers.mail.url))
    load(providers.description())
    run_jobs()
    return providers


@pytest.fixture
def site(tenant: Any) -> Any:
    """Padaria answers at the address that test clients ask for; its own is another."""
    from alicerce.apps.tenancy.models import Host

    own = "https://padaria.example"
    Host.objects.create(
        domain="padaria.example", tenant_id=tenant.id, base_url=own, is_primary=True
    )
    Host.objects.create(domain="testserver", tenant_id=tenant.id, base_url="http://testserver")
    return tenant


@pytest.fixture
def visitor() -> Client:
    return Client(SERVER_NAME="127.0.0.1")
