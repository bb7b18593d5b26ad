"""Companies and who pays for them in the operators' panel: seen, suspended, back, moved."""

import pytest
from django.test import Client
from django.urls import reverse

from alicerce.apps.audit.models import Entry
from alicerce.apps.notify.models import Message
from alicerce.apps.notify.ports import mailers
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.models import Host, Tenant
from alicerce.apps.tenancy.tests.cast import NOON
from alicerce.apps.tenancy.tests.factories import a_member, a_person, a_tenant
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import approve, browser
from conftest import inside

pytestmark = pytest.mark.usefixtures("letters")
WHY = "Fatura 42 vencida: pague para voltar."


class Carrier:
    def __init__(self, deliver):
        self.deliver = deliver


@pytest.fixture
def letters(monkeypatch):
    sent = []
    monkeypatch.setitem(mailers, "smtp", Carrier(sent.append))
    return sent


@pytest.fixture
def ana(site):
    person = a_person("ana@padaria.example", name="Ana")
    a_member(site, person, "owner")
    return person


@pytest.fixture
def panel_at(operator_person):
    """The operator at the platform's own address, which no suspension of a company closes."""
    root = tenancy.root_tenant()
    Host.objects.create(
        tenant_id=root,
        domain="raiz.localhost",
        base_url="http://raiz.localhost",
        is_primary=True,
    )
    return browser(operator_person, SERVER_NAME="raiz.localhost")


@pytest.fixture
def paid(site, ana, operator_person):
    """The bakery, paid for by an account of its owner's."""
    tenancy.pay_by_new_account(
        tenant_id=site.id,
        owner_id=ana.id,
        name="Padaria Ltda",
        billing_email="contas@padaria.example",
        at=NOON,
    )
    return tenancy.payer_of(site.id)


def page_of(company, view="company"):
    return reverse(f"console:{view}", args=[company.id])


def suspend(panel, company, reason=WHY):
    return approve(
        panel,
        panel.post(page_of(company, "company_suspend"), {"reason": reason}),
        shows=[reason],
    )


def standing_of(tenant_id):
    with acting(tenant_id=tenant_id), transaction():
        return Tenant.objects.get().status


def letters_in(tenant_id):
    with acting(tenant_id=tenant_id), transaction():
        return sorted(Message.objects.values_list("template", "to"))


class TestCompanies:
    def test_are_found_by_name_address_and_document(self, panel_at, site, other_tenant, paid):
        listed = panel_at.get(reverse("console:companies")).text
        assert all(words in listed for words in ("Padaria", "Oficina", "Padaria Ltda"))

        for words in ("padar", "testserver", "padaria hospedagem"):
            found = panel_at.get(reverse("console:companies"), {"q": words}).text
            assert page_of(site) in found
            assert "Oficina" not in found

    def test_are_found_by_the_search_of_the_panel(self, panel_at, site):
        assert page_of(site) in panel_at.get(reverse("console:search"), {"q": "padaria"}).text

    def test_are_listed_by_state_without_their_sandboxes(self, panel_at, site, other_tenant):
        a_tenant("padaria-teste", name="Ensaio", sandbox_of=site.id)
        tenancy.suspend_tenant(reason=WHY, at=NOON)

        listed = panel_at.get(reverse("console:companies"), {"estado": "suspended"}).text

        assert page_of(site) in listed
        assert WHY in listed
        assert "Oficina" not in listed
        assert "Ensaio" not in panel_at.get(reverse("console:companies")).text

    def test_show_whose_they_are_and_who_pays(self, panel_at, site, paid):
        shown = panel_at.get(page_of(site)).text

        for words in ("ana@padaria.example", "Padaria Ltda", "11.222.333/0001-81", "Ativa"):
            assert words in shown
        assert reverse("console:account", args=[paid.id]) in shown

    def test_that_never_were_or_are_sandboxes_have_no_page(self, panel_at, site):
        twin = a_tenant("padaria-teste", sandbox_of=site.id)
        assert panel_at.get(page_of(twin)).status_code == 404
        assert panel_at.get(reverse("console:company", args=[uuid7()])).status_code == 404

    def test_are_closed_to_who_does_not_operate(self, colleague, site):
        assert colleague.get(reverse("console:companies")).status_code == 403
        assert (
            colleague.post(page_of(site, "company_suspend"), {"reason": "x"}).status_code == 403
        )

    @pytest.mark.parametrize("role", ["operator_support", "operator_finance"])
    def test_are_seen_and_not_touched_by_other_operators(self, panel_at, site, role):
        person = a_person(f"{role}@raiz.example")
        with acting(tenant_id=tenancy.root_tenant()), transaction():
            a_member(site, person, role)
        theirs = browser(person, SERVER_NAME="raiz.localhost")

        shown = theirs.get(page_of(site))

        assert shown.status_code == 200
        assert "Suspender…" not in shown.text
        answer = theirs.post(page_of(site, "company_suspend"), {"reason": "x"})
        assert answer.status_code == 403


