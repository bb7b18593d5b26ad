"""Seeing pages in another person's place, where the company wants to be asked each time."""

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.identity.models import Impersonation, StandInConsent
from alicerce.apps.notify.models import Message
from alicerce.apps.tenancy.models import Tenant
from alicerce.apps.tenancy.queries.tenants import root_tenant
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of
from alicerce.surfaces.tests.conftest import approve
from alicerce.surfaces.tests.conftest import browser as browser_of
from alicerce.surfaces.tests.test_standing_in import (
    ERRAND,
    LEAVE,
    WORKSPACE,
    as_customer,
    as_member,
    bia,
    her,
    olga,
    staff,
)

__all__ = ["bia", "her", "olga", "staff"]


class TestConsent:
    """Where the company wants to be asked each time."""

    QUEUE = "/admin/ver-como/"

    @pytest.fixture
    def asking(self, site):
        Tenant.objects.filter(pk=site.id).update(operators_ask=True)

    def ask(self, browser, email, company, **given):
        said = {"company": str(company.id), "email": email, "area": "workspace", **ERRAND}
        return browser.post(self.QUEUE, {**said, **given})

    @pytest.fixture
    def asked(self, asking, staff, olga, bia, site):
        assert self.ask(olga, bia.email, site).headers["Location"] == self.QUEUE
        return StandInConsent.objects.get()

    def page(self, consent):
        return f"/app/equipe/acessos/pedidos/{consent.id}/"

    def start(self, consent):
        return f"{self.QUEUE}pedidos/{consent.id}/"

    @pytest.fixture
    def granted(self, asked, staff):
        approve(staff, f"{self.page(asked)}autorizar/", shows=("Bia", ERRAND["reason"]))
        asked.refresh_from_db()
        return asked

    def test_is_asked_for_and_nothing_begins(self, asked, olga):
        assert not Impersonation.objects.exists()
        assert "Aguarda resposta" in olga.get(self.QUEUE).text
        assert olga.get(self.start(asked)).status_code == 404
        assert Entry.objects.filter(action="impersonation.consent_asked").count() == 1

    def test_cannot_be_gone_around_by_what_was_typed_before(self, olga, bia, site):
        said = {"company": str(site.id), "email": bia.email, "area": "workspace", **ERRAND}
        typed = olga.post(self.QUEUE, said)  # not asked for yet, at that moment
        Tenant.objects.filter(pk=site.id).update(operators_ask=True)

        approve(olga, typed)

        assert not Impersonation.objects.exists()

    def test_is_asked_of_those_who_answer_for_the_company(self, asked, bia, colleague):
        letters = Message.objects.filter(template="consent_asked")

        assert {one.to for one in letters} == {"caio@padaria.example", bia.email}

    def test_is_asked_once_while_it_waits(self, asked, olga, bia, site):
        self.ask(olga, bia.email, site)

        assert StandInConsent.objects.count() == 1
        assert Message.objects.filter(template="consent_asked").count() == 2

    def test_is_among_what_needs_a_person(self, asked, staff):
        assert "Olga Operadora pede acesso" in staff.get(WORKSPACE).text
        assert ERRAND["reason"] in staff.get(self.page(asked)).text
        assert self.page(asked) in staff.get("/app/equipe/acessos/").text

    def test_once_given_opens_what_was_asked_once(self, granted, olga):
        began = approve(olga, self.start(granted), shows=(ERRAND["reason"], "Não, só ver"))

        assert began.headers["Location"] == WORKSPACE
        assert "Só leitura." in olga.get(WORKSPACE).text
        assert Impersonation.objects.get().reason == ERRAND["reason"]
        olga.post(LEAVE)
        assert olga.get(self.start(granted)).status_code == 404

    def test_is_told_to_who_asked(self, granted, operator_person):
        root = root_tenant()
        with acting(tenant_id=root), showing_rows_of(root):
            letter = Message.objects.get(template="consent_answered")

        assert letter.to == operator_person.email

    def test_leaves_each_step_in_the_trail(self, granted, olga):
        approve(olga, self.start(granted))

        steps = Entry.objects.filter(action__startswith="impersonation.").order_by("id")
        assert [one.action for one in steps] == [
            "impersonation.consent_asked",
            "impersonation.consent_approved",
            "impersonation.consent_granted",
            "impersonation.approved",
            "impersonation.consent_used",
            "impersonation.started",
        ]

    def test_stands_in_the_trail_with_the_names_of_both(self, granted, staff):
        page = staff.get("/app/auditoria/", {"acao": "impersonation.consent_granted"}).text

        assert ">Olga Operadora</ins>" in page.replace('<span class="sr">depois: </span>', "")
        assert str(granted.actor_id) not in page.partition("<tbody")[2].replace("user%3A", "")

    def test_is_of_nobody_else(self, granted, site):
        other = a_person("oto@raiz.example")
        root = root_tenant()
        with acting(tenant_id=root), showing_rows_of(root):
            a_member(Tenant(id=root), other, "operator")

        assert browser_of(other).get(self.start(granted)).status_code == 404

    def test_is_worth_nothing_after_a_day(self, granted, olga):
        StandInConsent.objects.update(expires_at=now())

        assert olga.get(self.start(granted)).status_code == 404

    def test_may_be_refused(self, asked, staff, olga):
        staff.post(f"{self.page(asked)}recusar/")

        assert "Recusado" in olga.get(self.QUEUE).text
        assert olga.get(self.start(asked)).status_code == 404
        assert staff.get(f"{self.page(asked)}autorizar/").status_code in (302, 404)

    def test_is_answered_once(self, asked, staff):
        staff.post(f"{self.page(asked)}recusar/")
        approve(staff, f"{self.page(asked)}autorizar/")

        asked.refresh_from_db()
        assert not asked.is_granted

    def test_comes_too_late_after_a_day(self, asked, staff):
        StandInConsent.objects.update(expires_at=now())
        approve(staff, f"{self.page(asked)}autorizar/")

        asked.refresh_from_db()
        assert not asked.is_granted

    def test_is_answered_by_nobody_without_the_right(self, asked, site):
        person = a_person("sol@padaria.example")
        a_member(site, person, "support")

        assert browser_of(person).get(self.page(asked)).status_code == 403
        assert browser_of(person).post(f"{self.page(asked)}recusar/").status_code == 403

    def test_is_asked_of_an_operator_who_works_there_too(
        self, asking, olga, operator_person, bia, site
    ):
        a_member(site, operator_person, "support")

        self.ask(olga, bia.email, site)

        assert StandInConsent.objects.count() == 1

    def test_does_not_hold_the_companys_own_staff_up(self, asking, staff, her, renata):
        as_customer(staff, her, renata)

        assert Impersonation.objects.exists()

    def test_taken_back_ends_what_it_opened(self, granted, olga, staff):
        approve(olga, self.start(granted))
        assert olga.get(WORKSPACE).status_code == 200

        staff.post(f"{self.page(granted)}retirar/")

        assert olga.get(WORKSPACE).headers["Location"] == "/dentro/"
        assert Impersonation.objects.get().ended_at
        assert "Autorização retirada" in staff.get(self.page(granted)).text
        taken = Entry.objects.filter(action="impersonation.consent_withdrawn").get()
        assert taken.actor == f"user:{staff.session['_auth_user_id']}"

    def test_taken_back_before_it_is_used_opens_nothing(self, granted, olga, staff):
        staff.post(f"{self.page(granted)}retirar/")

        assert olga.get(self.start(granted)).status_code == 404
        assert (
            "já foi respondido" in staff.post(f"{self.page(granted)}retirar/", follow=True).text
        )

    def test_wanted_from_now_on_ends_what_nobody_was_asked_for(self, olga, bia, site):
        as_member(olga, bia.email, site)
        assert olga.get(WORKSPACE).status_code == 200

        Tenant.objects.filter(pk=site.id).update(operators_ask=True)

        assert olga.get(WORKSPACE).headers["Location"] == "/dentro/"
        assert Impersonation.objects.get().ended_at

    def test_wanted_from_now_on_leaves_what_was_asked_for(self, granted, olga):
        approve(olga, self.start(granted))

        assert olga.get(WORKSPACE).status_code == 200

    def test_given_opens_nothing_where_the_company_closed_since(self, granted, olga, site):
        Tenant.objects.filter(pk=site.id).update(lets_operators_in=False)
        approve(olga, self.start(granted))

        assert not Impersonation.objects.exists()
