"""An app fetches its tokens, acts, and is put out: over HTTP, and everything that may go wrong."""

from datetime import timedelta

import pytest
from django.test import Client

from alicerce.apps.audit.models import Entry
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.developers.models import LoggedCall
from alicerce.apps.marketplace.models import (
    Application,
    ClientSecret,
    Grant,
    Installation,
    Token,
)
from alicerce.apps.marketplace.services.giving import end_grants_of
from alicerce.apps.marketplace.services.installing import uninstall_app
from alicerce.apps.marketplace.tests.factories import an_application
from alicerce.apps.tenancy.models import Membership
from alicerce.apps.tenancy.services.team import remove_member
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.oauth import HOST, ISSUER, App, agree, call

pytest_plugins = ["alicerce.surfaces.tests.market"]


class TestExchanging:
    def test_answers_as_the_standard_says(self, ana, app, tenant):
        answer = app.exchange(agree(ana, app.registered, tenant.id)["code"])

        told = answer.json()
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Type"] == "application/json"
        assert told.keys() == {
            "access_token",
            "token_type",
            "expires_in",
            "refresh_token",
            "scope",
        }
        assert (told["token_type"], told["expires_in"]) == ("Bearer", 3600)

    def test_proves_by_the_body_as_well(self, ana, app, tenant):
        code = agree(ana, app.registered, tenant.id)["code"]

        answer = app.exchange(
            code,
            headers={},
            client_id=str(app.registered.id),
            client_secret=app.registered.secret,
        )

        assert answer.status_code == 200

    def test_keeps_only_digests(self, tokens):
        kept = [*Token.objects.values_list("digest", flat=True)]
        kept += Grant.objects.values_list("digest", flat=True)
        told = f"{tokens}"

        assert len(kept) == 3
        assert [one for one in kept if one in told or len(one) != 64] == []

    def test_a_code_twice_closes_what_it_opened(self, ana, app, tenant):
        code = agree(ana, app.registered, tenant.id)["code"]
        first = app.exchange(code).json()

        again = app.exchange(code)

        assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
        assert call(first["access_token"]).status_code == 401
        assert app.refresh(first["refresh_token"]).json()["error"] == "invalid_grant"
        assert Entry.objects.get(action="app.access_ended").after["why"] == "code replayed"

    def test_a_code_twice_closes_nothing_else(self, ana, app, tenant):
        other = app.exchange(agree(ana, app.registered, tenant.id)["code"]).json()
        code = agree(ana, app.registered, tenant.id)["code"]
        app.exchange(code)
        app.exchange(code)

        assert call(other["access_token"]).status_code == 200
        again = app.exchange(agree(ana, app.registered, tenant.id)["code"]).json()
        assert call(again["access_token"]).status_code == 200

    def test_a_used_code_of_a_public_app_closes_for_who_has_its_verifier(
        self, ana, public_app, tenant
    ):
        """The code stands in addresses and logs: whoever only saw it must end nothing."""
        code = agree(ana, public_app.registered, tenant.id)["code"]
        first = public_app.exchange(code).json()

        seen = public_app.exchange(code, code_verifier="w" * 64)

        assert (seen.status_code, seen.json()["error"]) == (400, "invalid_grant")
        assert call(first["access_token"]).status_code == 200

        public_app.exchange(code)

        assert call(first["access_token"]).status_code == 401
        assert public_app.refresh(first["refresh_token"]).json()["error"] == "invalid_grant"

    @pytest.mark.parametrize(
        ("given", "error"),
        [
            ({"code_verifier": "w" * 64}, "invalid_grant"),
            ({"code_verifier": None}, "invalid_request"),
            ({"code_verifier": "curto"}, "invalid_request"),
            ({"redirect_uri": "https://evil.example/"}, "invalid_grant"),
            ({"redirect_uri": None}, "invalid_request"),
            ({"code": "app_ac_" + "x" * 39}, "invalid_grant"),
            ({"code": None}, "invalid_request"),
            ({"grant_type": "password"}, "unsupported_grant_type"),
            ({"grant_type": "openid"}, "unsupported_grant_type"),
            ({"grant_type": None}, "invalid_request"),
        ],
    )
    def test_wants_everything_as_it_was_asked(self, ana, app, tenant, given, error):
        code = agree(ana, app.registered, tenant.id)["code"]

        answer = app.exchange(**{"code": code} | given)

        assert (answer.status_code, answer.json()["error"]) == (400, error)
        assert not Token.objects.exists()
        assert app.exchange(code).status_code == 200

    def test_a_code_lives_a_minute(self, ana, app, tenant):
        code = agree(ana, app.registered, tenant.id)["code"]
        grant = Grant.objects.get()
        assert (grant.expires_at - grant.installation.installed_at).total_seconds() == 60
        Grant.objects.update(expires_at=now())

        assert app.exchange(code).json()["error"] == "invalid_grant"

    def test_another_apps_code_is_nobodys(self, ana, app, publisher, tenant):
        other = App(an_application(*publisher, name="Outro"))
        code = agree(ana, app.registered, tenant.id)["code"]

        assert other.exchange(code).json()["error"] == "invalid_grant"
        assert app.exchange(code).status_code == 200

    def test_who_proves_nothing_is_told_how(self, ana, app, public_app, tenant):
        code = agree(ana, app.registered, tenant.id)["code"]
        name = str(app.registered.id)
        attempts = [
            app.exchange(code, headers={}, client_id=name),
            app.exchange(code, headers={}, client_id=name, client_secret="app_cs_x"),
            app.exchange(code, headers={"Authorization": "Basic x"}, client_id=name),
            app.exchange(code, headers={}),
            app.exchange(code, client_id=str(public_app.registered.id)),
            app.exchange(code, client_secret=app.registered.secret),
        ]

        for answer in attempts:
            assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
            assert answer.headers["WWW-Authenticate"].startswith("Basic")

    def test_a_public_app_proves_itself_by_its_verifier(self, ana, public_app, tenant):
        code = agree(ana, public_app.registered, tenant.id)["code"]

        assert public_app.exchange(code).status_code == 200

    def test_reads_forms_only(self, app):
        client = Client()
        wrong = [
            client.post("/oauth/token", "{}", content_type="application/json"),
            client.post(
                "/oauth/token", "x" * 20_000, content_type="application/x-www-form-urlencoded"
            ),
            client.post("/oauth/token?grant_type=x", {}, "application/x-www-form-urlencoded"),
        ]

        assert [answer.status_code for answer in wrong] == [400, 400, 400]
        assert client.get("/oauth/token").status_code == 405

    def test_no_parameter_stands_twice(self, app):
        body = f"grant_type=client_credentials&grant_type=x&client_id={app.registered.id}"
        answer = Client().generic(
            "POST", "/oauth/token", body, content_type="application/x-www-form-urlencoded"
        )

        assert answer.json()["error"] in {"invalid_request", "unsupported_grant_type"}

    def test_has_a_limit(self, app, settings):
        settings.QUOTAS = {**settings.QUOTAS, "oauth": (1, 60)}
        app.itself()

        answer = app.itself()

        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
        assert answer.json() == {"error": "temporarily_unavailable"}


