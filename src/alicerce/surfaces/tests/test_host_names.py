"""A company's own name in a browser: attached, proven, visited, and what it may not be used for."""

import pytest
from django.test import Client
from django.urls import reverse

from alicerce.apps.hostnames.models import HostName
from alicerce.apps.hostnames.services.look import look
from alicerce.apps.hostnames.tests.conftest import NOON, Claim, dns, dns_site
from alicerce.apps.identity.tests.factories import a_person_with
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.models import Host
from alicerce.apps.tenancy.tests.factories import a_member, a_person, a_tenant
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import PASSWORD, approve, browser

__all__ = ["dns", "dns_site"]
LOJA = "loja.padaria.com.br"
NAMES = "/app/empresa/enderecos/"


@pytest.fixture
def proven(site, dns):
    claim = Claim(dns)
    claim.show(claim.proof)
    assert claim.look() == "active"
    return claim


@pytest.fixture
def ana(site):
    person = a_person_with(PASSWORD)
    a_member(site, person, "owner")
    return person


class TestPages:
    def test_lead_from_a_name_to_visitors_and_back(self, colleague, site, dns):
        shown = colleague.post(f"{NAMES}novo/", {"domain": "LOJA.padaria.com.br"}, follow=True)
        claim = HostName.objects.get()
        for words in (
            "_alicerce-challenge.loja.padaria.com.br",
            f"alicerce-verify={claim.token}",
        ):
            assert words in shown.text
        assert Client(SERVER_NAME=LOJA).get("/").status_code == 404

        dns.put(f"_alicerce-challenge.{LOJA}", "TXT", [f"alicerce-verify={claim.token}"])
        colleague.post(f"{NAMES}{claim.id}/conferir/")
        run_jobs()
        assert "Ativo" in colleague.get(f"{NAMES}{claim.id}/").text
        assert Client(SERVER_NAME=LOJA).get("/").status_code == 200

        colleague.post(f"{NAMES}{claim.id}/primeiro/")
        assert tenancy.tenant_card().base_url == f"https://{LOJA}"
        colleague.post(f"{NAMES}{claim.id}/voltar/")
        assert "testserver" in tenancy.tenant_card().base_url

        assert "Nos links" not in colleague.get(NAMES).text

    def test_detach_only_who_proves_it_and_types_the_name(self, colleague, proven):
        away = f"{NAMES}{proven.id}/desligar/"
        assert colleague.post(away).status_code in {302, 403}
        assert proven.row.state == "active"

        approve(colleague, away, shows=("O que vai acontecer", LOJA))
        assert proven.row.state == "active"  # the name was not typed

    def test_refuse_a_bad_name_and_who_may_not(self, colleague, site, dns):
        assert colleague.post(f"{NAMES}novo/", {"domain": "padaria"}).status_code == 422
        reader = a_person("leo@padaria.example")
        a_member(site, reader, "read_only")
        assert browser(reader).get(NAMES).status_code == 200
        assert browser(reader).post(f"{NAMES}novo/", {"domain": LOJA}).status_code == 403


class TestAtAnOwnName:
    def test_a_session_is_good_where_it_was_opened(self, proven, ana):
        elsewhere = browser(ana)
        assert elsewhere.get("/app/").status_code == 200
        key = elsewhere.cookies["session"].value
        here = Client(SERVER_NAME=LOJA)
        here.cookies["session"] = key
        assert here.get("/app/").status_code == 302

        here = Client(SERVER_NAME=LOJA)
        here.post("/entrar/", {"login": ana.email, "password": PASSWORD})
        assert here.session["own_name"] == LOJA
        assert here.get("/app/").status_code == 200

        stolen = Client()
        stolen.cookies["session"] = here.cookies["session"].value
        assert stolen.get("/app/").status_code == 302

    def test_operators_have_no_rights(self, proven, operator, operator_person):
        assert operator.get("/admin/").status_code == 200
        here = browser(operator_person, SERVER_NAME=LOJA)
        session = here.session
        session["own_name"] = LOJA
        session.save()
        assert here.get("/admin/").status_code == 403

    def test_a_lost_name_leads_nowhere(self, proven, ana):
        proven.show()
        look(name_id=proven.id, at=NOON)
        HostName.objects.update(lapses_at=NOON)
        look(name_id=proven.id, at=NOON)
        assert Client(SERVER_NAME=LOJA).get("/").status_code == 404


class TestTls:
    def ask(self, domain, **headers):
        return Client(SERVER_NAME="127.0.0.1").get("/tls/ask", {"domain": domain}, **headers)

    def test_is_granted_for_served_names_alone(self, proven, dns):
        Claim(dns, domain="outra.padaria.com.br")
        assert self.ask(LOJA).status_code == 200
        assert self.ask("testserver").status_code == 200
        for other in ("outra.padaria.com.br", "mal.example", "", "x" * 300, f"{LOJA}%00"):
            assert self.ask(other).status_code == 404
        assert not self.ask(LOJA).cookies

    def test_is_throttled(self, proven, settings):
        settings.QUOTAS = settings.QUOTAS | {"tls": (2, 60)}
        answers = [self.ask(LOJA, REMOTE_ADDR="192.0.2.77").status_code for _ in range(3)]
        assert answers == [200, 200, 429]


def test_a_neighbours_name_is_no_address_of_this_company(proven, other_tenant, colleague):
    root = a_tenant("raiz", is_root=True)
    Host.objects.create(tenant_id=root.id, domain="nuvem.net", base_url="https://nuvem.net")
    with other_tenant as neighbour:
        assert reverse("workspace:host_names") == NAMES
        assert HostName.objects.count() == 0
        assert tenancy.hosts_of(neighbour.id) == []
