"""An order's own page: what it refuses, it says."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import GatewayAccount
from alicerce.apps.billing.services.book_payment import book_payment
from alicerce.apps.billing.services.void_invoice import void_invoice
from alicerce.apps.billing.tests.factories import a_payment, an_account
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.customers.models import Customer
from alicerce.apps.hosting.tests.factories import NOON
from alicerce.apps.identity.models import User
from alicerce.apps.notify.models import Message
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.models import Order
from alicerce.apps.orders.services.cancel_link import proof_of
from alicerce.apps.orders.tests.factories import an_order
from alicerce.kernel.clock import now
from alicerce.kernel.crypto import reveal
from alicerce.surfaces.tests.conftest import browser


@pytest.fixture
def order(site, provider):
    an_account(GatewayKind.PIX)
    return an_order()


@pytest.fixture
def pay(order):
    url = reverse("site:order_payment", args=[order.token])
    return lambda method: Client().post(url, {"method": method})


def status_of(order):
    return Order.objects.values_list("status", flat=True).get(pk=order.id)


def link_in_letter(order):
    Client().post(reverse("site:order_cancel", args=[order.token]))
    letter = Message.objects.get(template="order_cancel_asked")
    return json.loads(reveal(letter, "values"))["link_cancel"].removeprefix("http://testserver")


class TestPay:
    def test_leads_back_to_the_page_when_there_is_nothing_left_to_pay(self, order, pay):
        void_invoice(invoice_id=billing.invoice_of_order(order.id).id, at=NOON)

        answer = pay("pix")

        assert answer.status_code == 302
        assert answer.url == reverse("site:order", args=[order.token])

    def test_leads_back_when_the_method_is_not_offered(self, order, pay):
        assert pay("card").url == reverse("site:order", args=[order.token])

    def test_knows_no_other_method(self, pay):
        assert pay("cash").status_code == 404


class TestFollow:
    def test_shows_the_domain_as_people_write_it(self, site, provider):
        an_account(GatewayKind.PIX)
        order = an_order(domain="xn--po-quente-l2a.com.br")
        page = Client().get(reverse("site:order", args=[order.token])).content.decode()
        assert "pão-quente.com.br" in page
        assert "xn--" not in page

    def test_polls_bring_the_state_beside_the_title_along(self, order):
        url = reverse("site:order", args=[order.token])
        poll = {"HX-Request": "true", "HX-Target": "div#pedido"}
        page = Client().get(url, headers=poll).content.decode()
        assert 'hx-swap-oob="innerHTML"' in page
        assert "Aguardando pagamento" in page


@pytest.fixture
def buyers_browser(order):
    """Of the person whom the order made known as its customer's."""
    return browser(User.objects.get(email=Customer.objects.get(pk=order.customer_id).email))


class TestCancel:
    def test_is_offered_while_nobody_paid(self, order):
        page = Client().get(reverse("site:order", args=[order.token])).text

        assert reverse("site:order_cancel", args=[order.token]) in page

    def test_ends_the_order_and_what_could_be_paid(self, order, pay, provider, buyers_browser):
        pay("pix")
        url = reverse("site:order_cancel", args=[order.token])

        page = buyers_browser.post(url, follow=True).text

        assert "Este pedido foi cancelado" in page
        assert url not in page
        assert billing.invoice_of_order(order.id).status == "void"

    def test_is_refused_in_words_once_it_was_paid(self, order):
        invoice = billing.invoice_of_order(order.id)
        account_id = GatewayAccount.objects.get().id
        paid = a_payment(invoice.id, amount=invoice.total)
        book_payment(account_id=account_id, paid=paid, at=NOON)

        url = reverse("site:order_cancel", args=[order.token])
        page = Client().post(url, follow=True).text

        assert "Só se cancela um pedido que ainda não foi pago" in page

    def test_moves_on_the_page_that_somebody_else_looks_at(self, order, buyers_browser):
        url = reverse("site:order", args=[order.token])
        buyers_browser.post(reverse("site:order_cancel", args=[order.token]))
        poll = {"HX-Request": "true", "HX-Target": "div#pedido"}

        assert Client().get(url, headers=poll).headers["HX-Redirect"] == url

    def test_by_who_only_holds_the_link_asks_the_buyer(self, order, renata_browser):
        url = reverse("site:order_cancel", args=[order.token])

        for client in (Client(), renata_browser):
            page = client.post(url, follow=True).text
            assert "Enviamos um e-mail a quem fez o pedido" in page

        assert status_of(order) == "awaiting_payment"
        letter = Message.objects.get(template="order_cancel_asked")  # one an hour
        assert letter.to == Customer.objects.get(pk=order.customer_id).email

    def test_by_letter_takes_the_button_too(self, order):
        link = link_in_letter(order)

        assert "Cancelar o pedido nº" in Client().get(link).text
        assert status_of(order) == "awaiting_payment"

        page = Client().post(link, follow=True).text
        assert "Este pedido foi cancelado" in page
        assert status_of(order) == "canceled"

    def test_by_letter_is_good_for_one_order_and_one_day(self, order):
        other = an_order(domain="outra.com.br")
        late = proof_of(order_id=order.id, until=now())
        of_another = proof_of(order_id=other.id, until=now() + timedelta(hours=1))
        good = proof_of(order_id=order.id, until=now() + timedelta(hours=1))
        crooked = good[:-1] + ("A" if good[-1] != "A" else "B")

        for proof in (late, of_another, crooked, "x"):
            url = reverse("site:order_cancel_confirm", args=[order.token, proof])
            assert "Este link não vale mais" in Client().post(url, follow=True).text

        assert status_of(order) == "awaiting_payment"

    def test_of_an_order_that_is_not_there(self, site):
        assert Client().post(reverse("site:order_cancel", args=["nada"])).status_code == 404


