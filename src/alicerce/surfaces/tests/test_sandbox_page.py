"""The page of a company's sandbox: its clock and what happened in it."""

from datetime import timedelta
from uuid import uuid5

import pytest

from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import wall
from alicerce.kernel.testing import run_jobs


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
