"""One box finds what the person may see, in their own company or, for operators, in all of them."""

import pytest
from django.urls import reverse

from alicerce.apps.billing.tests.factories import an_invoice
from alicerce.apps.customers.services.make_findable import make_findable
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.hosting.tests.factories import NOON, a_server, a_service
from alicerce.apps.support.services.open_ticket import open_ticket
from alicerce.apps.support.types import Priority
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.surfaces.tests.conftest import browser

pytestmark = pytest.mark.usefixtures("panel", "zones")
PALETTE = {"HX-Request": "true", "HX-Target": "div#achados"}


def a_ticket(subject):
    return open_ticket(
        subject=subject,
        body="Veja.",
        priority=Priority.NORMAL,
        customer_id=None,
        entity="",
        entity_id=None,
        key=subject,
        at=NOON,
    )


@pytest.fixture
def things(site, other_tenant):
    a_server(name="curitiba-01")
    service = a_service(domain="padaria.com.br")
    service.username = "padar7x2"
    service.save()
    a_service(domain="xn--padaria-so-joo-tib8c.com.br")
    a_ticket("Site fora do ar")
    with other_tenant:
        a_service(domain="padaria-da-oficina.com.br")


def ask(browser, words, surface="console", **headers):
    return browser.get(reverse(f"{surface}:search"), {"q": words}, headers=headers).text


class TestConsole:
    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("padar", "padaria.com.br"),
            ("PADAR7", "padaria.com.br"),
            ("oria-inexistente", "Nada encontrado"),
            ("curitiba", "curitiba-01"),
            ("fora do", "Site fora do ar"),
            ("#1", "Site fora do ar"),
            ("p", "Escreva ao menos duas letras."),
        ],
    )
    def test_finds(self, operator, things, words, found):
        assert found in ask(operator, words)

    def test_finds_in_every_company(self, operator, things):
        assert "padaria-da-oficina.com.br" in ask(operator, "padaria")

    def test_takes_wildcards_for_letters(self, operator, things):
        assert "padaria.com.br" not in ask(operator, "%padaria")

    def test_answers_the_palette_with_the_hits_alone(self, operator, things):
        answer = ask(operator, "padaria", **PALETTE)

        assert "padaria.com.br" in answer
        assert "<html" not in answer

    def test_is_for_operators(self, colleague, stranger):
        url = reverse("console:search")

        assert colleague.get(url).status_code == 403
        assert stranger.get(url).headers["Location"].startswith("/entrar/")

    def test_every_page_of_the_panel_offers_it(self, operator, site):
        page = operator.get(reverse("console:servers")).text

        assert f'href="{reverse("console:search")}" data-palette' in page
        assert "command-palette" in page


class TestWorkspace:
    @pytest.fixture
    def sold(self, site, renata, other_tenant):
        a_server()
        a_service(customer=renata, domain="padaria.com.br")
        make_findable(customer_id=renata.id, texts=[renata.name], origin="profile")
        an_invoice(customer_id=renata.id)
        with other_tenant:
            a_customer(name="Renata de Outra Empresa")

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("renata", "Renata Souza"),
            ("padaria.com", "padaria.com.br"),
            ("A1", "/faturas/"),
            ("Caio", "caio@padaria.example"),
        ],
    )
    def test_finds(self, colleague, sold, words, found):
        assert found in ask(colleague, words, "workspace", **PALETTE)

    def test_finds_nothing_of_another_company(self, colleague, sold):
        assert "de Outra Empresa" not in ask(colleague, "renata", "workspace")

    def test_leaves_out_what_the_person_may_not_see(self, site, sold):
        person = a_person("fabio@padaria.example", name="Fábio")
        a_member(site, person, "finance")
        found = ask(browser(person), "padaria.com", "workspace", **PALETTE)

        assert "/servicos/" not in found
