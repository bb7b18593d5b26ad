"""Customers in the workspace: who may do what, and what the pages show and change."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alicerce.apps.audit.models import Entry
from alicerce.apps.billing.tests.factories import an_invoice
from alicerce.apps.customers.models import Customer, CustomerExport, CustomerImport
from alicerce.apps.customers.queries.access import open_invitations
from alicerce.apps.customers.queries.customers import addresses_of, contacts_of, notes_of
from alicerce.apps.customers.queries.customers import customer_detail as detail_of
from alicerce.apps.customers.services.export_customers import abandon_export
from alicerce.apps.customers.services.import_customers import abandon_import
from alicerce.apps.customers.services.keep_details import add_tier
from alicerce.apps.customers.services.save_customer import create_customer
from alicerce.apps.customers.tests.factories import (
    a_cpf,
    a_customer,
    a_customer_user,
    a_person,
    a_profile,
)
from alicerce.apps.hosting.tests.factories import NOON, a_service
from alicerce.apps.orders.tests.factories import an_order
from alicerce.apps.support.public import open_ticket
from alicerce.apps.tenancy.services.roles import copy_role, edit_role
from alicerce.apps.tenancy.tests.factories import a_member
from alicerce.kernel.clock import now
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import approve, browser
from alicerce.surfaces.workspace.customer_page import PARTS

LIST, NEW = reverse("workspace:customers"), reverse("workspace:customer_new")
TABS = [part.name for part in PARTS]
FIELDS = {"kind": "person", "name": "Flora", "email": "flora@x.example", "locale": "pt-br"}


def url(name, *args):
    return reverse(f"workspace:{name}", args=args)


@pytest.fixture
def reader(site):
    """May read everything and change nothing."""
    person = a_person("leo@padaria.example")
    a_member(site, person, "read_only")
    return browser(person)


@pytest.fixture
def customer(site):
    made = create_customer(profile=a_profile(name="João Padeiro", tags=("vip",)), at=NOON)
    return Customer.objects.get(pk=made)


class TestWhoMay:
    @pytest.mark.parametrize("page", ["customers", "customer_new", "customers_import_new"])
    def test_open_lists_and_forms(self, page, colleague, renata_browser, stranger):
        assert colleague.get(url(page)).status_code == 200
        assert renata_browser.get(url(page)).status_code == 403
        assert stranger.get(url(page)).headers["Location"] == f"/entrar/?next={url(page)}"

    @pytest.mark.parametrize("page", [*TABS, "customer_edit"])
    def test_open_a_customer(self, page, colleague, renata_browser, stranger, customer):
        there = url(page, customer.id)

        assert colleague.get(there).status_code == 200
        assert renata_browser.get(there).status_code == 403
        assert stranger.get(there).headers["Location"] == f"/entrar/?next={there}"

    @pytest.mark.parametrize("page", [*TABS, "customer_edit"])
    def test_not_open_the_neighbours(self, page, colleague, other_tenant):
        with other_tenant:
            theirs = a_customer()

        foreign = colleague.get(url(page, theirs.id))
        assert (foreign.status_code, foreign.text) == (
            404,
            colleague.get(url(page, uuid4())).text,
        )

    @pytest.mark.parametrize(
        "act",
        [
            "customer_status",
            "customer_address_add",
            "customer_address_remove",
            "customer_contact_add",
            "customer_contact_remove",
            "customer_note_add",
            "customer_invite",
            "customer_invitation_revoke",
            "customer_person_remove",
            "customer_person_role",
        ],
    )
    def test_change(self, act, colleague, reader, customer, other_tenant):
        with other_tenant:
            theirs = a_customer()

        assert reader.post(url(act, customer.id)).status_code == 403
        assert colleague.post(url(act, customer.id)).status_code == 302
        assert colleague.get(url(act, customer.id)).status_code == 405
        assert colleague.post(url(act, theirs.id)).status_code == 404

    def test_not_operators_of_the_platform(self, operator, customer):
        """They hold the permission, but a company's own pages are not theirs to enter."""
        for page in (LIST, NEW, *(url(tab, customer.id) for tab in TABS)):
            assert operator.get(page).status_code == 403

    def test_a_reader_sees_no_buttons(self, reader, customer):
        page = reader.get(url("customer", customer.id)).text

        assert "Editar" not in page
        assert "Encerrar" not in page
        assert "Novo cliente" not in reader.get(LIST).text

    def test_tabs_are_those_one_may_open(self, site, customer):
        person = a_person("fina@padaria.example")
        a_member(site, person, "finance")
        finance = browser(person)

        page = finance.get(url("customer", customer.id)).text

        assert url("customer_invoices", customer.id) in page
        assert url("customer_services", customer.id) not in page
        assert finance.get(url("customer_services", customer.id)).status_code == 403


