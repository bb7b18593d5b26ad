"""What each role of a customer's people sees, and how an invitation's link lets them in."""

import re

import pytest
from django.urls import reverse

from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.customers.models import CustomerUser
from alicerce.apps.customers.ports import posts
from alicerce.apps.customers.queries.access import open_invitations, people_of
from alicerce.apps.customers.services.give_access import invite_person
from alicerce.apps.customers.tests.factories import a_cpf, a_customer, a_customer_user, a_person
from alicerce.apps.customers.types import CustomerRole
from alicerce.apps.hosting.tests.factories import NOON, a_service
from alicerce.kernel.clock import now
from alicerce.surfaces.tests.conftest import browser

SERVICES, INVOICES = reverse("client:services"), reverse("client:invoices")


@pytest.fixture
def helper(renata):
    def make(role):
        person = a_person(f"{role}@padaria.example", name="Ajudante")
        a_customer_user(renata, person, role)
        return browser(person)

    return make


class TestRoles:
    @pytest.mark.parametrize(
        ("role", "services", "invoices"),
        [("owner", 200, 200), ("billing", 403, 200), ("technical", 200, 403)],
    )
    def test_open_what_is_theirs(self, helper, role, services, invoices):
        person = helper(role)

        assert person.get(SERVICES).status_code == services
        assert person.get(INVOICES).status_code == invoices

    def test_show_no_links_to_what_is_not(self, helper, renata):
        a_service(customer=renata)

        billing = helper("billing").get(reverse("client:home")).text
        technical = helper("technical").get(reverse("client:home")).text

        assert (SERVICES in billing, INVOICES in billing) == (False, True)
        assert (SERVICES in technical, INVOICES in technical) == (True, False)
        assert ("padaria.com.br" in billing, "padaria.com.br" in technical) == (False, True)

    def test_do_not_leak_from_one_customer_to_another(self, helper, renata, bruno):
        person = a_person("duas@padaria.example")
        a_customer_user(renata, person, "billing")
        a_customer_user(bruno, person, "technical")
        service = a_service(customer=renata)

        page = browser(person).get(reverse("client:service", args=[service.id]))

        assert page.status_code == 404


class TestPeople:
    PAGE = reverse("client:people")

    def act(self, who, what, customer, **given):
        return who.post(reverse(f"client:customer_{what}", args=[customer.id]), given)

    @pytest.mark.parametrize(
        ("role", "status"), [("owner", 200), ("billing", 403), ("technical", 403)]
    )
    def test_are_the_owners_to_choose(self, helper, colleague, stranger, role, status):
        assert helper(role).get(self.PAGE).status_code == status
        assert colleague.get(self.PAGE).status_code == 403
        assert stranger.get(self.PAGE).headers["Location"].startswith("/entrar/")

    def test_are_invited_and_removed(self, renata, renata_browser, helper):
        helper("technical")
        technical = people_of(renata.id)[-1]

        self.act(renata_browser, "invite", renata, email="nova@x.example", role="billing")
        page = renata_browser.get(self.PAGE).text
        (waiting,) = open_invitations(renata.id, at=now())
        self.act(renata_browser, "invitation_revoke", renata, id=str(waiting.id))
        self.act(renata_browser, "person_remove", renata, id=str(technical.link_id))

        assert "nova@x.example" in page
        assert "Ajudante" in page
        assert open_invitations(renata.id, at=now()) == []
        assert len(people_of(renata.id)) == 1

    def test_the_last_owner_does_not_lock_themselves_out(self, renata, renata_browser):
        (owner,) = people_of(renata.id)

        self.act(renata_browser, "person_remove", renata, id=str(owner.link_id))

        assert len(people_of(renata.id)) == 1

    @pytest.mark.parametrize("what", ["invite", "invitation_revoke", "person_remove"])
    def test_of_somebody_else_are_absent(self, what, renata_browser, bruno, other_tenant):
        with other_tenant:
            theirs = a_customer()

        for customer in (bruno, theirs):
            answer = self.act(
                renata_browser,
                what,
                customer,
                id=str(customer.id),
                email="x@x.example",
                role="owner",
            )
            assert answer.status_code == 404