class TestRefreshing:
    def test_gives_the_next_and_spends_this_one(self, app, tokens):
        again = app.refresh(tokens["refresh_token"]).json()

        assert again["refresh_token"] != tokens["refresh_token"]
        assert call(again["access_token"]).status_code == 200
        assert call(tokens["access_token"]).status_code == 200

    def test_one_that_comes_twice_closes_all(self, app, tokens):
        again = app.refresh(tokens["refresh_token"]).json()

        reused = app.refresh(tokens["refresh_token"])

        assert reused.json()["error"] == "invalid_grant"
        assert call(again["access_token"]).status_code == 401
        assert app.refresh(again["refresh_token"]).json()["error"] == "invalid_grant"

    def test_narrows_and_never_widens(self, ana, app, tenant):
        told = agree(ana, app.registered, tenant.id, scope="customers:read billing:read")
        first = app.exchange(told["code"]).json()

        narrow = app.refresh(first["refresh_token"], scope="billing:read").json()
        wide = app.refresh(narrow["refresh_token"], scope="billing:read customers:create")

        assert call(narrow["access_token"]).json()["scopes"] == ["billing:read"]
        assert wide.json()["error"] == "invalid_scope"

    def test_is_nobody_elses(self, app, tokens, publisher):
        other = App(an_application(*publisher, name="Outro"))

        assert other.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"
        assert app.refresh(tokens["access_token"]).json()["error"] == "invalid_grant"
        assert app.refresh(tokens["refresh_token"]).status_code == 200

    def test_ends_after_a_month_of_silence(self, app, tokens):
        Token.objects.update(expires_at=now())

        assert app.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"

    def test_ends_ninety_days_after_the_yes_however_often_it_is_used(self, app, tokens):
        grant = Grant.objects.get()
        assert grant.ends_at - grant.installation.installed_at == timedelta(days=90)
        soon = now() + timedelta(days=10)
        Grant.objects.update(ends_at=soon)

        again = app.refresh(tokens["refresh_token"]).json()

        last = Token.objects.filter(kind="refresh").latest("id")
        assert last.expires_at == soon
        Grant.objects.update(ends_at=now())
        assert app.refresh(again["refresh_token"]).json()["error"] == "invalid_grant"
        assert call(again["access_token"]).status_code == 401

    def test_does_not_revive_when_who_gave_it_comes_back(self, app, tokens, tenant, ana):
        membership = Membership.objects.get()
        person = membership.user
        a_member(tenant, a_person("bia@padaria.example"), "owner")
        remove_member(user_id=person.pk, by=person.pk, at=now())
        run_jobs()
        a_member(tenant, person, "owner")

        assert app.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"
        assert call(tokens["access_token"]).status_code == 401
        assert Entry.objects.get(action="app.access_ended").after["why"] == "giver left"

    def test_given_after_they_came_back_stays(self, app, tokens):
        grant = Grant.objects.get()

        end_grants_of(user_id=grant.given_by, at=now() - timedelta(minutes=5))

        assert call(tokens["access_token"]).status_code == 200


