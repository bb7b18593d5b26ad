"""Working for several companies: switching, opening another, and what each of them has."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.models import Host, Membership, Role, Tenant
from alicerce.apps.tenancy.services.products import set_terms
from alicerce.apps.tenancy.tests.cast import NOON, a_colleague, the_invitation
from alicerce.apps.tenancy.tests.factories import a_member, a_person, a_tenant
from alicerce.apps.tenancy.types import ProductKey, Terms
from alicerce.apps.tenancy.types.brand import letter_logo
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.tests.test_pictures import a_png
from alicerce.surfaces.tests.conftest import approve, browser
from conftest import inside

PLATFORM = "platform.localhost"
DOCES = {
    "name": "Doces",
    "legal_name": "Doces Ltda",
    "document": "11.222.333/0001-81",
    "city": "Recife",
    "slug": "doces",
    "time_zone": "America/Recife",
    "locale": "pt-br",
    "account": "",
}


@pytest.fixture
def platform(site):
    root = a_tenant("raiz", is_root=True)
    Host.objects.create(
        tenant_id=root.id, domain=PLATFORM, base_url=f"http://{PLATFORM}", is_primary=True
    )
    return root


@pytest.fixture
def oficina(platform):
    return a_tenant("oficina")


@pytest.fixture
def ana(site, oficina):
    """Owns the bakery, and administers the workshop."""
    person = a_person("ana@padaria.example", name="Ana")
    a_member(site, person, "owner")
    with inside(oficina):
        a_member(oficina, person, "finance")
    return person


@pytest.fixture
def on_platform(ana):
    return browser(ana, SERVER_NAME=PLATFORM)


def choose(client, tenant, path="/app/"):
    return client.post("/empresas/trocar/", {"empresa": str(tenant.id), "next": path})


class TestSwitch:
    def test_leads_to_the_chosen_company(self, on_platform, site, oficina):
        choose(on_platform, oficina)
        assert "Oficina" in on_platform.get("/app/").text

        choose(on_platform, site)
        page = on_platform.get("/app/").text
        assert "<title>Padaria ·" in page

    def test_keeps_the_section_where_it_may_be_opened(self, on_platform, site, oficina):
        assert choose(on_platform, site, "/app/equipe/").headers["Location"] == "/app/equipe/"
        assert choose(on_platform, oficina, "/app/equipe/").headers["Location"] == "/app/"

    @pytest.mark.parametrize(
        "path", ["//evil.example/", "https://evil.example/app/", "/admin/"]
    )
    def test_leads_to_no_other_place(self, on_platform, site, path):
        assert choose(on_platform, site, path).headers["Location"] == "/app/"

    def test_to_a_company_one_does_not_work_for_is_not_there(self, on_platform, platform):
        theirs = a_tenant("alheia")

        assert choose(on_platform, theirs).status_code == 404

    def test_is_asked_again_at_every_request(self, on_platform, site, oficina):
        choose(on_platform, oficina)
        with inside(oficina):
            Membership.objects.all().delete()

        assert "<title>Padaria ·" in on_platform.get("/app/").text

    def test_is_needed_before_the_other_companys_things_are_there(
        self, on_platform, site, oficina
    ):
        caio = a_colleague(site, "support", "caio")
        choose(on_platform, oficina)
        with inside(oficina):
            Membership.objects.get().take_role("admin")
        assert on_platform.get(f"/app/equipe/{caio}/").status_code == 404

        choose(on_platform, site)
        assert on_platform.get(f"/app/equipe/{caio}/").status_code == 200

    def test_does_nothing_on_a_companys_own_address(self, ana, site, oficina):
        client = browser(ana)
        session = client.session
        session["workspace"] = str(oficina.id)
        session.save()

        assert "<title>Padaria ·" in client.get("/app/").text
        assert choose(client, oficina).status_code == 404

    def test_offers_every_company_of_the_person(self, on_platform, ana):
        page = on_platform.get("/app/").text
        assert "Oficina" in page
        assert "Padaria" in page


class TestPlatformAddress:
    def test_of_somebody_without_a_company_opens_no_workspace(self, platform):
        nobody = browser(a_person("so@example.com"), SERVER_NAME=PLATFORM)

        assert nobody.get("/app/").status_code == 403
        assert nobody.get("/dentro/").headers["Location"] == "/empresas/"
        assert "Abrir empresa" in nobody.get("/empresas/").text

    def test_leads_who_works_somewhere_to_their_workspace(self, on_platform):
        assert on_platform.get("/dentro/").headers["Location"] == "/app/"

    def test_leads_to_no_site_of_a_company_without_one(self, on_platform, site, oficina):
        choose(on_platform, site)
        assert "Ver o site" in on_platform.get("/app/").text

        choose(on_platform, oficina)
        assert "Ver o site" not in on_platform.get("/app/").text

    def test_asks_a_stranger_to_sign_in(self, platform):
        stranger = Client(SERVER_NAME=PLATFORM)
        for url in ("/app/", "/empresas/", "/empresas/nova/"):
            assert stranger.get(url).headers["Location"] == f"/entrar/?next={url}"

    def test_is_where_operators_see_to_their_own_team_only(self, platform, site):
        with inside(platform):
            eva = a_person("eva@raiz.example", name="Eva")
            a_member(platform, eva, "operator")
        operator = browser(eva, SERVER_NAME=PLATFORM)

        assert "Eva" in operator.get("/app/equipe/").text
        assert choose(operator, site).status_code == 404
        assert browser(eva).get("/app/").status_code == 403
        assert browser(eva).get("/admin/").status_code == 200


class TestOpenCompany:
    def test_makes_a_workspace_and_goes_there(self, on_platform):
        answer = on_platform.post("/empresas/nova/", DOCES)

        assert answer.headers["Location"] == "/app/"
        assert "<title>Doces ·" in on_platform.get("/app/").text
        assert on_platform.get("/app/equipe/").status_code == 200

    def test_makes_the_short_name_from_the_name(self, on_platform):
        on_platform.post("/empresas/nova/", {**DOCES, "name": "Pães & Doces", "slug": ""})

        assert "paes-doces" in {_slug(one) for one in tenancy.tenant_ids()}

    @pytest.mark.parametrize(
        ("field", "value"), [("document", "123"), ("slug", "padaria"), ("slug", "Não pode")]
    )
    def test_says_what_is_wrong(self, on_platform, field, value):
        answer = on_platform.post("/empresas/nova/", {**DOCES, field: value})

        assert answer.status_code == 422

    def test_reads_no_field_that_the_form_does_not_have(self, on_platform):
        on_platform.post("/empresas/nova/", {**DOCES, "is_root": "1", "status": "closed"})

        on_platform.get("/app/")
        (doces,) = [one for one in tenancy.tenant_ids() if _slug(one) == "doces"]
        assert not _is_root(doces)

    def test_is_not_offered_on_a_companys_own_address(self, ana):
        assert browser(ana).get("/empresas/nova/").status_code == 404


def _slug(tenant_id):
    with acting(tenant_id=tenant_id), transaction():
        return Tenant.objects.get().slug


def _is_root(tenant_id):
    with acting(tenant_id=tenant_id), transaction():
        return Tenant.objects.get().is_root


class TestSuspended:
    @pytest.fixture
    def suspended(self, site):
        tenancy.suspend_tenant(reason="Fatura vencida há 30 dias.", at=NOON)

    def test_members_read_why_and_nothing_works(self, ana, suspended):
        for path in ("/app/", "/app/equipe/"):
            page = browser(ana).get(path)
            assert page.status_code == 403
            assert "Fatura vencida há 30 dias." in page.text

    def test_is_no_error_in_the_log(self, suspended, platform, caplog):
        Client().get("/")

        assert not [one for one in caplog.records if one.levelname == "ERROR"]

    def test_everybody_else_finds_that_it_is_away_and_not_why(self, suspended, platform):
        for path in ("/", "/app/"):
            page = Client().get(path)
            assert page.status_code == 503
            assert "Fatura vencida" not in page.text

    def test_the_persons_other_companies_go_on(self, on_platform, oficina, suspended):
        assert "Oficina" in on_platform.get("/app/").text


class TestSession:
    @pytest.fixture
    def rested(self, ana, site):
        """Ana's browser, unused for so long, where the company lets a session rest ten minutes."""
        Tenant.objects.filter(pk=site.pk).update(session_timeout_minutes=10)

        def rested(**ago):
            client = browser(ana)
            assert client.get("/app/").status_code == 200
            UserSession.objects.update(last_seen_at=now() - timedelta(**ago))
            return client

        return rested

    def test_ends_when_nobody_came_for_too_long(self, rested):
        client = rested(minutes=10, seconds=1)

        assert client.get("/app/").headers["Location"] == "/app/"
        assert client.get("/app/").headers["Location"] == "/entrar/?next=/app/"

    def test_goes_on_while_somebody_comes(self, rested):
        assert rested(minutes=9).get("/app/").status_code == 200


