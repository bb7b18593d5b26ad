"""What no browser sends: refused with a page, never with a stack trace or a guess."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import RequestFactory

from alicerce.apps.identity.tests.factories import a_person_with
from alicerce.apps.tenancy.models import Host
from alicerce.kernel.clock import now
from alicerce.kernel.db import showing_rows_of
from alicerce.project.middleware import client_address
from tests.journeys.people import PASSWORD, enter

ANA = "ana@padaria.example"
ELSEWHERE = [
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "https://evil.example/",
    "https:evil.example",
    "http://oficina.example/",
    "http://testserver@evil.example/",
    "javascript:alert(1)",
    "/\t/evil.example/",
]


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


class TestHost:
    """Pages answer at the addresses of companies that we know, written as people may write them."""

    @pytest.mark.parametrize("host", ["TestServer", "testserver.", "testserver:8000"])
    def test_is_known_however_it_is_written(self, site, host):
        assert site.get("/entrar/", headers={"Host": host}).status_code == 200

    @pytest.mark.parametrize(
        "host", ["nowhere.example", "x.testserver", "[::1]", ".testserver", "testserver.."]
    )
    def test_that_is_nobodys_has_no_pages(self, site, host):
        answer = site.get("/entrar/", headers={"Host": host})

        assert answer.status_code in {400, 404}
        assert host not in answer.content.decode()

    @pytest.mark.parametrize(
        "host",
        [
            "",
            "testserver@evil.example",
            "testserver:80:80",
            "evil.example, testserver",
            "a/../b",
        ],
    )
    def test_that_is_none_is_a_bad_request(self, site, host):
        assert site.get("/entrar/", headers={"Host": host}).status_code == 400

    @pytest.mark.parametrize(
        "header", ["X-Forwarded-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"]
    )
    def test_is_not_taken_from_another_header(self, site, header):
        told = "host=evil.example" if header == "Forwarded" else "evil.example"
        answer = site.get("/entrar/", headers={header: told})

        assert answer.status_code == 200
        assert "evil.example" not in f"{answer.content.decode()}{answer.headers}"


class TestWayOn:
    """Where we send a browser is with us, whatever an address or a form asks for."""

    @pytest.fixture
    def ana(self, site):
        a_person_with(PASSWORD, ANA)
        enter(site, ANA)
        return site

    @pytest.mark.parametrize(
        "path", ["//evil.example/x", "///evil.example", "//evil.example\\@x/"]
    )
    def test_after_a_session_that_lapsed_is_ours(self, ana, path):
        UserSession.objects.update(last_seen_at=now() - timedelta(hours=13))

        answer = ana.get("/", PATH_INFO=path)

        assert answer.status_code == 302
        assert not answer.headers["Location"].startswith("//")

    @pytest.mark.parametrize("wanted", ELSEWHERE)
    def test_after_signing_in_is_ours(self, site, wanted):
        a_person_with(PASSWORD, ANA)
        answer = site.post(
            "/entrar/",
            {"login": ANA, "password": PASSWORD, "next": wanted},
            query_params={"next": wanted},
        )

        assert answer.headers["Location"] == "/dentro/"

    @pytest.mark.parametrize("wanted", ELSEWHERE)
    def test_after_choosing_a_language_is_ours(self, site, wanted):
        answer = site.post("/idioma", {"language": "en", "next": wanted})

        assert answer.headers["Location"] == "/"


class TestHiddenPlaces:
    @pytest.mark.parametrize(
        "path",
        [
            *("/.git/config", "/.env", "/manage.py", "/alicerce", "/pyproject.toml"),
            *(
                "/metrics",
                "/healthz",
                "/debug/",
                "/__debug__/",
                "/server-status",
                "/admin/login/",
            ),
            *("/static/", "/static/../manage.py", "/static/..%2f..%2fmanage.py"),
            *("/static/%2e%2e/%2e%2e/manage.py", "/static//etc/passwd", "/docs/../manage.py"),
        ],
    )
    def test_are_not_there(self, site, path):
        assert site.get("/", PATH_INFO=path).status_code == 404


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
