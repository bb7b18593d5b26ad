"""The page of a company's sandbox: its clock and what happened in it."""

from datetime import timedelta
from uuid import uuid5

import pytest

from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.models import Membership
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.clock import wall
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import browser

BAR = "Ambiente de teste: nada aqui é cobrado de verdade."


@pytest.fixture
def sandbox(site):
    return tenancy.open_sandbox(of=site.id, as_id=uuid5(site.id, "sandbox"), at=wall())


class TestSandbox:
    URL = "/app/desenvolvedores/testes/"

    def test_is_opened_with_a_button(self, colleague):
        assert "Ainda não há ambiente de testes" in colleague.get(self.URL).text

        opened = colleague.post(f"{self.URL}abrir/", follow=True).text

        assert "Ainda não há" not in opened
        assert "http://testes.testserver/app/" in opened

    def test_moves_the_clock_and_tells_what_happened(self, colleague, sandbox):
        goal = (wall() + timedelta(days=2)).date()

        moved = colleague.post(self.URL, {"day": goal.isoformat()})

        assert moved.status_code == 302
        assert "a caminho" in colleague.get(self.URL).text
        run_jobs(include_delayed=True)
        page = colleague.get(self.URL).text
        assert "chegou à data pedida" in page
        assert "Adiantar o relógio" in page

    def test_says_what_is_wrong_with_a_day(self, colleague, sandbox):
        refused = colleague.post(self.URL, {"day": "2020-01-01"})

        assert refused.status_code == 422
        assert "só anda para a frente" in refused.text

    def test_has_its_plans_renewed(self, colleague, sandbox):
        a_price()
        url = f"{self.URL}planos/"

        told = colleague.post(url, follow=True).text

        assert "Planos novos: 1." in told
        assert "já estavam como" in colleague.post(url, follow=True).text


class TestWithin:
    HOST = "testes.testserver"

    def within(self, site, role):
        person = a_person(f"{role}@padaria.example", name=role)
        a_member(site, person, role)
        there = browser(person, SERVER_NAME=self.HOST)
        session = there.session
        session["own_name"] = self.HOST
        session.save()
        return person, there

    @pytest.mark.parametrize(
        ("role", "orders", "books"), [("owner", 200, 200), ("developer", 403, 200)]
    )
    def test_people_do_what_their_role_lets_them(self, site, sandbox, role, orders, books):
        person, there = self.within(site, role)

        assert there.get("/app/pedidos/").status_code == orders
        assert there.get("/app/faturas/").status_code == books
        assert there.get("/app/equipe/").status_code == 403
        assert BAR in there.get("/app/").text
        Membership.objects.filter(user_id=person.pk).delete()
        assert there.get("/app/").status_code == 403

    def test_stays_shut_for_who_does_not_operate_it(self, site, sandbox):
        _, there = self.within(site, "finance")

        refused = there.get("/app/")

        assert refused.status_code == 403
        assert BAR in refused.text