class TestTrail:
    def steps(self):
        found = Entry.objects.filter(action__startswith="app.").order_by("id")
        return [one.action for one in found if "install" not in one.action]

    def test_says_what_was_issued_renewed_and_returned(self, app, tokens):
        again = app.refresh(tokens["refresh_token"]).json()
        app.revoke(again["access_token"])
        app.revoke(again["refresh_token"])

        assert self.steps() == [
            "app.tokens_issued",
            "app.tokens_refreshed",
            "app.token_revoked",
            "app.access_ended",
        ]
        entry = Entry.objects.get(action="app.tokens_refreshed")
        assert entry.actor == f"app:{app.registered.id}"
        assert entry.after["scopes"] == ["customers:read"]
        assert tokens["refresh_token"] not in str(list(Entry.objects.values()))

    def test_says_that_one_was_used_twice(self, app, tokens):
        app.refresh(tokens["refresh_token"])
        for _ in range(3):
            app.refresh(tokens["refresh_token"])

        assert self.steps() == [
            "app.tokens_issued",
            "app.tokens_refreshed",
            "app.reuse_detected",
            "app.access_ended",
        ]

    def test_says_what_an_app_got_for_itself(self, app, publisher):
        company, _person = publisher
        app.itself()

        with acting(tenant_id=company.id), showing_rows_of(company.id):
            assert "app.tokens_issued" in self.steps()


class TestForItself:
    def test_acts_in_its_publishers_company(self, app, publisher):
        company, _person = publisher

        told = app.itself(scope="customers:read").json()

        assert "refresh_token" not in told
        me = call(told["access_token"]).json()
        assert (me["company"]["id"], me["scopes"]) == (str(company.id), ["customers:read"])

    def test_may_do_what_the_maker_of_its_secret_may(self, app, publisher):
        company, person = publisher
        told = app.itself().json()

        with acting(tenant_id=company.id), showing_rows_of(company.id):
            Membership.objects.filter(user=person).update(role="finance")

        assert call(told["access_token"]).json()["scopes"] == ["billing:read", "customers:read"]

    def test_may_do_no_more_than_when_its_secret_was_made(self, app, publisher):
        """Whoever widens the app later would act with the rights of whoever made the secret."""
        company, _person = publisher
        with acting(tenant_id=company.id), showing_rows_of(company.id):
            Application.objects.update(scopes=["customers:read", "dns:write"])

        told = app.itself().json()

        assert call(told["access_token"]).json()["scopes"] == ["customers:read"]
        assert app.itself(scope="dns:write").json()["error"] == "invalid_scope"

    def test_ends_with_its_secret(self, app, publisher):
        company, _person = publisher
        told = app.itself().json()

        with acting(tenant_id=company.id), showing_rows_of(company.id):
            ClientSecret.objects.get().revoke(at=now())

        assert call(told["access_token"]).status_code == 401

    def test_is_not_for_an_app_without_secrets(self, public_app):
        assert public_app.itself().json()["error"] == "invalid_client"

    @pytest.mark.parametrize("scope", ["keys:write", "dns:write", "x", "customers:read x"])
    def test_asks_for_no_more_than_registered(self, app, scope):
        assert app.itself(scope=scope).json()["error"] == "invalid_scope"