class TestSuspension:
    def test_closes_everything_at_the_next_request_and_tells_why(self, panel_at, ana, site):
        members = browser(ana)
        assert members.get("/app/").status_code == 200

        suspend(panel_at, site)

        page = members.get("/app/")
        assert page.status_code == 403
        assert WHY in page.text
        assert "mailto:" in page.text
        for path in ("/", "/cliente/", "/entrar/", "/app/"):
            neutral = Client().get(path)
            assert neutral.status_code == 503
            assert neutral.headers["Retry-After"]
            assert WHY not in neutral.text
            assert "http://raiz.localhost/app/" in neutral.text

    def test_is_read_by_its_members_at_the_platforms_address(self, panel_at, ana, site):
        suspend(panel_at, site)

        page = browser(ana, SERVER_NAME="raiz.localhost").get("/app/")

        assert page.status_code == 403
        assert WHY in page.text

    def test_is_on_the_page_and_in_the_trail_with_who_did_it(
        self, panel_at, operator_person, site
    ):
        suspend(panel_at, site)

        assert WHY in panel_at.get(page_of(site)).text
        entry = Entry.objects.get(action="tenant.suspended")
        assert entry.actor == f"user:{operator_person.id}"

    def test_needs_a_reason_and_a_proof(self, panel_at, site):
        answer = panel_at.post(page_of(site, "company_suspend"), {"reason": " "})
        assert answer.headers["Location"] == page_of(site)
        assert panel_at.post(page_of(site, "company_suspension")).status_code in {302, 404}
        assert standing_of(site.id) == "active"

    def test_of_the_platform_itself_is_not_offered(self, panel_at):
        root = tenancy.root_tenant()
        shown = panel_at.get(reverse("console:company", args=[root]))

        assert "Suspender…" not in shown.text
        url = reverse("console:company_suspend", args=[root])
        assert panel_at.post(url, {"reason": WHY}).status_code == 404

    def test_is_told_to_the_owners_by_the_platform_once_and_so_is_its_end(
        self, panel_at, ana, site, letters
    ):
        suspend(panel_at, site)
        run_jobs()
        approve(panel_at, page_of(site, "company_resumption"), shows=[WHY])
        run_jobs()

        assert letters_in(tenancy.root_tenant()) == [
            ("company_resumed", "ana@padaria.example"),
            ("company_suspended", "ana@padaria.example"),
        ]
        told = next(letter for letter in letters if "suspensa" in letter.subject)
        assert WHY in told.text
        assert told.sender_name == "Raiz"
        assert browser(ana).get("/app/").status_code == 200

    def test_takes_the_sandbox_along_and_brings_it_back(self, panel_at, site):
        twin = a_tenant("padaria-teste", sandbox_of=site.id)
        suspend(panel_at, site)

        assert standing_of(twin.id) == "suspended"
        assert twin.id not in tenancy.tenant_ids()

        approve(panel_at, page_of(site, "company_resumption"), shows=[WHY])
        assert standing_of(twin.id) == "active"


