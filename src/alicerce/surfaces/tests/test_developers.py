"""Keys of the API in the workspace."""

import re

import pytest
from django.urls import reverse

from alicerce.apps.developers.models import ApiKey
from alicerce.apps.developers.tests.factories import a_key
from alicerce.apps.tenancy.models import Membership
from alicerce.kernel.ids import uuid7
from alicerce.surfaces.tests.conftest import approve

KEYS, NEW = "/app/desenvolvedores/", "/app/desenvolvedores/chaves/nova/"
TYPED = {"name": "Site", "mode": "live", "days": "30", "networks": "", "customers:read": "on"}


@pytest.fixture
def key(site):
    a_key(site, "billing:read")
    return ApiKey.objects.get()


def at(name, key):
    return reverse(f"workspace:{name}", args=[key.id])


class TestWhoMay:
    def test_see_keys(self, colleague, key):
        page = colleague.get(KEYS)

        assert page.status_code == 200
        assert key.shown in page.text

    @pytest.mark.parametrize("path", [KEYS, NEW, "/app/desenvolvedores/chamadas/"])
    def test_not_a_member_without_the_right(self, colleague, site, path):
        Membership.objects.update(role="finance")

        assert colleague.get(path).status_code == 403

    def test_not_a_stranger(self, stranger):
        assert stranger.get(KEYS).headers["Location"] == f"/entrar/?next={KEYS}"

    def test_not_of_another_company(self, colleague, other_tenant):
        with other_tenant as neighbor:
            theirs = ApiKey.objects.get(pk=a_key(neighbor).id)
        nothing = reverse("workspace:api_key", args=[uuid7()])

        for name in ("api_key", "api_key_rotate", "api_key_revoke"):
            assert colleague.post(at(name, theirs)).status_code in {404, 405}
        assert colleague.get(at("api_key", theirs)).status_code == 404
        assert colleague.get(nothing).status_code == 404


class TestMaking:
    def test_keeps_what_was_typed_for_who_turns_back(self, colleague):
        colleague.get(colleague.post(NEW, TYPED).headers["Location"])

        page = colleague.get(f"{NEW}?voltar=1").text

        assert 'value="Site"' in page
        assert re.search(r'name="customers:read"[^>]* checked', page)

    def test_shows_the_secret_once(self, colleague):
        page = approve(colleague, colleague.post(NEW, TYPED))

        (secret,) = set(re.findall(r"sk_live_[0-9A-Za-z]{39}", page.text))
        key = ApiKey.objects.get()
        assert secret not in colleague.get(at("api_key", key)).text
        assert (key.scopes, key.expires_at is None) == (["customers:read"], False)

    def test_offers_what_the_person_may_do(self, colleague):
        page = colleague.get(NEW).text

        assert 'name="customers:read"' in page
        assert 'name="servers:write"' not in page

    @pytest.mark.parametrize(
        "wrong",
        [{"name": ""}, {"customers:read": ""}, {"networks": "aqui"}, {"mode": "maybe"}],
    )
    def test_says_what_is_wrong(self, colleague, wrong):
        assert colleague.post(NEW, TYPED | wrong).status_code == 422
        assert not ApiKey.objects.exists()


class TestRetiring:
    def test_exchanges_a_key(self, colleague, site):
        approve(colleague, colleague.post(NEW, TYPED))
        key = ApiKey.objects.get()

        asked = colleague.post(at("api_key_rotate", key), {"hours": "24"})
        page = approve(colleague, asked)

        assert re.search(r"sk_live_[0-9A-Za-z]{39}", page.text)
        again = approve(colleague, asked)
        assert again.headers["Location"] == at("api_key", key)
        assert ApiKey.objects.count() == 2

    def test_revokes_a_key(self, colleague, key):
        answer = approve(colleague, at("api_key_revoke", key))

        assert answer.headers["Location"] == at("api_key", key)
        assert "Revogada" in colleague.get(at("api_key", key)).text


class TestCalls:
    def test_are_shown_to_who_may(self, colleague, site, client):
        secret = a_key(site, "billing:read").secret
        client.get("/v1/me", headers={"Authorization": f"Bearer {secret}"})

        page = colleague.get("/app/desenvolvedores/chamadas/")

        assert "GET /v1/me" in page.text
        other = colleague.get(f"/app/desenvolvedores/chamadas/?chave={uuid7()}")
        assert "GET /v1/me" not in other.text

    def test_finds_one_request_and_what_was_refused(self, colleague, client, site):
        headers = {"Authorization": f"Bearer {a_key(site, 'billing:read').secret}"}
        right = client.get("/v1/me", headers=headers)
        wrong = client.get("/v1/customers", headers=headers)
        calls = "/app/desenvolvedores/chamadas/"

        refused = colleague.get(f"{calls}?resposta=recusadas").text
        one = colleague.get(f"{calls}?pedido={right.headers['Alicerce-Request-Id']}").text
        none = colleague.get(f"{calls}?pedido=abc").text

        assert "insufficient_scope" in refused
        assert wrong.headers["Alicerce-Request-Id"] in refused
        assert "GET /v1/me" not in refused
        assert "GET /v1/me" in one
        assert "GET /v1/customers" not in one
        assert "Nenhuma chamada assim" in none
