"""Kept cards on pages and in the API: the customer's own, and what staff and programs may do."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from alicerce.apps.billing.tests.factories import an_account
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.collecting.models import Attempt, Autopay, Card, Payer, Visit
from alicerce.apps.collecting.services.keep_cards import take_over
from alicerce.apps.collecting.tests.factories import an_owed_invoice
from alicerce.apps.collecting.types import KeptCard
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.developers.tests.factories import a_key
from alicerce.apps.tenancy.tests.factories import a_member, a_person
from alicerce.kernel.clock import now
from alicerce.surfaces.tests.conftest import browser

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
        assert "O cartão é cobrado em" in page

        switch = {"cliente": str(renata.id), "ligado": "0"}
        renata_browser.post(reverse("client:cards_autopay"), switch)
        assert not Autopay.objects.get().is_on
        renata_browser.post(reverse("client:card_charge", args=[invoice.id]))
        assert Attempt.objects.get().trigger == "client_retry"
        renata_browser.post(reverse("client:card_remove", args=[card.id]))
        assert "Nenhum cartão guardado" in renata_browser.get(CARDS).content.decode()

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

        finance.post(reverse("workspace:card_charge", args=[invoice.id]))

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
        assert answers[1].json()["code"] == "already_charging"
