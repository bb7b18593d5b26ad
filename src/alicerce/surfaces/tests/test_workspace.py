"""A company's workspace: its own people come in, nobody else."""

import re

import pytest
from django.urls import reverse

from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.tenancy.models import Membership

HOME = "/app/"


class TestWhoMayEnter:
    def test_a_member(self, colleague, site):
        page = colleague.get(HOME)

        assert page.status_code == 200
        assert site.name in page.text

    def test_not_an_operator_of_the_platform(self, operator):
        assert operator.get(HOME).status_code == 403

    def test_not_a_customer(self, renata_browser):
        assert renata_browser.get(HOME).status_code == 403

    def test_a_stranger_is_asked_to_sign_in(self, stranger):
        assert stranger.get(HOME).headers["Location"] == "/entrar/?next=/app/"


class TestInside:
    def test_members_land_in_their_workspace(self, colleague):
        assert colleague.get(reverse("site:inside")).headers["Location"] == HOME

    def test_customers_land_in_their_area(self, renata_browser):
        answer = renata_browser.get(reverse("site:inside"))
        assert answer.headers["Location"] == "/area-do-cliente/"


class TestFirstSteps:
    def test_are_shown_until_there_is_something_to_sell_and_somebody_to_sell_to(
        self, colleague, site
    ):
        new = colleague.get(HOME).text
        a_price()
        selling = colleague.get(HOME).text
        a_customer()

        assert "Ponha um plano à venda" in new
        assert reverse("workspace:catalog") in new
        assert "Primeiros passos" in selling
        assert "Primeiros passos" not in colleague.get(HOME).text

    def test_are_only_those_that_the_person_may_take(self, colleague, site):
        Membership.objects.update(role="finance")

        assert "Ligue um servidor" not in colleague.get(HOME).text

        a_price()  # the one step that finance sees: done, it is no card of its own
        assert "Primeiros passos" not in colleague.get(HOME).text


class TestNavigation:
    @pytest.mark.parametrize(
        "view", ["api_keys", "webhooks", "webhook_new", "company", "payer"]
    )
    def test_marks_one_section(self, colleague, view):
        page = colleague.get(reverse(f"workspace:{view}")).text
        rail = page[page.index("<nav") : page.index("</nav>")]

        assert len(re.findall('aria-current="page"', rail)) == 1

    def test_leads_to_the_site(self, colleague, site):
        assert 'href="http://testserver"' in colleague.get(HOME).text