class TestList:
    def test_is_empty_with_a_way_on(self, colleague):
        page = colleague.get(LIST).text

        assert "Nenhum cliente ainda" in page
        assert NEW in page

    @pytest.mark.parametrize(
        "asked", [{"q": "joao"}, {"etiqueta": "vip"}, {"situacao": "active"}]
    )
    def test_narrows(self, asked, colleague, customer):
        assert "João Padeiro" in colleague.get(LIST, asked).text

    @pytest.mark.parametrize(
        "asked",
        [{"q": "maria"}, {"etiqueta": "x"}, {"situacao": "closed"}, {"desde": "2099-01-01"}],
    )
    def test_says_when_nobody_fits(self, asked, colleague, customer):
        assert "Nenhum cliente com estes filtros" in colleague.get(LIST, asked).text

    @pytest.mark.parametrize(
        "asked", [{"nivel": "x"}, {"desde": "ontem"}, {"situacao": "x"}, {"antes": "x"}]
    )
    def test_what_cannot_be_read_narrows_nothing(self, asked, colleague, customer):
        assert "João Padeiro" in colleague.get(LIST, asked).text

    def test_begins_a_day_where_the_company_is(self, colleague, customer):
        late_evening = datetime(2026, 9, 2, 1, 30, tzinfo=UTC)  # the first, 22h30 in São Paulo
        Customer.objects.filter(pk=customer.pk).update(created_at=late_evening)

        assert "João Padeiro" in colleague.get(LIST, {"desde": "2026-09-01"}).text
        assert "João Padeiro" not in colleague.get(LIST, {"desde": "2026-09-02"}).text

    def test_has_pages(self, colleague, site):
        for number in range(51):
            a_customer(name=f"Pessoa {number:02}")

        first = colleague.get(LIST)
        oldest = Customer.objects.order_by("-id")[49].id

        assert "Pessoa 00" not in first.text
        assert "Pessoa 00" in colleague.get(LIST, {"antes": str(oldest)}).text

    def test_keeps_views_for_oneself_or_for_all(self, colleague, reader, customer):
        save = url("customer_view_new")

        colleague.post(f"{save}?etiqueta=vip&antes=x&next=//evil", {"name": "Meus"})
        colleague.post(f"{save}?situacao=blocked", {"name": "Deles", "is_shared": "on"})

        mine, theirs = colleague.get(LIST).text, reader.get(LIST).text
        assert f'{LIST}?etiqueta=vip"' in mine
        assert "evil" not in mine
        assert ("Meus" in theirs, "Deles" in theirs) == (False, True)


