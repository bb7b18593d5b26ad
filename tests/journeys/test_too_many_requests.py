"""Pages have a limiter too: by address, and by no address that a caller only claims."""

import pytest

from alicerce.apps.tenancy.models import Host
from alicerce.project.demonstration.visitor import PIX, Visitor


@pytest.fixture
def site(tenant, client, settings):
    Host.objects.create(domain="testserver", tenant_id=tenant.id, base_url="http://testserver")
    settings.QUOTAS = {**settings.QUOTAS, "pages": (2, 3600), "hooks": (1, 3600)}
    client.raise_request_exception = False
    return client


class TestPages:
    def test_stop_an_address_that_asks_too_fast(self, site):
        answers = [site.get("/docs/erros/") for _ in range(3)]

        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert "Pedidos demais" in answers[-1].text
        assert int(answers[-1].headers["Retry-After"]) > 1000

    def test_believe_no_claimed_address(self, site):
        claims = ["192.0.2.1", "192.0.2.2", "192.0.2.3"]
        answers = [site.get("/docs/erros/", headers={"X-Forwarded-For": c}) for c in claims]

        assert answers[-1].status_code == 429

    def test_believe_their_own_proxy(self, site, settings):
        settings.TRUSTED_PROXIES = 1
        claims = ["192.0.2.1", "192.0.2.2", "192.0.2.3"]
        answers = [site.get("/docs/erros/", headers={"X-Forwarded-For": c}) for c in claims]

        assert [answer.status_code for answer in answers] == [200, 200, 200]

    def test_let_a_crowd_in_that_comes_from_everywhere(self, site, settings):
        settings.TRUSTED_PROXIES = 1
        crowd = [Visitor("http://testserver", "", number, PIX, seed=5) for number in range(4)]
        answers = [
            site.get("/docs/erros/", headers={"X-Forwarded-For": one.address}) for one in crowd
        ]

        assert [answer.status_code for answer in answers] == [200] * 4

    def test_say_whether_the_program_lives_however_often(self, site):
        assert [site.get("/livez").status_code for _ in range(4)] == [200] * 4


class TestHooks:
    def test_are_counted_by_the_address_a_provider_was_given(self, site):
        one, other = "/hooks/stripe/um/", "/hooks/stripe/outro/"

        answers = [site.post(path).status_code for path in (one, one, other)]

        assert answers == [404, 429, 404]