class TestActing:
    def test_says_who_it_is(self, app, tokens, tenant):
        me = call(tokens["access_token"]).json()

        assert me["app"] == {"id": str(app.registered.id), "name": "Fluxo"}
        assert (me["key_id"], me["scopes"]) == (None, ["customers:read"])
        assert me["company"]["id"] == str(tenant.id)

    def test_sees_the_company_that_let_it_in_and_no_other(self, tokens, tenant, publisher):
        company, _person = publisher
        mine = a_customer(name="Da Padaria")
        with acting(tenant_id=company.id), showing_rows_of(company.id):
            a_customer(name="Da Oficina")

        listed = call(tokens["access_token"], "/v1/customers").json()["data"]

        assert [one["id"] for one in listed] == [str(mine.id)]

    def test_does_only_what_was_agreed_to(self, tokens):
        answer = call(tokens["access_token"], "/v1/invoices")

        assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope")

    def test_loses_what_who_installed_it_lost(self, tokens):
        Membership.objects.update(role="sales")
        assert call(tokens["access_token"], "/v1/customers").status_code == 200

        Membership.objects.all().delete()

        assert call(tokens["access_token"], "/v1/customers").status_code == 403

    def test_is_in_the_log_and_in_the_trail(self, ana, app, tenant):
        told = agree(ana, app.registered, tenant.id, scope="customers:create")
        token = app.exchange(told["code"]).json()["access_token"]
        body = {"name": "Renata", "email": "r@x.br", "document": "529.982.247-25"}

        answer = Client().post(
            "/v1/customers",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )

        assert answer.status_code == 201
        logged = LoggedCall.objects.get()
        assert (logged.api_key_id, logged.app_name) == (app.registered.id, "Fluxo")
        entry = Entry.objects.get(action="customer.created")
        assert entry.actor == f"app:{app.registered.id}"
        assert Installation.objects.get().last_used_at == logged.at

    def test_is_counted_by_app_and_company(self, tokens, settings):
        settings.QUOTAS = {**settings.QUOTAS, "app": (1, 60)}

        first, second = call(tokens["access_token"]), call(tokens["access_token"])

        assert '"app";r=0' in first.headers["RateLimit"]
        assert second.status_code == 429

    def test_ends_after_an_hour(self, tokens):
        Token.objects.update(expires_at=now())

        assert call(tokens["access_token"]).status_code == 401

    def test_ends_with_the_installation(self, app, tokens, published):
        uninstall_app(installation_id=Installation.objects.get().id, at=now())

        assert call(tokens["access_token"]).status_code == 401
        assert app.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"
        assert [one.name for one in published][-1] == "app.uninstalled"

    def test_a_refresh_token_or_a_secret_opens_nothing(self, app, tokens):
        assert call(tokens["refresh_token"]).status_code == 401
        assert call(app.registered.secret).status_code == 401

    def test_is_not_sent_in_the_address(self, tokens):
        answer = call(tokens["access_token"], f"/v1/me?x={tokens['access_token']}")

        assert answer.json()["code"] == "key_in_address"


class TestReturning:
    def test_a_refresh_token_ends_all(self, app, tokens):
        answer = app.revoke(tokens["refresh_token"])

        assert (answer.status_code, answer.content) == (200, b"")
        assert call(tokens["access_token"]).status_code == 401

    def test_an_access_token_ends_alone(self, app, tokens):
        app.revoke(tokens["access_token"], token_type_hint="access_token")

        assert call(tokens["access_token"]).status_code == 401
        assert app.refresh(tokens["refresh_token"]).status_code == 200

    def test_what_is_none_is_as_good_as_returned(self, app):
        assert app.revoke("x").status_code == 200

    def test_what_is_anothers_stays(self, app, tokens, publisher):
        other = App(an_application(*publisher, name="Outro"))

        assert other.revoke(tokens["access_token"]).status_code == 200
        assert call(tokens["access_token"]).status_code == 200

    def test_takes_proof(self, app, tokens):
        answer = app.revoke(tokens["access_token"], headers={"Authorization": "Basic x"})

        assert answer.status_code == 401
        assert call(tokens["access_token"]).status_code == 200


class TestMetadata:
    def test_names_every_address(self, platform):
        told = Client(headers={"host": HOST}).get("/.well-known/oauth-authorization-server")

        document = told.json()
        assert document["issuer"] == ISSUER
        assert document["token_endpoint"] == f"{ISSUER}/oauth/token"
        assert document["code_challenge_methods_supported"] == ["S256"]
        assert document["authorization_response_iss_parameter_supported"] is True
        assert "keys:write" not in document["scopes_supported"]

    def test_is_the_platforms_alone(self, site):
        assert Client().get("/.well-known/oauth-authorization-server").status_code == 404