class TestSessionOfARole:
    def limit(self, idle=None, absolute=None):
        Role.objects.update_or_create(
            key="owner",
            defaults={"name": "x", "idle_minutes": idle, "absolute_minutes": absolute},
        )

    def is_in(self, client, path="/app/"):
        return client.get(path).status_code == 200

    @pytest.mark.parametrize(("minutes", "still"), [(4, True), (6, False)])
    def test_rests_as_long_as_the_role_says_where_that_is_shortest(self, ana, minutes, still):
        client = browser(ana)
        assert self.is_in(client)
        self.limit(idle=5)

        UserSession.objects.update(last_seen_at=now() - timedelta(minutes=minutes))

        assert self.is_in(client) is still

    def test_rests_no_longer_because_a_role_says_so(self, ana):
        client = browser(ana)
        assert self.is_in(client)
        self.limit(idle=600)

        UserSession.objects.update(last_seen_at=now() - timedelta(minutes=31))

        assert not self.is_in(client)

    @pytest.mark.parametrize(("minutes", "still"), [(59, True), (61, False)])
    def test_lasts_as_long_as_the_role_says_however_busy(self, ana, minutes, still):
        client = browser(ana)
        assert self.is_in(client)
        self.limit(absolute=60)

        UserSession.objects.update(created_at=now() - timedelta(minutes=minutes))

        assert self.is_in(client) is still

    def test_is_over_at_the_platform_too_whatever_page_is_asked_for(self, ana, on_platform):
        assert self.is_in(on_platform, "/conta/")
        self.limit(idle=5)

        UserSession.objects.update(last_seen_at=now() - timedelta(minutes=6))

        assert not self.is_in(on_platform, "/conta/")