class TestEditing:
    def test_writes_a_customer_down(self, colleague):
        document = a_cpf()

        answer = colleague.post(NEW, {**FIELDS, "document": document, "tags": "a, b"})

        made = Customer.objects.get()
        assert answer.headers["Location"] == url("customer", made.id)
        assert detail_of(made.id).profile.tags == ("a", "b")

    def test_tells_what_is_wrong(self, colleague, customer):
        wrong = colleague.post(NEW, {**FIELDS, "document": "111"})
        taken = colleague.post(NEW, {**FIELDS, "document": customer.document})

        assert (wrong.status_code, taken.status_code) == (422, 422)
        assert "não confere" in wrong.text
        assert "Já existe um cliente" in taken.text

    def test_refuses_who_looked_at_an_older_version(self, colleague, customer):
        edit = url("customer_edit", customer.id)
        first = {**FIELDS, "version": 1}

        assert colleague.post(edit, first).status_code == 302
        late = colleague.post(edit, {**first, "name": "Outra"})

        assert late.status_code == 422
        assert "enquanto você editava" in late.text
        assert Customer.objects.get().name == "Flora"

    def test_blocks_and_does_not_close_who_has_services(self, colleague, customer):
        a_service(customer=customer)
        change = url("customer_status", customer.id)

        refused = colleague.post(change, {"para": "close"}, follow=True)
        blocked = colleague.post(change, {"para": "block"}, follow=True)

        assert "ainda tem serviços" in refused.text
        assert "Bloqueado" in blocked.text

    def test_leads_to_the_unpaid_orders_of_who_is_to_be_closed(self, colleague, site):
        order = an_order()

        refused = colleague.post(
            url("customer_status", order.customer_id), {"para": "close"}, follow=True
        )

        assert f"O pedido nº {order.number} espera pagamento" in refused.text
        assert refused.request["PATH_INFO"] == url("customer_orders", order.customer_id)

    def test_keeps_addresses_contacts_and_notes(self, colleague, customer):
        address = {
            "kind": "billing",
            "postal_code": "80010-000",
            "street": "Rua XV",
            "number": "1",
            "district": "Centro",
            "city": "Curitiba",
            "state": "PR",
        }
        colleague.post(url("customer_address_add", customer.id), address)
        colleague.post(
            url("customer_contact_add", customer.id), {"name": "Bia", "role": "billing"}
        )
        colleague.post(url("customer_note_add", customer.id), {"body": "<b>Ligou</b>"})
        wrong = colleague.post(
            url("customer_address_add", customer.id),
            {**address, "postal_code": "1"},
            follow=True,
        )

        assert "O CEP tem oito números" in wrong.text
        assert len(addresses_of(customer.id)) == len(contacts_of(customer.id)) == 1
        assert len(notes_of(customer.id)) == 1
        page = colleague.get(url("customer_notes", customer.id)).text
        assert "&lt;b&gt;Ligou&lt;/b&gt;" in page
        assert "Caio" in page

        (kept,) = contacts_of(customer.id)
        colleague.post(url("customer_contact_remove", customer.id), {"id": str(kept.id)})
        assert contacts_of(customer.id) == []

    def test_lets_nobody_in_to_bills_that_the_inviter_may_not_see(self, site, customer):
        sofia = a_person("sofia@padaria.example", name="Sofia")
        owner = a_person("dono@padaria.example", name="Dono")
        a_member(site, owner, "owner")
        role = copy_role(key="support", name="Cadastro", by=owner.id, at=now())
        held = ["customers:read", "customers:update", "workspace:enter"]
        edit_role(key=role, permissions=held, by=owner.id, at=now())
        a_member(site, sofia, role)
        client = browser(sofia)

        for kind in ("owner", "billing", "technical"):
            invite = {"email": f"{kind}@x.example", "role": kind}
            client.post(url("customer_invite", customer.id), invite)

        assert [one.role for one in open_invitations(customer.id, at=now())] == ["technical"]

    def test_changes_what_a_person_may_do_and_keeps_an_owner(self, colleague, customer):
        owner = a_customer_user(customer, a_person("dona@x.example", name="Dona"))
        helper = a_customer_user(customer, a_person("tec@x.example", name="Tec"), "technical")

        def make(link, role):
            given = {"id": str(link.id), "role": role}
            answer = colleague.post(url("customer_person_role", customer.id), given)
            link.refresh_from_db()
            return answer.status_code, link.role

        assert make(owner, "billing") == (302, "owner")
        assert make(helper, "owner") == (302, "owner")
        assert make(owner, "billing") == (302, "billing")
        assert make(helper, "king") == (302, "owner")
        actions = Entry.objects.filter(action="customer.role_changed")
        assert actions.count() == 2

    def test_makes_nobody_what_opens_bills_that_one_may_not_see(self, site, customer):
        sofia = a_person("sofia@padaria.example", name="Sofia")
        a_member(site, sofia, "support")
        helper = a_customer_user(customer, a_person("tec@x.example", name="Tec"), "technical")
        given = {"id": str(helper.id), "role": "billing"}

        browser(sofia).post(url("customer_person_role", customer.id), given)

        helper.refresh_from_db()
        assert helper.role == "technical"

    def test_takes_from_nobody_what_that_one_could_not_give(self, site, customer):
        sofia = a_person("sofia@padaria.example", name="Sofia")
        a_member(site, sofia, "support")
        a_customer_user(customer, a_person("dona@x.example", name="Dona"))
        owner = a_customer_user(customer, a_person("outra@x.example", name="Outra"))
        given = {"id": str(owner.id), "role": "technical"}

        for act in ("customer_person_role", "customer_person_remove"):
            browser(sofia).post(url(act, customer.id), given)

        owner.refresh_from_db()
        assert owner.role == "owner"

    def test_invites_and_takes_away_access(self, colleague, customer):
        offered = f'value="{customer.email}"'  # while nobody is let in
        assert offered in colleague.get(url("customer_people", customer.id)).text
        a_customer_user(customer, a_person("dona@x.example", name="Dona"))
        helper = a_customer_user(customer, a_person("tec@x.example", name="Tec"), "technical")
        invite = {"email": "nova@x.example", "role": "billing"}

        colleague.post(url("customer_invite", customer.id), invite)
        (waiting,) = open_invitations(customer.id, at=now())
        page = colleague.get(url("customer_people", customer.id)).text
        colleague.post(url("customer_invitation_revoke", customer.id), {"id": str(waiting.id)})
        colleague.post(url("customer_person_remove", customer.id), {"id": str(helper.id)})
        after = colleague.get(url("customer_people", customer.id)).text

        assert all(word in page for word in ("Dona", "Tec", "nova@x.example"))
        assert offered not in page
        assert ("Dona" in after, "Tec" in after, "nova@x.example" in after) == (
            True,
            False,
            False,
        )


