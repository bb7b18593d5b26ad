"""What no browser sends: refused with a page, never with a stack trace or a guess."""

import pytest
from django.test import RequestFactory

from alicerce.apps.tenancy.models import Host
from alicerce.kernel.db import showing_rows_of
from alicerce.project.middleware import client_address


@pytest.fixture
def site(tenant, client):
    Host.objects.create(domain="testserver", tenant_id=tenant.id, base_url="http://testserver")
    client.raise_request_exception = False
    return client


class TestRequests:
    @pytest.mark.parametrize(
        "path", ["/pedido/%00/", "/entrar/senha/%00/x/", "/?antes=%00", "/entrar/?next=%00"]
    )
    def test_a_nul_in_an_address_is_a_bad_request(self, site, path):
        assert site.get(path).status_code == 400

    def test_a_nul_in_a_cookie_is_a_bad_request(self, site):
        answer = site.get("/", headers={"Cookie": 'session="\\000aaaaaaaaaaaaaaaa"'})

        assert answer.status_code == 400

    def test_no_page_is_shown_in_a_frame(self, site):
        assert site.get("/nada/").headers["X-Frame-Options"] == "DENY"

    def test_the_sign_in_page_needs_nobody_to_have_said_whose_rows_exist(self, site):
        with showing_rows_of(None):
            assert site.get("/entrar/").status_code == 200


class TestClientAddress:
    @pytest.mark.parametrize(
        ("proxies", "forwarded", "expected"),
        [
            (0, "9.9.9.9", "10.0.0.1"),
            (1, "9.9.9.9", "9.9.9.9"),
            (1, "6.6.6.6, 9.9.9.9", "9.9.9.9"),
            (2, "6.6.6.6, 9.9.9.9, 10.0.0.2", "9.9.9.9"),
            (2, "9.9.9.9", "9.9.9.9"),
            (1, "", "10.0.0.1"),
            (1, "not an address", "10.0.0.1"),
            (1, "2001:db8::1", "2001:db8::1"),
        ],
    )
    def test_is_read_past_our_own_proxies_and_no_further(
        self, settings, proxies, forwarded, expected
    ):
        settings.TRUSTED_PROXIES = proxies
        headers = {"X-Forwarded-For": forwarded} if forwarded else {}

        request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers=headers)

        assert client_address(request) == expected