class TestCompany:
    def test_changes_what_it_says_about_itself(self, colleague, site):
        given = {
            "name": "Padaria Nova",
            "legal_name": "Padaria Nova Ltda",
            "document": "11.222.333/0001-81",
            "city": "Olinda",
            "alert_email": "a@padaria.example",
            "time_zone": "America/Recife",
            "locale": "en",
            "brand_color": "#112233",
            "session_timeout_minutes": "60",
        }
        colleague.post("/app/empresa/", {**given, "is_root": "1", "slug": "outra"})

        site.refresh_from_db()
        assert (site.name, site.document, site.brand_color) == (
            "Padaria Nova",
            "11222333000181",
            "#112233",
        )
        assert (site.slug, site.is_root) == ("padaria", False)
        assert (
            colleague.post("/app/empresa/", {**given, "brand_color": "red"}).status_code == 422
        )


class TestLogo:
    def test_is_seen_by_the_team_first_and_by_customers_when_it_is_used(
        self, colleague, site, renata_browser, oficina
    ):
        sent = SimpleUploadedFile("marca.png", a_png(behind=b"<script>"), "text/html")
        refused = SimpleUploadedFile("marca.svg", b"<html/>", "image/svg+xml")
        home, marca = "/area-do-cliente/", "/app/empresa/marca/"

        assert colleague.post(marca, {"file": refused}).status_code == 422
        colleague.post(marca, {"file": sent})
        page = colleague.get(marca).text
        path = "/marca/" + page.split('src="/marca/')[1].split('"')[0]
        assert path not in renata_browser.get(home).text
        digest = path.split("/")[2].partition(".")[0]
        assert colleague.post(f"{marca}usar/", {"logo": "0" * 64}).status_code == 404
        colleague.post(f"{marca}usar/", {"logo": digest})

        assert f'src="{path}"' in renata_browser.get(home).text
        shown = Client().get(path)
        assert (shown.content, shown["Content-Type"]) == (a_png(), "image/png")
        assert "immutable" in shown["Cache-Control"]
        assert "default-src 'none'" in shown["Content-Security-Policy"]
        assert shown["X-Content-Type-Options"] == "nosniff"
        assert letter_logo(tenancy.tenant_card()) == f"http://testserver{path}"
        assert "data:image/png;base64," in tenancy.letterhead_mark()
        with inside(oficina), transaction():
            assert tenancy.letterhead_mark() == tenancy.tenant_card().logo_path == ""

        colleague.post(f"{marca}tirar/")
        assert path not in renata_browser.get(home).text
        assert Client().get(path).status_code == 200  # letters that were sent still show it