class TestLink:
    @pytest.fixture
    def link(self, renata, monkeypatch):
        letters = []
        monkeypatch.setitem(posts, "mail", lambda **letter: letters.append(letter))

        def make(email):
            invite_person(
                customer_id=renata.id, email=email, role=CustomerRole.BILLING, at=now()
            )
            return re.search(r"/acesso/.*", letters[-1]["values"]["link_access"])[0]

        return make

    def test_does_nothing_when_it_is_only_opened(self, link, stranger, renata):
        page = stranger.get(link("nova@example.com"))

        assert "Aceitar acesso" in page.text
        assert page.headers["X-Robots-Tag"] == "noindex"
        assert people_of(renata.id) == []

    def test_leads_a_newcomer_to_a_password_of_their_own(self, link, stranger, renata):
        answer = stranger.post(link("nova@example.com"))

        assert answer.headers["Location"].startswith("/entrar/senha/")
        assert [person.role for person in people_of(renata.id)] == ["billing"]

    def test_asks_who_is_known_to_sign_in(self, link, stranger, renata):
        known = a_person("ana@example.com")
        known.last_login = NOON
        known.save()
        url = link("ana@example.com")

        assert stranger.post(url).headers["Location"] == f"/entrar/?next={url}"
        assert people_of(renata.id) == []
        assert browser(known).post(url).headers["Location"] == "/area-do-cliente/"
        assert browser(known).get(INVOICES).status_code == 200

    def test_says_when_it_is_over(self, link, stranger):
        url = link("nova@example.com")
        stranger.post(url)

        for answer in (stranger.get(url), stranger.post(url), stranger.get("/acesso/nada/")):
            assert answer.status_code == 410
            assert "não vale mais" in answer.text

    def test_needs_a_form_of_ours(self, link, renata_browser):
        person = renata_browser.get("/").wsgi_request.user
        strict = browser(person, enforce_csrf_checks=True)

        assert strict.post(link("nova@example.com")).status_code == 403


class TestOrderingForAnother:
    def order(self, who, email):
        price = a_price()
        return who.post(
            reverse("site:order_plan", args=[price.plan_id]),
            {
                "price": str(price.id),
                "domain": "floricultura.com.br",
                "name": "Flora",
                "email": email,
                "document": a_cpf(),
            },
        )

    def test_answers_the_same_whether_the_address_is_known_or_not(self, site, stranger):
        known = a_person("ana@example.com")
        known.last_login = NOON
        known.save()

        for email in ("ana@example.com", "ninguem@example.com"):
            assert re.fullmatch(
                r"/pedido/[\w-]+/", self.order(stranger, email).headers["Location"]
            )

    def test_adds_nothing_to_the_area_of_who_is_known(self, site, renata, stranger):
        person = a_person(renata.email)
        person.last_login = NOON
        person.save()
        a_customer_user(renata, person)

        self.order(stranger, renata.email)

        access = browser(person).get(reverse("client:home")).wsgi_request.client
        assert access.having("client:area") == (renata.id,)

    def test_who_is_signed_in_sees_what_they_ordered(self, renata_browser):
        a_customer()

        self.order(renata_browser, "compras@floricultura.example")

        access = renata_browser.get(reverse("client:home")).wsgi_request.client
        assert len(access.having("client:area")) == 2


class TestRoleOfAPerson:
    def change(self, who, customer, link, role):
        url = reverse("client:customer_person_role", args=[customer.id])
        answer = who.post(url, {"id": str(link.id), "role": role})
        link.refresh_from_db()
        return answer.status_code, link.role

    def test_is_the_owners_to_change(self, renata, renata_browser):
        helper = a_customer_user(renata, a_person("tec@x.example", name="Tec"), "technical")

        assert "Mudar papel" in renata_browser.get("/area-do-cliente/pessoas/").text
        assert self.change(renata_browser, renata, helper, "billing") == (302, "billing")
        assert self.change(browser(helper.user), renata, helper, "owner") == (403, "billing")

    def test_of_the_last_owner_stays(self, renata, renata_browser):
        a_customer_user(renata, a_person("tec@x.example", name="Tec"), "technical")
        owner = CustomerUser.objects.get(customer=renata, role="owner")

        assert self.change(renata_browser, renata, owner, "billing") == (302, "owner")

    def test_of_somebody_elses_customer_is_not_there(self, bruno, renata_browser):
        link = a_customer_user(bruno, a_person("b@x.example", name="B"))
        assert self.change(renata_browser, bruno, link, "technical") == (404, "owner")