class TestDetail:
    def test_shows_what_every_app_knows(self, colleague, site):
        order = an_order(domain="floricultura.com.br")
        customer = Customer.objects.get(pk=order.customer_id)
        a_service(customer=customer, domain="floricultura.com.br")
        open_ticket(subject="Não abre", body="x", key="1", customer_id=customer.id, at=NOON)
        an_invoice()  # somebody else's

        shown = {tab: colleague.get(url(tab, customer.id)).text for tab in TABS}

        assert "Pedido nº 1" in shown["customer_orders"]
        assert "floricultura.com.br" in shown["customer_services"]
        assert shown["customer_invoices"].count("Fatura nº") == 1
        assert "Não abre" in shown["customer_tickets"]
        assert "Cliente cadastrado" in shown["customer_history"]


class TestFiles:
    def upload(self, who, text):
        file = SimpleUploadedFile("clientes.csv", text.encode())
        return who.post(url("customers_import_new"), {"file": file}).headers["Location"]

    def test_come_in_column_by_column(self, colleague):
        page = self.upload(colleague, "Cliente;E-mail;Fone\nÁgata;agata@x.example;1\n;x;2")

        before = colleague.get(page).text
        colleague.post(page, {"name": "0", "email": "1", "phone": "2"})
        during = colleague.get(page).text
        run_jobs()
        after = colleague.get(page).text

        assert "Ágata" in before
        assert 'hx-trigger="every 2s"' in during
        assert "Falta preencher." in after
        assert "Não é um e-mail." in after
        assert "hx-get" not in after
        assert Customer.objects.get().name == "Ágata"

    def test_are_canceled(self, colleague):
        page = self.upload(colleague, "Nome;Email\na;a@x.example")

        colleague.post(f"{page}cancelar/")

        assert "não foi lido" in colleague.get(page).text
        assert CustomerImport.objects.get().state == "canceled"

    def test_whose_reading_stopped_say_what_to_do(self, colleague):
        page = self.upload(colleague, "Nome;Email\na;a@x.example")
        colleague.post(page, {"name": "0", "email": "1"})
        abandon_import(import_id=CustomerImport.objects.get().id, position=0, at=NOON)

        said = colleague.get(page).text

        assert "A leitura parou por uma falha nossa" in said
        assert url("customers_import_new") in said
        assert "hx-get" not in said

    def test_that_could_not_be_written_say_so(self, colleague):
        asked = colleague.post(url("customers_export_new"), {})
        page = approve(colleague, asked).headers["Location"]
        abandon_export(export_id=CustomerExport.objects.get().id, part=0, at=NOON)

        said = colleague.get(page).text

        assert "não pôde ser escrito" in said
        assert "Baixar CSV" not in said
        assert colleague.post(f"{page}arquivo/").status_code == 404

    def test_are_checked_before_they_start(self, colleague):
        file = SimpleUploadedFile("x.csv", b"Nome;Email\nAna;ana@x.com\n;y\n")
        page = colleague.post(url("customers_import_new"), {"file": file}).headers["Location"]

        first = colleague.get(page).text
        again = colleague.post(page, {"name": "1", "email": "0", "conferir": "1"}).text

        assert "As primeiras 2 de 2 linhas" in first
        assert "Linhas com erro" in first
        assert "Conferência" in again
        assert CustomerImport.objects.get().state == "waiting"

    def test_that_are_none_are_refused_in_words(self, colleague):
        file = SimpleUploadedFile("x.csv", b"\0\0")

        answer = colleague.post(url("customers_import_new"), {"file": file})

        assert answer.status_code == 422
        assert "Não deu para ler este arquivo" in answer.text

    def test_go_out_to_who_asked(self, colleague, customer, site):
        asked = colleague.post(url("customers_export_new"), {"etiqueta": "vip"})
        page = approve(colleague, asked).headers["Location"]
        other = a_person("dono@padaria.example")
        a_member(site, other, "owner")

        waiting = colleague.get(page).text
        run_jobs()
        assert colleague.post(f"{page}arquivo/").status_code == 403
        file = approve(colleague, f"{page}arquivo/")

        assert "Escrevendo o arquivo" in waiting
        assert "Arquivo pronto" in colleague.get(page).text
        assert file.headers["Content-Disposition"] == 'attachment; filename="clientes.csv"'
        assert "João Padeiro" in file.getvalue().decode()
        assert browser(other).get(page).status_code == 404

    def test_are_not_narrowed_by_what_no_database_keeps(self, colleague):
        asked = colleague.post(url("customers_export_new"), {"q": "a\0b", "etiqueta": "\0"})

        approve(colleague, asked)
        assert CustomerExport.objects.get().wanted == {}

    def test_are_not_for_everybody(self, reader, customer):
        assert reader.post(url("customers_export_new")).status_code == 403
        assert reader.post(url("customers_import_new")).status_code == 403
        assert not CustomerExport.objects.exists()


class TestTiers:
    def test_are_renamed_and_dropped_while_nobody_is_in_them(self, colleague, site):
        gold, silver = add_tier(name="Ouro", at=NOON), add_tier(name="Prata", at=NOON)
        create_customer(profile=a_profile(tier_id=gold), at=NOON)
        rename = reverse("workspace:customer_tier_rename")
        drop = reverse("workspace:customer_tier_drop")

        colleague.post(rename, {"id": str(gold), "name": "Diamante"})
        taken = colleague.post(
            rename, {"id": str(silver), "name": "Diamante"}, follow=True
        ).text
        in_use = colleague.post(drop, {"id": str(gold)}, follow=True).text
        colleague.post(drop, {"id": str(silver)})
        page = colleague.get(reverse("workspace:customers")).text

        assert "Já existe um nível com este nome." in taken
        assert "Há clientes neste nível." in in_use
        assert "Apagar Diamante" in page
        assert "Prata" not in page
        told = Entry.objects.filter(entity="tier").order_by("id")
        assert [one.action for one in told][2:] == ["tier.renamed", "tier.dropped"]
        assert colleague.post(drop, {"id": "nada"}).status_code == 404
