"""One box finds what the person may see, in their own company or, for operators, in all of them."""

import pytest
from django.urls import reverse

from alicerce.apps.customers.public import make_findable
from alicerce.apps.customers.services.save_customer import create_customer
from alicerce.apps.customers.tests.factories import a_profile
from alicerce.apps.hosting.tests.factories import NOON, a_server, a_service
from alicerce.apps.support.services.open_ticket import open_ticket
from alicerce.apps.support.types import Priority
from alicerce.apps.tenancy.services.roles import copy_role, edit_role
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
    def joao(self, site):
        profile = a_profile(name="João Padeiro", email="joao@forno.example")
        customer_id = create_customer(profile=profile, at=NOON)
        make_findable(customer_id=customer_id, texts=["padaria.com.br"], origin="service:1")
        return customer_id

    @pytest.mark.parametrize("words", ["joao", "JOÃO pad", "joao@forno", "padaria.com"])
    def test_finds_customers_by_what_the_box_names(self, colleague, joao, words):
        found = ask(colleague, words, "workspace")

        assert reverse("workspace:customer", args=[joao]) in found

    def test_finds_people_of_the_team(self, colleague, site):
        assert "caio@padaria.example" in ask(colleague, "caio", "workspace")

    def test_shows_customers_to_nobody_who_may_not_read_them(self, colleague, site, joao):
        owner, designer = a_person("dona@padaria.example"), a_person("duda@padaria.example")
        a_member(site, owner, "owner")
        role = copy_role(key="sales", name="Design", by=owner.id, at=NOON)
        edit_role(key=role, permissions=["workspace:enter"], by=owner.id, at=NOON)
        a_member(site, designer, role)

        assert "João Padeiro" not in ask(browser(designer), "joao", "workspace")

    def test_leaves_out_the_neighbours(self, colleague, other_tenant):
        with other_tenant:
            create_customer(profile=a_profile(name="João Vizinho"), at=NOON)

        assert "João Vizinho" not in ask(colleague, "joao", "workspace")
