"""Apps in the workspace: registering, changing, exchanging a secret, deleting; and who let in what."""

import re
from uuid import UUID

import pytest
from django.urls import reverse

from alicerce.apps.audit.models import Entry
from alicerce.apps.identity.models import User
from alicerce.apps.marketplace.models import Application, ClientSecret, Installation
from alicerce.apps.marketplace.queries.faces import face_of
from alicerce.apps.marketplace.services.installing import install_app
from alicerce.apps.marketplace.tests.factories import BACK, NOON, an_application
from alicerce.apps.marketplace.types import Yes
from alicerce.apps.tenancy.models import Membership
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.kernel.ids import uuid7
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import approve
from alicerce.surfaces.tests.oauth import App, call

APPS, NEW = "/app/desenvolvedores/aplicativos/", "/app/desenvolvedores/aplicativos/novo/"
TYPED = {
    "name": "Fluxo",
    "website": "https://app.example/sobre",
    "redirect_uris": f"{BACK}\nhttp://127.0.0.1/volta",
    "kind": "confidential",
    "scopes": ["customers:read", "billing:read"],
}
SECRET = r"app_cs_[0-9A-Za-z]{39}"


def at(name, thing):
    return reverse(f"workspace:{name}", args=[thing])


@pytest.fixture
def caio(colleague):
    return User.objects.get(email="caio@padaria.example")


@pytest.fixture
def mine(site, caio):
    return an_application(site, caio)


@pytest.fixture
def theirs(site, caio, other_tenant):
    """An app of the neighbor's, that this company let in."""
    with other_tenant as neighbor:
        app = an_application(neighbor, caio)
    yes = Yes(face_of(app.id), frozenset({"customers:read"}), caio.id)
    install_app(yes=yes, at=NOON)
    return app


class TestWhoMay:
    def test_see_apps(self, colleague, mine, theirs):
        page = colleague.get(APPS)

        assert page.status_code == 200
        for words in ("Fluxo", "Oficina", "Caio", str(mine.id)):
            assert words in page.text

    def test_see_and_not_change(self, colleague, mine, theirs):
        Membership.objects.update(role="read_only")

        assert colleague.get(APPS).status_code == 200
        assert "Registrar aplicativo" not in colleague.get(APPS).text
        assert colleague.get(NEW).status_code == 403
        assert colleague.get(at("application_withdraw", mine.id)).status_code == 403

    def test_publish_without_installing(self, colleague, theirs):
        Membership.objects.update(role="developer")
        installation = Installation.objects.get()

        assert colleague.get(NEW).status_code == 200
        assert colleague.get(at("installation_remove", installation.id)).status_code == 403
        assert "Remover" not in colleague.get(at("installation", installation.id)).text

    @pytest.mark.parametrize("role", ["finance", "support", "sales"])
    def test_not_others(self, colleague, role):
        Membership.objects.update(role=role)

        assert colleague.get(APPS).status_code == 403

    def test_not_a_stranger(self, stranger):
        assert stranger.get(APPS).headers["Location"] == f"/entrar/?next={APPS}"

    @pytest.mark.parametrize(
        "name", ["application", "application_edit", "application_withdraw"]
    )
    def test_not_of_another_company(self, colleague, theirs, name):
        foreign = colleague.get(at(name, theirs.id))
        absent = colleague.get(at(name, uuid7()))

        assert foreign.status_code == absent.status_code == 404


class TestRegistering:
    def test_shows_the_secret_once(self, colleague):
        page = approve(colleague, colleague.post(NEW, TYPED), shows=("Fluxo", BACK))

        (secret,) = set(re.findall(SECRET, page.text))
        app = Application.objects.get()
        assert secret not in colleague.get(at("application", app.id)).text
        assert ClientSecret.objects.get().shown == f"{secret[:11]}…"
        assert app.redirect_uris == [BACK, "http://127.0.0.1/volta"]
        assert app.scopes == ["billing:read", "customers:read"]
        assert Entry.objects.get(action="application.registered").entity_id == app.id

    def test_a_public_app_has_no_secret(self, colleague):
        answer = approve(colleague, colleague.post(NEW, TYPED | {"kind": "public"}))

        app = Application.objects.get()
        assert answer.headers["Location"] == at("application", app.id)
        assert not ClientSecret.objects.exists()
        assert "Segredos" not in colleague.get(at("application", app.id)).text

    def test_offers_no_power_over_keys(self, colleague):
        assert "keys:write" not in colleague.get(NEW).text

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"name": "Alicerce\u202eoficial"},
            {"website": "http://app.example"},
            {"website": "javascript:alert(1)"},
            {"website": "https://аpp.example"},
            {"scopes": []},
            {"scopes": ["keys:write"]},
            {"scopes": ["platform:operate"]},
            {"kind": "other"},
            {"redirect_uris": ""},
            {"redirect_uris": "http://app.example/volta"},
            {"redirect_uris": "https://app.example/volta#x"},
            {"redirect_uris": "https://*.example/volta"},
            {"redirect_uris": "https://app.example@evil.example/"},
            {"redirect_uris": "https://app.example\\@evil.example/"},
            {"redirect_uris": "https://192.0.2.1/volta\nftp://x.example/"},
            {"redirect_uris": "app:/volta"},
            {"redirect_uris": "\n".join(f"{BACK}/{n}" for n in range(11))},
        ],
    )
    def test_says_what_is_wrong(self, colleague, wrong):
        assert colleague.post(NEW, TYPED | wrong).status_code == 422
        assert not Application.objects.exists()


