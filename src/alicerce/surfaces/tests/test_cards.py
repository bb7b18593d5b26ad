"""Kept cards on pages and in the API: the customer's own, and what staff and programs may do."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from alicerce.apps.billing.models import Charge
from alicerce.apps.billing.tests.factories import an_account, an_invoice
from alicerce.apps.billing.types import ChargeStatus, GatewayKind
from alicerce.apps.collecting.models import Attempt, Autopay, Card, Mandate, Payer, Visit
from alicerce.apps.collecting.services.ask_mandate import ask_mandate
from alicerce.apps.collecting.services.keep_cards import take_over
from alicerce.apps.collecting.tests.factories import an_owed_invoice
from alicerce.apps.collecting.types import AttemptStatus, Decline, KeptCard, MandateLimit
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.developers.tests.factories import a_key
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.clock import now
from alicerce.surfaces.tests.conftest import approve, browser
from alicerce.ui.formats import day

CARDS = "/area-do-cliente/cartoes/"


def a_card(customer, name="pm_1", last4="4242"):
    account = an_account(GatewayKind.STRIPE)
    payer = Payer.objects.create(customer=customer, account=account, external_id=f"cus_{name}")
    told = KeptCard(name, "visa", last4, 12, now().year + 2)
    take_over(payer_id=payer.id, told=[told], at=now())
    return Card.objects.get(payer=payer)


@pytest.fixture
def card(renata):
    return a_card(renata)


@pytest.fixture
def invoice(renata, card):
    return an_owed_invoice(renata.id, due_on=now().date() + timedelta(days=3), at=now())


class TestClient:
    def test_sees_cards_and_what_they_pay_and_chooses(
        self, renata_browser, renata, card, invoice
    ):
        page = renata_browser.get(CARDS).content.decode()
        assert "Visa •••• 4242" in page
        assert "Pagamento automático ligado" in page
        due = day(now().date() + timedelta(days=3))
        assert f"Visa •••• 4242 em {due}" in page

        switch = {"cliente": str(renata.id), "ligado": "0"}
        renata_browser.post(reverse("client:cards_autopay"), switch)
        assert not Autopay.objects.get().is_on
        renata_browser.post(reverse("client:card_charge", args=[invoice.id]))
        assert Attempt.objects.get().trigger == "client_retry"
        renata_browser.post(reverse("client:card_remove", args=[card.id]))
        assert "Nenhum cartão guardado" in renata_browser.get(CARDS).content.decode()

    def test_reads_on_the_invoice_what_pays_it_and_pays_it_at_once(
        self, renata_browser, renata, card, invoice
    ):
        own = reverse("client:invoice", args=[invoice.id])
        due = day(invoice.due_on)
        for page in (own, reverse("client:home"), f"/fatura/{invoice.token}/"):
            assert f"Visa •••• 4242 em {due}" in renata_browser.get(page).text, page
        assert "Pagar agora com" not in renata_browser.get(f"/fatura/{invoice.token}/").text
        assert "Pagar agora com Visa •••• 4242" in renata_browser.get(own).text

        pay = reverse("client:card_charge", args=[invoice.id])
        for _ in range(2):
            assert renata_browser.post(pay, {"volta": "fatura"}).headers["Location"] == (
                f"{own}?forma=card"
            )

        attempt = Attempt.objects.get()
        waiting = renata_browser.get(own).text
        assert "Estamos cobrando o cartão guardado" in waiting
        assert "Pagar agora com" not in waiting
        attempt.end(
            AttemptStatus.FAILED,
            at=now(),
            reason="authentication_required",
            decline=Decline.OWNER,
        )
        Charge.objects.update(status=ChargeStatus.FAILED)
        refused = renata_browser.get(f"{own}?forma=card").text
        assert "O banco do Visa •••• 4242 quer que você confirme esta cobrança" in refused
        assert "A cobrança não foi aceita" not in refused, "it waits for a person"
        assert "/confirmar-cartao/" in refused
        assert "Pagar agora com" in refused
        for page in (refused, renata_browser.get(f"/fatura/{invoice.token}/").text):
            assert "A última cobrança não passou" in page
            assert "Você não precisa fazer nada" not in page, "their site may go off before"

    def test_chooses_which_pays_first(self, renata_browser, renata, card, invoice, psp):
        a_mandate(renata)
        assert "O Pix Automático paga primeiro" in renata_browser.get(CARDS).text

        chosen = {"cliente": str(renata.id), "forma": "card"}
        renata_browser.post(reverse("client:cards_way"), chosen)

        assert Autopay.objects.get().way == "card"
        assert "O cartão paga primeiro" in renata_browser.get(CARDS).text

    def test_is_led_to_the_providers_page_once_it_is_open(self, renata_browser, renata):
        an_account(GatewayKind.STRIPE)
        leave = reverse("client:cards_leave", args=["guardar"])
        way = renata_browser.post(leave, {"cliente": str(renata.id)}).headers["Location"]
        assert "Abrindo a página segura" in renata_browser.get(way).content.decode()

        Visit.objects.get().open("https://stripe.invalid/pay/cs_1")
        assert "https://stripe.invalid/pay/cs_1" in renata_browser.get(way).content.decode()

    def test_touches_nobody_elses(self, renata_browser, card):
        others = a_card(a_customer(email="outra@example.com"), "pm_2", "1111")

        for name in ("card_remove", "card_default"):
            assert (
                renata_browser.post(reverse(f"client:{name}", args=[others.id])).status_code
                == 404
            )
        foreign = {"cliente": str(others.customer_id), "ligado": "0"}
        assert renata_browser.post(reverse("client:cards_autopay"), foreign).status_code == 404
        assert "1111" not in renata_browser.get(CARDS).content.decode()


class TestWorkspace:
    def test_shows_a_customers_cards_and_charges_one(self, site, renata, card, invoice):
        person = a_person("fabio@padaria.example", name="Fábio")
        a_member(site, person, "finance")
        finance = browser(person)
        url = reverse("workspace:customer_cards", args=[renata.id])
        assert "Visa •••• 4242" in finance.get(url).content.decode()

        page = finance.get(reverse("workspace:invoice", args=[invoice.id])).text
        assert "Cobramos o Visa •••• 4242" in page
        assert "Cobrar o cartão guardado agora" in page
        charge = reverse("workspace:card_charge", args=[invoice.id])
        approve(finance, charge, shows=("Visa •••• 4242",))

        assert Attempt.objects.get().trigger == "admin"
        assert "Pedido da equipe" in finance.get(url).content.decode()

    def test_only_shows_them_to_who_reads(self, site, renata, card, invoice):
        person = a_person("lia@padaria.example", name="Lia")
        a_member(site, person, "read_only")
        reader = browser(person)

        page = reader.get(reverse("workspace:customer_cards", args=[renata.id]))
        assert "Cobrar o cartão" not in page.content.decode()
        refused = reader.post(reverse("workspace:card_charge", args=[invoice.id]))
        assert refused.status_code == 403


class TestApi:
    def test_lists_and_charges_and_tells_how_far_it_is(
        self, site, client, renata, card, invoice
    ):
        secret = a_key(site, "billing:read", "collecting:charge", at=now()).secret
        headers = {"Authorization": f"Bearer {secret}"}
        [listed] = client.get(
            f"/v1/payment-methods?customer_id={renata.id}", headers=headers
        ).json()["data"]
        assert (listed["last4"], listed["is_default"]) == ("4242", True)
        charge = f"/v1/invoices/{invoice.id}/charge"
        answers = [
            client.post(
                charge,
                json.dumps({"payment_method_id": str(card.id)}),
                content_type="application/json",
                headers=headers,
            )
            for _ in range(2)
        ]

        assert [each.status_code for each in answers] == [202, 409]
        told = client.get(answers[0].headers["Location"], headers=headers).json()
        assert [each["status"] for each in told["attempts"]] == ["begun"]
        assert (told["pays_itself"]["by"], told["pays_itself"]["stage"]) == (
            "card",
            "under_way",
        )
        assert answers[1].json()["code"] == "already_charging"


class TestMandates:
    """Pix Automático where its customer, the company and programs see it."""

    def test_its_customer_asks_for_one_and_takes_it_back(self, renata_browser, renata, psp):
        assert "Autorizar Pix Automático" in renata_browser.get(CARDS).content.decode()
        made = renata_browser.post(reverse("client:automatic_ask"), {"most": "99,90"})
        mandate = Mandate.objects.get()
        waiting = renata_browser.get(made.headers["Location"]).content.decode()
        assert "Preparando o código" in waiting
        mandate.open("00020126", look_at=now())
        assert "Até R$" in renata_browser.get(made.headers["Location"]).content.decode()

        renata_browser.post(reverse("client:automatic_revoke", args=[mandate.id]))

        mandate.refresh_from_db()
        assert (mandate.status, mandate.ended_by) == ("ended", "customer")

    def test_only_who_may_ends_it_for_the_company(self, site, renata, psp):
        mandate = a_mandate(renata)
        url = reverse("workspace:mandate_revoke", args=[mandate.id])
        for role, status in (("read_only", 403), ("finance", 302)):
            person = a_person(f"{role}@padaria.example", name="Lia")
            a_member(site, person, role)
            page = browser(person).get(reverse("workspace:customer_cards", args=[renata.id]))
            assert "Autorizado" in page.content.decode()
            assert browser(person).post(url).status_code == status
        mandate.refresh_from_db()
        assert mandate.ended_by == "company"

    def test_a_bank_is_asked_by_its_customer_the_company_or_a_program(
        self, site, client, renata_browser, renata, psp
    ):
        page = reverse("client:automatic_ask_bank")
        assert page in renata_browser.get(CARDS).content.decode()
        told = {"bank": "18236120", "branch": "0001", "number": "1234567", "days": "7"}
        wrong = {**told, "most": "99,90", "bank": "other"}
        assert renata_browser.post(page, wrong).status_code == 422
        made = renata_browser.post(page, {**told, "most": "99,90"})
        mandate = Mandate.objects.get()
        assert (mandate.journey, mandate.bank, mandate.number) == ("app", "18236120", "1234567")
        where = made.headers["Location"]
        assert "Enviando o pedido" in renata_browser.get(where).content.decode()
        mandate.show("SC1", look_at=now())
        assert "aplicativo do banco: Nubank" in renata_browser.get(where).content.decode()

        ask = reverse("workspace:mandate_ask", args=[renata.id])
        for role, status in (("read_only", 403), ("finance", 302)):
            person = a_person(f"{role}@padaria.example", name="Lia")
            a_member(site, person, role)
            assert browser(person).post(ask, {**told, "most": "99,90"}).status_code == status
        secret = a_key(site, "billing:read", "collecting:ask", at=now()).secret
        headers = {"Authorization": f"Bearer {secret}"}
        wanted = {"customer_id": str(renata.id), "most_cents": 9990, "bank": "18236120"}
        body = json.dumps({**wanted, "account": "1234567"})

        def send():
            return client.post("/v1/mandates", body, "application/json", headers=headers)

        assert send().json()["code"] == "already_requested"
        renata_browser.post(reverse("client:automatic_revoke", args=[mandate.id]))
        mandate.refresh_from_db()
        assert mandate.status == "ended"
        answer = send()
        assert (answer.status_code, answer.json()["journey"]) == (202, "app")
        assert Mandate.objects.count() == 2

    def test_whoever_pays_an_invoice_has_their_bank_asked_from_its_page(
        self, client, renata, psp
    ):
        invoice = an_invoice(customer_id=renata.id)
        page = reverse("site:automatic_bank", args=[invoice.token])
        paying = reverse("site:invoice", args=[invoice.token])
        assert page in client.get(paying).text
        assert "não paga esta fatura" in client.get(page).text
        told = {"bank": "18236120", "branch": "", "number": "1234567", "days": "7"}
        low = client.post(page, {**told, "most": "10,00"})  # below what the invoice asks for
        assert (low.status_code, Mandate.objects.count()) == (302, 0)

        made = client.post(page, {**told, "most": "99,90"})

        assert "Enviando o pedido" in client.get(made.headers["Location"]).text
        assert Mandate.objects.get().invoice_id == invoice.id
        assert page not in client.get(paying).text
        assert client.get(page).headers["Location"] == made.headers["Location"]

    def test_programs_list_and_end_them(self, site, client, renata, psp):
        mandate = a_mandate(renata)
        secret = a_key(site, "billing:read", "collecting:revoke", at=now()).secret
        headers = {"Authorization": f"Bearer {secret}"}
        listed = client.get("/v1/mandates", headers=headers).json()["data"]
        assert [(each["status"], each["most_cents"]) for each in listed] == [
            ("approved", 10000)
        ]

        answer = client.post(
            f"/v1/mandates/{mandate.id}/revoke", "{}", "application/json", headers=headers
        )

        assert answer.status_code == 202
        told = client.get(answer.headers["Location"], headers=headers).json()
        assert (told["status"], told["ended_by"]) == ("ended", "company")


@pytest.fixture
def psp(site):
    """Nobody calls it: what a PSP does is for `collecting/tests/test_automatic.py`."""
    automatic = {"conta": "1", "tipoConta": "CORRENTE"}
    return an_account(settings={"pix_key": "k", "automatic": automatic})


def a_mandate(customer):
    limit = MandateLimit(most_cents=10000)
    mandate_id = ask_mandate(customer_id=customer.id, limit=limit, at=now())
    mandate = Mandate.objects.lock(mandate_id)
    mandate.approve(at=now(), look_at=now())
    return mandate
