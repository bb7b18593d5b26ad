"""What the front page is: a company's plans, or what the platform is for."""

import pytest
from django.test import Client
from django.urls import reverse

from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.tenancy.models import Host
from alicerce.apps.tenancy.tests.factories import a_person, a_tenant
from alicerce.surfaces.tests.conftest import browser
from conftest import inside

PLATFORM = "platform.localhost"


@pytest.fixture
def platform(site):
    root = a_tenant("raiz", is_root=True)
    Host.objects.create(tenant_id=root.id, domain=PLATFORM, base_url=f"http://{PLATFORM}")
    return root


@pytest.fixture
def visitor(platform):
    return Client(SERVER_NAME=PLATFORM)


class TestThePlatforms:
    def test_leads_a_visitor_to_an_account_and_to_the_docs(self, visitor):
        page = visitor.get("/").text

        assert reverse("account_signup") in page
        assert reverse("docs:start") in page
        assert "Nada à venda ainda" not in page

    def test_leads_who_has_an_account_to_their_companies_on_a_phone_too(self, platform):
        rui = browser(a_person("rui@raiz.example"), SERVER_NAME=PLATFORM)

        page = rui.get("/").text

        assert reverse("account_signup") not in page
        assert reverse("site:companies") in page[page.index('class="tabbar"') :]

    def test_is_a_storefront_once_it_sells_something(self, visitor, platform):
        with inside(platform):
            plan = a_price().plan

        assert plan.name in visitor.get("/").text


class TestACompanys:
    def test_says_that_it_sells_nothing_yet(self, stranger):
        assert "Nada à venda ainda" in stranger.get("/").text
