"""A person is asked to let an app in: what they see, what they decide, and who is sent nowhere."""

import pytest
from django.test import Client

from alicerce.apps.audit.models import Entry
from alicerce.apps.marketplace.models import Installation
from alicerce.apps.marketplace.tests.factories import BACK, LOCAL, asking
from alicerce.apps.tenancy.models import Host, Membership
from alicerce.surfaces.tests.conftest import approve
from alicerce.surfaces.tests.oauth import HOST, ISSUER, agree, call, decide, said

pytest_plugins = ["alicerce.surfaces.tests.market"]


class TestAsking:
    def test_shows_who_asks_and_for_what(self, ana, app):
        page = ana.get(asking(app.registered))

        assert page.status_code == 200
        for words in ("Fluxo", "Oficina", "app.example", "Padaria", "Ver clientes"):
            assert words in page.text
        assert page.headers["X-Frame-Options"] == "DENY"
        policy = page.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy
        assert "https://app.example" in policy.partition("form-action")[2].partition(";")[0]
        assert page.headers["Cache-Control"] == "no-store"

    def test_reads_in_english(self, ana, app):
        page = ana.get(asking(app.registered), headers={"accept-language": "en"})

        assert "See customers" in page.text

    def test_starts_with_signing_in(self, app, platform):
        answer = Client(headers={"host": HOST}).get(asking(app.registered))

        assert answer.headers["Location"].startswith("/entrar/?next=/oauth/authorize%3F")

    def test_is_at_the_platforms_address_only(self, ana, app, tenant):
        Host.objects.create(
            tenant_id=tenant.id, domain="padaria.example", base_url="http://padaria.example"
        )

        answer = ana.get(asking(app.registered), headers={"host": "padaria.example"})

        assert answer.status_code == 404

    def test_offers_no_company_where_one_may_not(self, ana, app):
        Membership.objects.update(role="developer")

        page = ana.get(asking(app.registered)).text

        assert "Em nenhuma das suas empresas" in page
        assert 'value="continuar"' not in page

    @pytest.mark.parametrize(
        "given",
        [
            {"redirect_uri": "https://evil.example/volta"},
            {"redirect_uri": "https://app.example/volta/"},
            {"redirect_uri": "https://app.example/volta?x=1"},
            {"redirect_uri": "https://app.example.evil.example/volta"},
            {"redirect_uri": "https://app.example@evil.example/volta"},
            {"redirect_uri": "https://APP.example/volta"},
            {"redirect_uri": "http://app.example/volta"},
            {"redirect_uri": "//evil.example/volta"},
            {"redirect_uri": "javascript:alert(1)"},
            {"redirect_uri": ""},
            {"redirect_uri": None},
            {"redirect_uri": "http://localhost/volta"},
            {"client_id": "x"},
            {"client_id": None},
            {"client_id": "01990000-0000-7000-8000-000000000000"},
            {"state": "x" * 5000},
        ],
    )
    def test_sends_nobody_to_an_address_that_is_not_the_apps(self, ana, app, given):
        for answer in (
            ana.get(asking(app.registered, **given)),
            decide(ana, asking(app.registered, **given), "", "negar"),
        ):
            assert answer.status_code == 400
            assert "Location" not in answer.headers
            assert (
                "//evil" not in answer.text
            )  # only as it was asked, to ask in another language

    @pytest.mark.parametrize("name", ["redirect_uri", "client_id", "scope", "code_challenge"])
    def test_reads_nothing_that_stands_twice(self, ana, app, name):
        answer = ana.get(f"{asking(app.registered)}&{name}=x")

        assert answer.status_code == 400

    def test_reads_nothing_that_is_no_query(self, ana, app):
        assert ana.get(f"{asking(app.registered)}&x=%zz").status_code == 400

    @pytest.mark.parametrize(
        ("given", "error"),
        [
            ({"response_type": "token"}, "unsupported_response_type"),
            ({"response_type": "code token"}, "unsupported_response_type"),
            ({"response_type": None}, "invalid_request"),
            ({"code_challenge": None}, "invalid_request"),
            ({"code_challenge": ""}, "invalid_request"),
            ({"code_challenge": "curto"}, "invalid_request"),
            ({"code_challenge_method": "plain"}, "invalid_request"),
            ({"code_challenge_method": None}, "invalid_request"),
            ({"response_mode": "fragment"}, "invalid_request"),
            ({"scope": "customers:read keys:write"}, "invalid_scope"),
            ({"scope": "dns:write"}, "invalid_scope"),
            ({"scope": "platform:operate"}, "invalid_scope"),
        ],
    )
    def test_tells_an_app_what_it_did_wrong(self, ana, app, given, error):
        answer = ana.get(asking(app.registered, **given))

        location = answer.headers["Location"]
        told = said(location)
        assert location.startswith(f"{BACK}?")
        assert (told["error"], told["state"], told["iss"]) == (error, "xyz", ISSUER)

    def test_lets_a_program_on_ones_own_machine_choose_its_port(self, ana, public_app, tenant):
        local = "http://127.0.0.1:51004/volta"

        assert ana.get(asking(public_app.registered, redirect_uri=local)).status_code == 200
        told = agree(ana, public_app.registered, tenant.id, redirect_uri=local)
        assert public_app.exchange(told["code"], redirect_uri=LOCAL).status_code == 400
        assert public_app.exchange(told["code"], redirect_uri=local).status_code == 200