class TestChanging:
    def test_takes_a_proof_and_shows_what_it_becomes(self, colleague, mine):
        new = TYPED | {"redirect_uris": "https://app.example/outra", "scopes": ["billing:read"]}

        asked = colleague.post(at("application_edit", mine.id), new)
        assert Application.objects.get().redirect_uris[0] == BACK
        approve(colleague, asked, shows=("https://app.example/outra",))

        app = Application.objects.get()
        assert (app.redirect_uris, app.scopes) == (
            ["https://app.example/outra"],
            ["billing:read"],
        )
        entry = Entry.objects.get(action="application.changed")
        assert entry.before["redirect_uris"][0] == BACK

    def test_exchanges_a_secret_with_two_live(self, colleague, mine):
        asked = colleague.post(at("application_rotate", mine.id), {"hours": "24"})
        page = approve(colleague, asked)

        (secret,) = set(re.findall(SECRET, page.text))
        for proof in (mine.secret, secret):
            told = App(type(mine)(mine.id, proof)).itself()
            assert told.status_code == 200
        page = approve(
            colleague, colleague.post(at("application_rotate", mine.id), {"hours": "0"})
        )
        third = re.findall(SECRET, page.text)[0]
        assert [
            App(type(mine)(mine.id, proof)).itself().status_code
            for proof in (mine.secret, secret, third)
        ] == [401, 401, 200]

    def test_deletes_it_everywhere(self, colleague, mine, other_tenant, published):
        with other_tenant as neighbor:
            person = User.objects.get()
            yes = Yes(face_of(mine.id), frozenset({"customers:read"}), person.id)
            install_app(yes=yes, at=NOON)
        token = App(mine).itself().json()["access_token"]
        assert call(token).status_code == 200

        url = at("application_withdraw", mine.id)
        proving = colleague.get(url).headers["Location"]
        User.objects.get().set_password("x")
        refused = _confirmed(colleague, url, proving, "Outro")
        assert refused.status_code == 422
        answer = _confirmed(colleague, url, colleague.get(url).headers["Location"], "Fluxo")

        assert answer.headers["Location"] == APPS
        assert call(token).status_code == 401
        assert "marketplace.put_withdrawn_app_out" in run_jobs()
        with acting(tenant_id=neighbor.id), showing_rows_of(neighbor.id):
            assert Installation.objects.get().uninstalled_at
            assert Entry.objects.filter(action="app.uninstalled").exists()
        gone = [one for one in published if one.name == "app.uninstalled"]
        assert [one.tenant_id for one in gone] == [UUID(str(neighbor.id))]


def _confirmed(browser, url, proving, name):
    """The two pages of an action that destroys, which wants the thing's name."""
    from alicerce.surfaces.tests.conftest import PASSWORD

    person = User.objects.get()
    if not person.check_password(PASSWORD):
        person.set_password(PASSWORD)
        person.save()
        session = browser.session
        session["_auth_user_hash"] = person.get_session_auth_hash()
        session.save()
    confirming = browser.post(proving, {"password": PASSWORD}).headers["Location"]
    return browser.post(confirming, {"name": name})


class TestInstalled:
    def test_shows_who_let_it_in_for_what(self, colleague, theirs):
        page = colleague.get(at("installation", Installation.objects.get().id)).text

        for words in ("Fluxo", "Oficina", "Caio", "Ver clientes", "Nunca"):
            assert words in page

    def test_is_put_out(self, colleague, theirs):
        installation = Installation.objects.get()

        answer = approve(colleague, at("installation_remove", installation.id))

        assert answer.headers["Location"] == APPS
        assert "Removido" in colleague.get(APPS).text
        assert Entry.objects.get(action="app.uninstalled").entity_id == installation.id
        assert colleague.get(at("installation_remove", installation.id)).status_code == 404

    def test_calls_of_apps_are_shown_by_name(self, colleague, mine):
        call(App(mine).itself().json()["access_token"])

        page = colleague.get(f"/app/desenvolvedores/chamadas/?chave={mine.id}").text

        assert "GET /v1/me" in page
        assert "Fluxo" in page