class TestTrial:
    def test_begins_by_the_button_that_the_letter_leads_to(self, site):
        order = an_order(price=a_price(trial_days=14))
        page = reverse("site:order", args=[order.token])
        assert "Confirme o e-mail" in Client().get(page).text
        assert (
            Client().post(reverse("site:order_payment", args=[order.token])).status_code == 404
        )

        Client().post(reverse("site:order_trial", args=[order.token]))
        letter = Message.objects.get(template="order_trial")
        link = json.loads(reveal(letter, "values"))["link_trial"].removeprefix(
            "http://testserver"
        )
        assert "Começar o teste" in Client().get(link).text
        assert status_of(order) == "awaiting_payment"

        assert "Ativação" in Client().post(link, follow=True).text
        assert status_of(order) == "delivering"

    def test_of_a_card_says_what_it_will_cost_and_lets_a_newcomer_in(self, site):
        order = an_order(price=a_price(amount_cents=4990, trial_days=14, trial_card=True))
        buyer = Customer.objects.get(pk=order.customer_id)
        assert "R$\xa049,90" in Client().get(reverse("site:order", args=[order.token])).text

        orders.send_trial_link(order_id=order.id, at=now())
        said = json.loads(reveal(Message.objects.get(template="order_trial"), "values"))
        assert said["later"] == "R$\xa049,90"
        assert "/entrar/senha/" in said["link_password"]

        User.objects.filter(email=buyer.email).update(last_login=now())
        orders.send_trial_link(order_id=order.id, at=now() + timedelta(hours=1))
        again = Message.objects.filter(template="order_trial").order_by("id").last()
        assert json.loads(reveal(again, "values"))["link_password"] == ""

    def test_begins_at_once_for_the_customers_own_person(self, site):
        order = an_order(price=a_price(trial_days=14))
        person = User.objects.get(email=Customer.objects.get(pk=order.customer_id).email)

        browser(person).post(reverse("site:order_trial", args=[order.token]))

        assert status_of(order) == "delivering"
        again = an_order(price=a_price(trial_days=7), domain="b.com.br", user_id=person.id)
        assert status_of(again) == "delivering"

    def test_that_needs_a_card_waits_for_it_and_sends_its_buyer_no_letter(self, site):
        price = a_price(trial_days=14, trial_card=True)
        order = an_order(price=price)
        person = User.objects.get(email=Customer.objects.get(pk=order.customer_id).email)
        page = reverse("site:order", args=[order.token])
        assert "Mandar o e-mail de novo" in Client().get(page).text

        theirs = browser(person).get(page).text
        assert "Mandar o e-mail" not in theirs
        assert "começa sozinho quando você guardar um cartão" in theirs
        browser(person).post(reverse("site:order_trial", args=[order.token]))
        assert Order.objects.get(pk=order.id).trial_agreed
        another = a_price(trial_days=14, trial_card=True)
        own = an_order(price=another, domain="b.com.br", user_id=person.id)
        assert Order.objects.get(pk=own.id).trial_agreed
