"""Seeing pages in another person's place: who may, what works there, how it ends."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from alicerce.apps.audit.models import Entry
from alicerce.apps.audit.queries import deeds_of
from alicerce.apps.billing.tests.factories import an_account
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.collecting.models import Attempt
from alicerce.apps.collecting.tests.factories import an_owed_invoice
from alicerce.apps.customers.models import CustomerUser
from alicerce.apps.identity.models import Impersonation, User
from alicerce.apps.notify.models import Message
from alicerce.apps.reports.types import Behind, Source
from alicerce.apps.tenancy.models import Membership, Tenant
from alicerce.apps.tenancy.queries.tenants import root_tenant
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.surfaces.console.people import names
from alicerce.surfaces.tests.conftest import approve
from alicerce.surfaces.tests.conftest import browser as browser_of
from alicerce.surfaces.tests.test_cards import a_card

HOME, WORKSPACE, LEAVE = "/area-do-cliente/", "/app/", "/ver-como/sair/"
ERRAND = {"reason": "Não acha a segunda via do boleto", "ticket": "1042"}


def as_customer(browser, person, customer, **given):
    url = reverse("workspace:stand_in", args=[customer.id, person.pk])
    return approve(browser, browser.post(url, {**ERRAND, **given}))


def as_member(browser, email, company, **given):
    said = {"company": str(company.id), "email": email, "area": "workspace", **ERRAND}
    return approve(browser, browser.post("/admin/ver-como/", {**said, **given}))


@pytest.fixture
def staff(colleague):
    return colleague


@pytest.fixture
def olga(operator):
    return operator


@pytest.fixture
def her(renata, renata_browser):
    """The person of the customer Renata."""
    return User.objects.get(email=renata.email)


@pytest.fixture
def bia(site):
    person = a_person("bia@padaria.example", name="Bia")
    a_member(site, person, "admin")
    return person


@pytest.fixture
def seen(staff, her, renata):
    as_customer(staff, her, renata)
    return staff


@pytest.fixture
def seen_to_write(staff, her, renata):
    as_customer(staff, her, renata, may_write="on")
    return staff


class TestAsking:
    def test_takes_the_right(self, site, renata, her):
        person = a_person("dev@padaria.example")
        a_member(site, person, "developer")
        browser = browser_of(person)

        asked = browser.post(reverse("workspace:stand_in", args=[renata.id, her.pk]), ERRAND)

        assert asked.status_code == 403

    @pytest.mark.parametrize("role", ["owner", "admin", "support"])
    def test_is_open_to_who_looks_after_customers(self, site, renata, her, role):
        person = a_person(f"{role}@padaria.example")
        a_member(site, person, role)

        page = browser_of(person).get(reverse("workspace:stand_in", args=[renata.id, her.pk]))

        assert page.status_code == 200

    def test_a_stranger_is_asked_to_sign_in(self, stranger, renata, her):
        url = reverse("workspace:stand_in", args=[renata.id, her.pk])

        assert stranger.get(url).headers["Location"] == f"/entrar/?next={url}"

    def test_takes_a_reason(self, staff, her, renata):
        url = reverse("workspace:stand_in", args=[renata.id, her.pk])

        assert staff.post(url, {"reason": "  "}).status_code == 422

    def test_takes_proof_of_who_asks(self, staff, her, renata):
        staff.post(reverse("workspace:stand_in", args=[renata.id, her.pk]), ERRAND)

        assert staff.post(reverse("workspace:stand_in_begin")).status_code == 403
        assert not Impersonation.objects.exists()

    def test_of_a_person_of_another_customer_is_not_there(self, staff, her, bruno):
        url = reverse("workspace:stand_in", args=[bruno.id, her.pk])

        assert staff.get(url).status_code == 404

    def test_never_has_staff_as_its_subject(self, staff, renata, bia):
        CustomerUser.objects.create(customer=renata, user=bia, role="owner")
        url = reverse("workspace:stand_in", args=[renata.id, bia.pk])

        assert "Ninguém pode ver" in staff.post(url, ERRAND).text

    def test_without_anything_asked_is_not_there(self, staff):
        assert staff.get(reverse("workspace:stand_in_begin")).status_code == 404


class TestInTheClientArea:
    def test_shows_what_the_other_sees_under_a_bar(self, seen):
        page = seen.get(HOME).text

        assert "Olá, Renata" in page
        assert "Você vê como Renata Souza." in page
        assert "count-down" in page

    def test_signs_nobody_in(self, seen, her):
        her.refresh_from_db()

        assert seen.session["_auth_user_id"] != str(her.pk)
        assert her.last_login is None or her.last_login < Impersonation.objects.get().started_at

    def test_shows_no_button_about_cards_that_would_be_refused(self, seen_to_write):
        an_account(GatewayKind.STRIPE)

        page = seen_to_write.get(reverse("client:cards")).text

        assert "só ela mesma muda" in page
        assert "Guardar um cartão" not in page
        assert reverse("client:cards_leave", args=["guardar"]) not in page

    def test_tells_the_other(self, seen, her):
        assert Message.objects.filter(template="impersonated", to=her.email).count() == 1

    @pytest.mark.parametrize(
        ("method", "url", "status"),
        [
            ("get", "/conta/", 403),
            ("get", "/area-do-cliente/nada/", 404),
            ("post", "/area-do-cliente/pessoas/", 403),
        ],
    )
    def test_keeps_its_bar_where_nothing_opens(self, seen, method, url, status):
        page = getattr(seen, method)(url)

        assert page.status_code == status
        assert "Você vê como Renata Souza." in page.text
        assert f'action="{LEAVE}"' in page.text
        assert "csrfmiddlewaretoken" in page.text

    def test_leaves_no_bar_on_other_peoples_refusals(self, staff):
        assert "Você vê como" not in staff.get("/admin/").text

    @pytest.mark.parametrize("url", ["/conta/", "/conta/senha/", "/area-do-cliente/pessoas/"])
    def test_reaches_nothing_that_is_only_theirs(self, seen_to_write, url):
        assert seen_to_write.get(url).status_code == 403

    @pytest.mark.parametrize("url", ["/app/", "/app/clientes/", "/admin/", "/admin/ver-como/"])
    def test_reaches_nothing_that_is_only_the_actors(self, seen_to_write, url):
        assert seen_to_write.get(url).status_code == 403

    def test_cannot_go_on_to_a_third_person(self, seen_to_write, bruno):
        url = reverse("workspace:stand_in", args=[bruno.id, bruno.id])

        assert seen_to_write.get(url).status_code == 403
        assert seen_to_write.post(url, ERRAND).status_code == 403

    @pytest.mark.parametrize("url", [HOME, "/conta/senha/", "/idioma", "/area-do-cliente/x/"])
    def test_refuses_every_change_and_says_why(self, seen, url):
        answer = seen.post(url)

        assert answer.status_code == 403
        assert "só para leitura" in answer.text

    def test_changes_in_the_area_when_that_was_asked_for(self, seen_to_write):
        assert (
            seen_to_write.post(HOME).status_code == 405
        )  # reached the page, which has no form

    def test_gives_nobodys_word_to_a_bank(self, seen_to_write, renata):
        """Neither a card that is kept, nor whether it pays, nor a charge."""
        card = a_card(renata)
        invoice = an_owed_invoice(renata.id, due_on=now().date(), at=now())
        said = {"cliente": str(renata.id), "ligado": "1"}

        for name, of in (
            ("cards_autopay", []),
            ("cards_leave", ["guardar"]),
            ("card_default", [card.id]),
            ("card_remove", [card.id]),
            ("card_charge", [invoice.id]),
        ):
            answer = seen_to_write.post(reverse(f"client:{name}", args=of), said)
            assert answer.status_code == 403, name
        assert not Attempt.objects.exists()
        assert seen_to_write.get(reverse("client:cards")).status_code == 200

    def test_changes_nothing_elsewhere_even_then(self, seen_to_write):
        answer = seen_to_write.post("/conta/senha/", {"password": "outra senha longa"})

        assert "Conta, chaves, equipe" in answer.text


class TestEnd:
    def test_comes_by_leaving_and_leads_back(self, seen, renata):
        back = seen.post(LEAVE).headers["Location"]

        assert back == reverse("workspace:customer_people", args=[renata.id])
        assert seen.get(back).status_code == 200
        assert Impersonation.objects.get().ended_at
        assert seen.get(HOME).status_code == 403

    def test_twice_does_no_harm(self, seen):
        seen.post(LEAVE)

        assert seen.post(LEAVE).status_code == 302

    def test_comes_after_half_an_hour(self, seen, monkeypatch):
        later = Impersonation.objects.get().ends_at + timedelta(seconds=1)
        monkeypatch.setattr("alicerce.project.standing_in.now", lambda: later)

        assert seen.get(HOME).headers["Location"] == "/dentro/"
        assert seen.get(WORKSPACE).status_code == 200

    def test_comes_with_the_actors_session(self, seen):
        seen.post("/sair/")

        assert Impersonation.objects.get().ended_at

    def test_comes_when_the_actor_loses_the_right(self, seen):
        actor = Impersonation.objects.get().actor_id
        Membership.objects.filter(user_id=actor).update(role="read_only")

        assert seen.get(HOME).headers["Location"] == "/dentro/"
        assert Impersonation.objects.get().ended_at

    def test_comes_when_the_other_joins_the_team(self, seen, site, her):
        a_member(site, her, "support")

        assert seen.get(HOME).headers["Location"] == "/dentro/"


class TestOperator:
    def test_sees_a_workspace_as_a_member(self, olga, bia, site):
        began = as_member(olga, bia.email, site)

        page = olga.get(WORKSPACE).text

        assert began.headers["Location"] == WORKSPACE
        assert "Você vê como Bia." in page
        assert "Só leitura." in page

    def test_writes_with_both_names_when_that_was_asked_for(self, olga, bia, site, renata):
        as_member(olga, bia.email, site, may_write="on")

        olga.post(reverse("workspace:customer_note_add", args=[renata.id]), {"body": "Ligou"})
        olga.post(LEAVE)

        actor = Impersonation.objects.get().actor_id
        signed = f"user:{actor} for user:{bia.pk}"
        entry = Entry.objects.filter(actor=signed).latest("id")
        assert names()(entry.actor) == "Olga Operadora no lugar de Bia"
        assert entry.id in [deed.id for deed in deeds_of(f"user:{actor}")]

    @pytest.mark.parametrize(
        "page", ["company", "products", "payer", "invite", "api_keys", "stand_in_begin"]
    )
    def test_never_reaches_keys_the_team_the_company_or_who_pays(self, olga, bia, site, page):
        as_member(olga, bia.email, site, may_write="on")

        assert olga.get(reverse(f"workspace:{page}")).status_code == 403

    def test_looks_at_reports_and_takes_no_file_away(self, olga, bia, site, renata):
        as_member(olga, bia.email, site)
        behind = f"?o={Behind(Source.OWED, date(2026, 11, 30), date(2026, 11, 30))}"
        files = [
            *(f"/app/relatorios/aging.{kind}" for kind in ("csv", "pdf")),
            *(f"/app/relatorios/aging/linhas.{kind}{behind}" for kind in ("csv", "pdf")),
            reverse("workspace:customer_statement_file", args=[renata.id]),
            reverse("workspace:customer_statement_pdf", args=[renata.id]),
        ]

        assert olga.get("/app/relatorios/aging/").status_code == 200
        assert {olga.get(url).status_code for url in files} == {403}

    def test_cannot_leave_the_company_for_a_member(self, olga, bia, site):
        as_member(olga, bia.email, site, may_write="on")

        assert olga.post("/app/equipe/sair/").status_code == 403
        assert Membership.objects.filter(user=bia).exists()

    def test_invites_nobody_to_a_customer(self, olga, bia, site, renata):
        as_member(olga, bia.email, site, may_write="on")
        url = reverse("workspace:customer_invite", args=[renata.id])

        assert olga.post(url, {"email": "x@x.example", "role": "owner"}).status_code == 403

    def test_sees_no_other_operator(self, olga, site):
        root = root_tenant()
        other = a_person("oto@raiz.example")
        with acting(tenant_id=root), showing_rows_of(root):
            a_member(Tenant(id=root), other, "operator_support")
        said = {"company": str(site.id), "email": other.email, "area": "workspace", **ERRAND}

        assert "Ninguém pode ver" in olga.post("/admin/ver-como/", said).text

    def test_stays_outside_where_the_company_says_so(self, olga, bia, site):
        as_member(olga, bia.email, site)
        assert olga.get(WORKSPACE).status_code == 200

        Tenant.objects.filter(pk=site.id).update(lets_operators_in=False)

        assert olga.get(WORKSPACE).headers["Location"] == "/dentro/"
        said = {"company": str(site.id), "email": bia.email, "area": "workspace", **ERRAND}
        assert "Ninguém pode ver" in olga.post("/admin/ver-como/", said).text

    def test_sees_nothing_of_a_company_that_closed(self, olga, bia, site):
        as_member(olga, bia.email, site)
        Tenant.objects.filter(pk=site.id).update(status="suspended")

        away = olga.get(WORKSPACE)
        assert away.status_code == 503
        assert "está indisponível" in away.text
        assert "Bia" not in away.text

    def test_sees_a_customers_pages_too(self, olga, her, site):
        began = as_member(olga, her.email, site, area="client")

        assert began.headers["Location"] == HOME
        assert "Olá, Renata" in olga.get(HOME).text

    def test_is_the_only_one_who_asks_from_the_panel(self, staff):
        assert staff.get("/admin/ver-como/").status_code == 403


class TestHistory:
    URL = "/app/equipe/acessos/"

    def test_shows_who_saw_what_and_why(self, seen):
        seen.post(LEAVE)

        page = seen.get(self.URL).text

        assert all(word in page for word in ("Caio", "Renata Souza", ERRAND["reason"], "1042"))

    def test_lets_the_company_end_what_goes_on(self, staff, olga, bia, site):
        as_member(olga, bia.email, site)
        end = f"{self.URL}{Impersonation.objects.get().id}/encerrar/"
        assert end in staff.get(self.URL).text

        assert olga.post(end).status_code == 403
        staff.post(end)

        assert olga.get(WORKSPACE).headers["Location"] == "/dentro/"
        assert end not in staff.get(self.URL).text

    def test_takes_reading_the_team(self, site):
        person = a_person("sol@padaria.example")
        a_member(site, person, "support")

        assert browser_of(person).get(self.URL).status_code == 403

    def test_is_the_companys_own(self, seen, other_tenant):
        with other_tenant:
            assert not Impersonation.objects.exists()
