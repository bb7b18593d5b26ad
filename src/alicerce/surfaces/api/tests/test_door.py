"""The door of the API: who comes in, and how everybody else is told no."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError

from alicerce.apps.developers.models import ApiKey, LoggedCall
from alicerce.apps.developers.services.retire_key import revoke_key
from alicerce.apps.developers.tests.factories import NOON, a_key
from alicerce.apps.developers.types import Mode
from alicerce.apps.tenancy.models import Membership, Tenant
from alicerce.apps.tenancy.tests.factories import a_tenant
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.surfaces.api import door
from alicerce.surfaces.api.tests.conftest import Api, told


class TestAKey:
    def test_is_answered_by_the_version_it_was_made_with(self, knock, stranger, monkeypatch):
        key = knock("customers:read")
        monkeypatch.setattr(door, "API_VERSIONS", ("2026-11", "2027-05"))

        assert key.get("/me").headers["Alicerce-Version"] == "2026-11"
        asked = key.get("/me", Alicerce_Version="2027-01")
        assert told(asked) == (400, "unknown_version")
        assert "2026-11" in asked.json()["detail"]
        assert stranger.get("/me").headers["Alicerce-Version"] == "2027-05"

    def test_says_whose_it_is_and_what_it_may(self, knock, tenant):
        answer = knock("customers:read", "billing:read").get("/me")

        assert answer.status_code == 200
        assert answer.json() == {
            "object": "me",
            "key_id": str(ApiKey.objects.get().id),
            "key_name": "Integração",
            "app": None,
            "mode": "live",
            "api_version": "2026-11",
            "scopes": ["billing:read", "customers:read"],
            "company": {
                "id": str(tenant.id),
                "name": tenant.name,
                "restriction": "none",
                "bill_url": None,
            },
        }

    @pytest.mark.parametrize(
        "authorization",
        ["", "Bearer", "Bearer x", "Basic dTpw", "Bearer sk_live_" + "a" * 39, "sk_live_x"],
    )
    def test_that_is_none_opens_nothing(self, stranger, authorization):
        stranger.headers["Authorization"] = authorization

        answer = stranger.get("/me")

        assert told(answer) == (401, "unauthenticated")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")

    def test_opens_nothing_once_revoked(self, api):
        revoke_key(key_id=ApiKey.objects.get().id, at=NOON)

        assert told(api.get("/me")) == (401, "unauthenticated")

    def test_opens_nothing_once_expired(self, knock):
        late = knock(at=NOON - timedelta(days=9), expires_at=NOON)

        assert told(late.get("/me")) == (401, "unauthenticated")

    def test_opens_only_from_its_networks(self, knock):
        here, elsewhere = knock(networks=("127.0.0.0/8",)), knock(networks=("192.0.2.1",))

        assert here.get("/me").status_code == 200
        assert told(elsewhere.get("/me")) == (403, "address_not_allowed")

    def test_is_told_which_permission_it_lacks(self, knock):
        answer = knock("customers:read").get("/invoices")

        assert told(answer) == (403, "insufficient_scope")
        assert "billing:read" in answer.json()["detail"]

    def test_is_not_believed_about_its_address(self, knock):
        sly = knock(networks=("192.0.2.1",))

        assert told(sly.get("/me", X_Forwarded_For="192.0.2.1")) == (403, "address_not_allowed")

    def test_in_the_address_is_refused(self, api):
        secret = api.headers["Authorization"].removeprefix("Bearer ")

        assert told(api.get(f"/me?api_key={secret}")) == (401, "key_in_address")

    def test_loses_what_its_maker_lost(self, knock):
        caller = knock("customers:read", "keys:write")
        Membership.objects.update(role="finance")

        assert caller.get("/me").json()["scopes"] == ["customers:read"]

    def test_opens_nothing_for_who_left_though_they_operate_the_platform(self, knock, maker):
        root = a_tenant("raiz", is_root=True)
        with acting(tenant_id=root.id), showing_rows_of(root.id):
            Membership.objects.create(user_id=maker.user_id, role="operator")
        caller = knock("customers:read")

        Membership.objects.filter(user_id=maker.user_id).delete()

        assert told(caller.get("/customers")) == (403, "insufficient_scope")

    def test_opens_nothing_for_a_suspended_company(self, api, tenant):
        Tenant.objects.filter(pk=tenant.id).update(status="suspended")

        assert told(api.get("/me")) == (403, "company_suspended")

    def test_chooses_the_company_whatever_the_host_says(self, api, other_tenant, tenant):
        with other_tenant as neighbor:
            other = Api(a_key(neighbor).secret)

        assert other.get("/me", Host="padaria.example").json()["company"]["name"] == "Oficina"
        assert api.get("/me", X_Tenant=str(neighbor.id)).json()["company"]["name"] == "Padaria"

    def test_of_the_test_mode_acts_in_a_sandbox(self, knock, tenant):
        told = knock(mode=Mode.TEST).get("/me").json()

        assert told["mode"] == "test"
        assert told["company"]["name"] == "Padaria (teste)"
        assert told["company"]["id"] != str(tenant.id)
        assert "keys:write" not in told["scopes"]

    def test_opens_no_page(self, api):
        answer = api.client.get("/app/", headers=api.headers)

        assert answer.status_code in {302, 404}

    def test_is_the_only_way_in(self, knock, stranger, maker):
        from alicerce.apps.identity.models import User

        person = User.objects.get(pk=maker.user_id)
        stranger.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

        assert told(stranger.get("/me")) == (401, "unauthenticated")

    def test_is_known_to_have_been_used(self, api):
        before = now()
        api.get("/me")

        assert ApiKey.objects.get().last_used_at >= before


class TestEveryAnswer:
    def test_names_the_request(self, api):
        assert UUID(api.get("/me").headers["Alicerce-Request-Id"])

    def test_keeps_the_callers_own_name_for_it(self, api):
        mine = str(uuid4())

        assert api.get("/me", Alicerce_Request_Id=mine).headers["Alicerce-Request-Id"] == mine

    @pytest.mark.parametrize("odd", ["x", "a\tb", "%00", "'; drop"])
    def test_takes_no_other_name(self, api, odd):
        assert UUID(api.get("/me", Alicerce_Request_Id=odd).headers["Alicerce-Request-Id"])

    def test_is_cached_by_nobody(self, api):
        assert api.get("/me").headers["Cache-Control"] == "no-store"

    def test_is_logged_without_what_was_said(self, api):
        api.get("/me", Idempotency_Key="abc")

        logged = LoggedCall.objects.get()
        assert (logged.method, logged.route, logged.status) == ("GET", "/v1/me", 200)
        assert logged.idempotency_key == "abc"


class TestARefusal:
    def test_is_a_problem(self, stranger):
        answer = stranger.get("/me")

        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json() == {
            "type": "/docs/erros/#unauthenticated",
            "title": "Envie uma chave válida no cabeçalho Authorization: Bearer.",
            "status": 401,
            "detail": "Envie uma chave válida no cabeçalho Authorization: Bearer.",
            "code": "unauthenticated",
            "request_id": answer.headers["Alicerce-Request-Id"],
            "errors": [],
        }

    @pytest.mark.parametrize(
        ("wanted", "spoken"),
        [("en-US,pt;q=0.5", "en"), ("de, en;q=0.1", "en"), ("fr", "pt-br"), ("pt", "pt-br")],
    )
    def test_is_told_in_the_callers_language(self, stranger, wanted, spoken):
        answer = stranger.get("/me", Accept_Language=wanted, Cookie="django_language=en")

        assert answer.headers["Content-Language"] == spoken

    def test_of_an_unknown_address(self, api):
        assert told(api.get("/nothing")) == (404, "not_found")

    def test_of_a_method(self, api):
        answer = api.post("/me")

        assert told(answer) == (405, "method_not_allowed")
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"

    def test_of_another_format(self, api):
        assert told(api.get("/me", Accept="text/html")) == (406, "not_acceptable")

    def test_of_another_version(self, api):
        assert api.get("/me", Alicerce_Version="2026-11").status_code == 200
        assert told(api.get("/me", Alicerce_Version="1999-01")) == (400, "unknown_version")

    def test_of_a_parameter_names_it(self, api):
        answer = api.get("/me?colour=red")

        assert told(answer) == (422, "invalid")
        assert answer.json()["errors"][0]["pointer"] == "colour"

    def test_of_a_nul(self, api):
        assert told(api.get("/me?a=%00")) == (400, "malformed")

    def test_says_nothing_of_our_insides(self, api, monkeypatch):
        monkeypatch.setattr(
            "alicerce.apps.tenancy.public.tenant_card", lambda: 1 / 0, raising=True
        )

        answer = api.get("/me")

        assert told(answer) == (500, "internal_error")
        assert b"division" not in answer.content

    def test_while_the_database_is_away_says_that_waiting_helps(self, api, monkeypatch):
        def away():
            raise OperationalError("could not connect to 10.0.0.5")

        monkeypatch.setattr("alicerce.apps.tenancy.public.tenant_card", away)

        answer = api.get("/me")

        assert told(answer) == (503, "unavailable")
        assert answer.headers["Retry-After"] == "5"


class TestHead:
    def test_is_get_without_the_body(self, api):
        answer = api.ask("head", "/me")

        assert answer.status_code == 200
        assert answer.content == b""
        assert int(answer.headers["Content-Length"]) > 0


class TestOptions:
    def test_says_what_may_be_done(self, stranger):
        answer = stranger.ask("options", "/me")

        assert answer.status_code == 204
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


class TestLimits:
    def test_are_told(self, api):
        headers = api.get("/me").headers

        assert headers["RateLimit-Policy"] == '"key";q=100;w=10, "tenant";q=400;w=10'
        assert headers["RateLimit"].startswith('"key";r=99;t=1, "tenant";r=399;t=1')

    def test_stop_a_stranger_who_asks_for_what_is_not_there(self, client, settings):
        settings.QUOTAS = {**settings.QUOTAS, "anonymous": (2, 3600)}

        answers = [client.get("/v1/nada").status_code for _ in range(2)]
        answers += [
            client.options("/v1/customers").status_code,
            client.get("/v1/nada").status_code,
        ]

        assert answers == [404, 404, 429, 429]

    def test_stop_a_key(self, api, settings):
        settings.QUOTAS = {**settings.QUOTAS, "key": (2, 3600)}

        answers = [api.get("/me") for _ in range(3)]

        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[-1].json()["code"] == "rate_limited"
        assert int(answers[-1].headers["Retry-After"]) > 1000

    def test_stop_a_company_with_many_keys(self, knock, settings):
        settings.QUOTAS = {**settings.QUOTAS, "tenant": (2, 3600)}

        assert [knock("billing:read").get("/me").status_code for _ in range(3)] == [
            200,
            200,
            429,
        ]

    def test_stop_a_stranger_whatever_address_they_claim(self, stranger, settings):
        settings.QUOTAS = {**settings.QUOTAS, "anonymous": (2, 3600)}

        answers = [stranger.get("/me", X_Forwarded_For=f"192.0.2.{n}") for n in range(3)]

        assert [answer.status_code for answer in answers] == [401, 401, 429]