class TestDeciding:
    def test_no_is_told_to_the_app(self, ana, app, tenant):
        answer = decide(ana, asking(app.registered), tenant.id, "negar")

        assert said(answer.headers["Location"]) == {
            "error": "access_denied",
            "state": "xyz",
            "iss": ISSUER,
        }
        assert not Installation.objects.exists()

    def test_yes_takes_a_proof_and_a_second_look(self, ana, app, tenant):
        asked = decide(ana, asking(app.registered), tenant.id)

        assert asked.headers["Location"].startswith(
            "/app/desenvolvedores/aplicativos/instalar/"
        )
        unproven = ana.post(asked.headers["Location"])
        assert unproven.status_code == 403
        assert not Installation.objects.exists()

    def test_yes_is_told_to_the_app_with_its_state_and_who_answers(self, ana, app, tenant):
        told = agree(ana, app.registered, tenant.id)

        assert told.keys() == {"code", "state", "iss"}
        assert (told["state"], told["iss"]) == ("xyz", ISSUER)
        assert told["code"].startswith("app_ac_")

    def test_yes_may_leave_for_the_app_and_nowhere_else(self, ana, app, tenant):
        asked = decide(ana, asking(app.registered), tenant.id)
        proving = ana.get(asked.headers["Location"]).headers["Location"]
        approve(ana, asked)  # a password to prove oneself with

        asked = decide(ana, asking(app.registered), tenant.id)
        proving = ana.get(asked.headers["Location"]).headers["Location"]
        confirming = ana.post(proving, {"password": "pao de queijo quente"}).headers["Location"]
        policy = ana.get(confirming).headers["Content-Security-Policy"]

        assert "https://app.example" in policy.partition("form-action")[2].partition(";")[0]

    def test_a_yes_is_for_what_was_seen(self, ana, app, tenant):
        first = decide(ana, asking(app.registered), tenant.id).headers["Location"]
        decide(ana, asking(app.registered, scope="billing:read"), tenant.id)

        assert ana.get(first).status_code == 404

    def test_is_not_for_a_company_of_others(self, ana, app, publisher):
        company, _person = publisher

        assert decide(ana, asking(app.registered), company.id).status_code == 404

    def test_is_not_made_by_another_site(self, ana, app, tenant):
        strict = Client(enforce_csrf_checks=True, headers={"host": HOST})
        strict.cookies = ana.cookies

        answer = decide(strict, asking(app.registered), tenant.id)

        assert answer.status_code == 403

    def test_nobody_gives_what_they_do_not_hold(self, ana, app, tenant):
        from alicerce.apps.tenancy.models import Role

        rights = ["workspace:enter", "apps:install", "apps:read", "customers:read"]
        Role.objects.create(key="portaria", name="Portaria", permissions=rights)
        Membership.objects.update(role="portaria")

        told = agree(ana, app.registered, tenant.id, scope="customers:read billing:read")
        answer = app.exchange(told["code"]).json()

        assert answer["scope"] == "customers:read"
        assert call(answer["access_token"]).json()["scopes"] == ["customers:read"]

    def test_writes_down_what_happened(self, ana, app, tenant, published):
        agree(ana, app.registered, tenant.id)

        installation = Installation.objects.get()
        entry = Entry.objects.get(action="app.installed")
        assert installation.scopes == ["customers:read"]
        assert entry.actor == f"user:{installation.installed_by}"
        (fact,) = [one for one in published if one.name == "app.installed"]
        assert (fact.app_id, fact.tenant_id) == (app.registered.id, tenant.id)

    def test_a_later_yes_is_what_holds(self, ana, app, tenant):
        wide = agree(ana, app.registered, tenant.id, scope="customers:read billing:read")
        wide = app.exchange(wide["code"]).json()

        narrow = agree(ana, app.registered, tenant.id, scope="billing:read")
        app.exchange(narrow["code"])

        assert Installation.objects.count() == 1
        assert call(wide["access_token"]).json()["scopes"] == ["billing:read"]
