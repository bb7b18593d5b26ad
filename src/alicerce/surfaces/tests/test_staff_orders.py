"""Somebody of the company orders for a customer: the whole way, and what each role may change of it."""

import re

import pytest
from django.urls import reverse

from alicerce.apps.audit.models import Entry
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.tests.conftest import Postbox
from alicerce.apps.catalog.models import Price
from alicerce.apps.catalog.services.publish_terms import publish_terms
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.customers.tests.factories import a_person
from alicerce.apps.notify.models import Message
from alicerce.apps.notify.ports import mailers
from alicerce.apps.orders.models import Order
from alicerce.apps.orders.tests.factories import NOON
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.tenancy.tests.factories import a_member
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import approve, browser


def url(name, *args):
    return reverse(f"workspace:{name}", args=args)


@pytest.fixture(autouse=True)
def post_office(monkeypatch):
    monkeypatch.setitem(mailers, "smtp", Postbox([]))


@pytest.fixture
def price(site):
    return a_price(amount_cents=4990, setup_cents=1000)


@pytest.fixture
def agent(site):
    person = a_person("sara@padaria.example", name="Sara Suporte")
    a_member(site, person, "support")
    return browser(person)


def typed(price, **more):
    return {
        "price": str(price.id),
        "domain": "padaria.com.br",
        "pagamento": "carta",
        **more,
    }


def the_form(renata, price):
    return f"{url('order_new', renata.id)}?plano={price.plan_id}"


def seen_in(page):
    return re.search(r'name="seen" value="(\w+)"', page)[1]


def letters():
    return list(Message.objects.filter(template="order_received"))


class TestAnOrderForACustomer:
    def test_is_typed_seen_to_the_cent_and_placed_in_the_name_of_who_typed(
        self, agent, renata, price, stranger
    ):
        publish_terms(body="Pague em dia.", at=NOON)
        assert url("order_new", renata.id) in agent.get(url("customer", renata.id)).text
        assert the_form(renata, price) in agent.get(url("order_new", renata.id)).text
        assert 'name="preco"' not in agent.get(the_form(renata, price)).text

        asked = agent.post(the_form(renata, price), typed(price, termos="later"))
        shown = agent.get(asked.headers["Location"]).text
        assert ("59,90" in shown, "Renata Souza" in shown) == (True, True)
        assert Order.objects.count() == 0
        agent.post(asked.headers["Location"], {"seen": "1"})
        assert Order.objects.count() == 0
        done = agent.post(asked.headers["Location"], {"seen": seen_in(shown)})
        run_jobs()

        order = Order.objects.get()
        page = agent.get(done.headers["Location"]).text
        assert billing.invoice_of_order(order.id).total.cents == 5990
        assert order.customer_id == renata.id
        assert ("Sara Suporte" in page, "ainda não" in page) == (True, True)
        assert Entry.objects.get(action="order.placed").actor == order.placed_by
        assert len(letters()) == 1

        public = reverse("site:order", args=[order.token])
        assert "Aceitar os termos" in stranger.get(public).text
        stranger.post(reverse("site:order_terms", args=[order.token]), {"versao": "7"})
        assert Order.objects.get().asks_terms
        stranger.post(reverse("site:order_terms", args=[order.token]), {"versao": "1"})
        order.refresh_from_db()
        assert (order.terms_version, order.asks_terms) == (1, False)
        assert "Aceitar os termos" not in stranger.get(public).text

    def test_is_placed_only_as_it_was_seen(self, agent, renata, price):
        """Other terms, or other lines of the same sum, are seen before they are agreed to."""
        publish_terms(body="Pague em dia.", at=NOON)
        wanted = typed(price, termos="already", motivo_termos="Contrato assinado")
        review = agent.post(the_form(renata, price), wanted).headers["Location"]
        first = agent.get(review).text
        assert "Versão 1 · Contrato assinado" in first

        publish_terms(body="Pague antes.", at=NOON)
        second = agent.post(review, {"seen": seen_in(first)}).text
        assert ("Versão 2" in second, Order.objects.count()) == (True, 0)

        Price.objects.update(amount_cents=5990, setup_cents=0)
        third = agent.post(review, {"seen": seen_in(second)}).text
        assert ("Confira de novo" in third, Order.objects.count()) == (True, 0)

        agent.post(review, {"seen": seen_in(third)})
        assert Order.objects.get().terms_version == 2

    def test_at_another_price_is_proven_has_a_reason_and_renews_at_what_was_agreed(
        self, colleague, renata, price
    ):
        publish_terms(body="Pague em dia.", at=NOON)
        wanted = typed(
            price,
            pagamento="sem_carta",
            preco="39,90",
            desconto="10",
            termos="already",
            motivo_termos="Contrato assinado",
        )
        assert colleague.post(the_form(renata, price), wanted).status_code == 422
        wanted["motivo_preco"] = "Cliente antigo"

        asked = colleague.post(the_form(renata, price), wanted)
        assert colleague.post(asked.headers["Location"]).status_code == 403
        assert Order.objects.count() == 0
        approve(colleague, asked, shows=("49,90 → R$\xa039,90", "Cliente antigo"))
        run_jobs()

        order = Order.objects.get()
        lines = billing.invoice_detail(billing.invoice_of_order(order.id).id).lines
        assert [line.total.cents for line in lines] == [3990, 1000, -1000]
        assert Subscription.objects.get().amount_cents == 3990
        assert (order.terms_version, order.terms_reason) == (1, "Contrato assinado")
        assert order.price_reason == "Cliente antigo"
        assert Entry.objects.get(action="order.placed").after["plan_cents"] == 3990
        assert letters() == []

    def test_changes_no_price_for_who_may_not(self, agent, renata, price):
        wanted = typed(price, preco="1", motivo_preco="Porque sim")

        asked = agent.post(the_form(renata, price), wanted)
        page = asked.headers["Location"]
        agent.post(page, {"seen": seen_in(agent.get(page).text)})

        assert Order.objects.get().total_cents == 5990
        assert agent.get(url("order_reprice", renata.id)).status_code == 403