class TestProducts:
    def test_that_are_off_have_no_pages(self, colleague, renata_browser):
        assert renata_browser.get("/area-do-cliente/servicos/").status_code == 200

        colleague.post("/app/empresa/produtos/hosting/")

        assert renata_browser.get("/area-do-cliente/servicos/").status_code == 404
        assert renata_browser.get("/area-do-cliente/").status_code == 200

    def test_stay_before_operators(self, operator):
        tenancy.disable_product(product=ProductKey.HOSTING, at=NOON)

        assert operator.get("/admin/servidores/").status_code == 200

    def test_are_switched_on_again(self, colleague):
        colleague.post("/app/empresa/produtos/crm/", {"ligado": "1"})
        assert tenancy.enabled_products() == {"hosting", "crm"}
        assert colleague.post("/app/empresa/produtos/nada/").status_code == 404

    def test_are_only_read_where_a_platform_decides(self, colleague, platform):
        terms = Terms(is_enabled=True, limits={"members": 4}, ends_at=None)
        set_terms(product=ProductKey.HOSTING, terms=terms, at=NOON)

        shown = colleague.get("/app/empresa/produtos/").text

        assert "1 de 4" in shown
        assert "Desligar" not in shown
        assert colleague.post("/app/empresa/produtos/hosting/").status_code == 403
        assert tenancy.enabled_products() == {"hosting"}

    def test_that_are_at_a_limit_are_told_where_people_arrive(self, colleague, platform):
        terms = Terms(is_enabled=True, limits={"members": 1}, ends_at=None)
        set_terms(product=ProductKey.HOSTING, terms=terms, at=NOON)

        assert "No limite" in colleague.get("/app/").text


class TestPayer:
    def test_is_chosen_by_the_owner(self, on_platform, ana, site):
        choose(on_platform, site)
        on_platform.post(
            "/app/empresa/cobranca/contas/", {"name": "Grupo", "billing_email": "g@x.example"}
        )
        (account,) = tenancy.accounts_of(ana.id)

        asked = on_platform.post("/app/empresa/cobranca/conta/", {"account": str(account.id)})
        approve(on_platform, asked)

        assert tenancy.payer_of(site.id).id == account.id
        assert "Grupo" in on_platform.get("/app/empresa/cobranca/").text

    def test_of_somebody_else_takes_their_word(self, on_platform, ana, site):
        choose(on_platform, site)
        on_platform.post("/app/empresa/cobranca/convidar/", {"email": "eva@example.com"})
        token = the_invitation().token
        eva = browser(a_person("eva@example.com", name="Eva"), SERVER_NAME=PLATFORM)

        assert "Padaria" in eva.get(f"/convites/{token}/").text
        eva.post(f"/convites/{token}/", {"nova": "1"})

        assert tenancy.payer_of(site.id).name == "Eva"
