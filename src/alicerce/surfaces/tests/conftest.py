"""The people who open pages: an operator, a colleague without that right, two customers, a stranger."""

import pytest
from django.test import Client

from alicerce.apps.billing.ports import gateways
from alicerce.apps.billing.tests.doubles import MemoryGateway
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.customers.tests.factories import a_customer, a_customer_user
from alicerce.apps.dns.ports import dns_hosts
from alicerce.apps.dns.tests.doubles import ZonesInMemory
from alicerce.apps.hosting.ports import panels
from alicerce.apps.hosting.tests.doubles import HandClock, PanelInMemory
from alicerce.apps.identity.models import User
from alicerce.apps.tenancy.models import Host
from alicerce.apps.tenancy.tests.factories import a_member, a_person, a_tenant
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of


def browser(person, **options):
    client = Client(**options)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


PASSWORD = "pao de queijo quente"


def approve(browser, answer, *, shows=("O que vai acontecer",)):
    """Pass the two pages before a sensitive action: who you are, and what will happen."""
    return browser.post(proven(browser, answer, shows=shows))


def proven(browser, answer, *, shows=()):
    """Who you are was shown, and what will happen: where it is done."""
    person = User.objects.get(pk=browser.session["_auth_user_id"])
    if not person.check_password(PASSWORD):
        person.set_password(PASSWORD)
        person.save()
        session = browser.session  # goes on, with all that was typed in it
        session["_auth_user_hash"] = person.get_session_auth_hash()
        session.save()
    address = answer if isinstance(answer, str) else answer.headers["Location"]
    proving = browser.get(address).headers["Location"]
    confirming = browser.post(proving, {"password": PASSWORD}).headers["Location"]
    shown = browser.get(confirming).text
    assert [words for words in shows if words not in shown] == []
    return confirming


@pytest.fixture
def site(tenant):
    """The tenant answers at the address that test clients ask for."""
    Host.objects.create(tenant_id=tenant.id, domain="testserver", base_url="http://testserver")
    return tenant


@pytest.fixture
def operator_person(site):
    person = a_person("olga@raiz.example", name="Olga Operadora")
    root = a_tenant("raiz", is_root=True)
    with acting(tenant_id=root.id), showing_rows_of(root.id):
        a_member(root, person, "operator")
    return person


@pytest.fixture
def operator(operator_person):
    return browser(operator_person)


@pytest.fixture
def colleague(site):
    """Owns the company, and still does not operate the platform."""
    person = a_person("caio@padaria.example", name="Caio")
    a_member(site, person, "owner")
    return browser(person)


@pytest.fixture
def stranger(site):
    return Client()


@pytest.fixture
def renata(site):
    """A customer, and the person who acts for it."""
    return a_customer(name="Renata Souza")


@pytest.fixture
def renata_browser(renata):
    person = a_person(renata.email, name="Renata Souza")
    a_customer_user(renata, person)
    return browser(person)


@pytest.fixture
def bruno(site):
    return a_customer(name="Bruno Lima")


@pytest.fixture
def bruno_browser(bruno):
    person = a_person(bruno.email, name="Bruno Lima")
    a_customer_user(bruno, person)
    return browser(person)


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def panel(monkeypatch):
    panel = PanelInMemory()
    monkeypatch.setitem(panels, "whm", lambda access: panel)
    return panel


@pytest.fixture
def zones(monkeypatch):
    zones = ZonesInMemory()
    monkeypatch.setitem(dns_hosts, "whm", lambda reference: zones)
    return zones


@pytest.fixture
def provider(monkeypatch):
    gateway = MemoryGateway()
    for kind in GatewayKind:
        monkeypatch.setitem(gateways, kind, lambda config: gateway)
    return gateway