class TestPayers:
    def test_are_listed_and_found(self, panel_at, paid):
        for words in ("", "Padaria Ltda", "contas@padaria", "ana@padaria"):
            listed = panel_at.get(reverse("console:accounts"), {"q": words}).text
            assert reverse("console:account", args=[paid.id]) in listed
        assert "Padaria Ltda" not in panel_at.get(reverse("console:accounts"), {"q": "zz"}).text

    def test_show_whose_they_are_and_what_they_pay_for(self, panel_at, paid, site):
        shown = panel_at.get(reverse("console:account", args=[paid.id])).text

        assert all(words in shown for words in ("ana@padaria.example", page_of(site)))

    def test_are_suspended_with_a_reason_and_come_back(self, panel_at, paid, site):
        url = reverse("console:account_suspend", args=[paid.id])
        approve(panel_at, panel_at.post(url, {"reason": WHY}), shows=[WHY])
        run_jobs()

        assert tenancy.payer_of(site.id).suspension_reason == WHY
        assert standing_of(site.id) == "active"
        listed = panel_at.get(reverse("console:accounts"), {"situacao": "suspensas"}).text
        assert WHY in listed

        approve(panel_at, reverse("console:account_resumption", args=[paid.id]), shows=[WHY])
        run_jobs()
        assert tenancy.payer_of(site.id).suspended_at is None
        assert letters_in(tenancy.root_tenant()) == [
            ("account_resumed", "contas@padaria.example"),
            ("account_suspended", "contas@padaria.example"),
            ("company_read_only", "ana@padaria.example"),
            ("company_unrestricted", "ana@padaria.example"),
        ]

    def test_of_a_company_change_to_another_account_of_its_owner(
        self, panel_at, paid, site, ana
    ):
        other = tenancy.open_billing_account(
            owner_id=ana.id, name="Grupo Ana", billing_email="g@padaria.example", at=NOON
        )
        answer = panel_at.post(page_of(site, "company_payer"), {"account": str(other)})
        approve(panel_at, answer, shows=["Grupo Ana", "Padaria Ltda"])

        assert tenancy.payer_of(site.id).id == other
        assert Entry.objects.filter(action="tenant.payer_changed").count() == 2

    def test_of_a_company_are_never_somebody_who_did_not_agree(self, panel_at, paid, site):
        eva = a_person("eva@oficina.example")
        hers = tenancy.open_billing_account(
            owner_id=eva.id, name="Eva", billing_email=eva.email, at=NOON
        )
        answer = panel_at.post(page_of(site, "company_payer"), {"account": str(hers)})

        assert answer.status_code == 404
        assert tenancy.payer_of(site.id).id == paid.id

    def test_have_no_page_when_they_never_were(self, panel_at):
        for view in ("account", "account_resumption"):
            url = reverse(f"console:{view}", args=[uuid7()])
            assert panel_at.get(url).status_code in {302, 404}
        with inside(a_tenant("longe")):
            assert panel_at.get(reverse("console:account", args=[uuid7()])).status_code == 404


class TestProducts:
    def url(self, site, key="crm"):
        return reverse("console:company_product", args=[site.id, key])

    def test_are_switched_on_with_limits_and_an_end(self, panel_at, site):
        typed = {"is_enabled": "on", "ends_on": "2099-12-31", "members": "7", "customers": ""}
        answer = panel_at.post(self.url(site), typed)
        approve(panel_at, answer, shows=["CRM", "7", "31 de dez. de 2099"])

        crm = next(one for one in tenancy.products() if one.key == "crm")
        assert crm.is_enabled
        assert crm.limits == {"members": 7}
        assert crm.ends_at.isoformat() == "2100-01-01T03:00:00+00:00"
        shown = panel_at.get(page_of(site)).text
        assert "0 de 7" in shown
        assert "31 de dez. de 2099" in shown
        form = panel_at.get(self.url(site)).text
        assert 'value="2099-12-31"' in form
        assert 'value="7"' in form

    def test_are_switched_off_and_keep_their_limits(self, panel_at, site):
        answer = panel_at.post(self.url(site, "hosting"), {"members": "3"})
        approve(panel_at, answer)

        assert "hosting" not in tenancy.enabled_products()
        assert "0, sem limite" in panel_at.get(page_of(site)).text

    def test_refuse_an_end_that_is_over_and_products_that_never_were(self, panel_at, site):
        typed = {"is_enabled": "on", "ends_on": "2020-01-01"}
        assert panel_at.post(self.url(site), typed).status_code == 422
        assert panel_at.get(self.url(site, "nada")).status_code == 404

    def test_are_not_the_companys_to_change(self, colleague, site):
        assert colleague.post(self.url(site), {"members": "9"}).status_code == 403
