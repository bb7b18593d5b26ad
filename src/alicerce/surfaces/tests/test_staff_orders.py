"""Somebody of the company orders for a customer: the whole way, and what each role may change of it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from alicerce.apps.audit.models import Entry
from alicerce.apps.billing import public as billing
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.services.record_payment import record_payment
from alicerce.apps.billing.tests.conftest import Postbox
from alicerce.apps.billing.tests.factories import by_hand
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.catalog.models import Plan, Price
from alicerce.apps.catalog.services.publish_terms import publish_terms
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.customers.tests.factories import a_person
from alicerce.apps.hosting.models import Service
from alicerce.apps.hosting.tests.factories import a_pool, a_server
from alicerce.apps.notify.models import Message
from alicerce.apps.notify.ports import mailers
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.models import Order
from alicerce.apps.orders.services import wake_orders as waking
from alicerce.apps.orders.services.expire_orders import expire_orders
from alicerce.apps.orders.services.order_for_customer import order_for_customer
from alicerce.apps.orders.services.wake_orders import wake_orders
from alicerce.apps.orders.tests.factories import NOON
from alicerce.apps.orders.types import (
    CancelCause,
    ChosenAddon,
    Extras,
    LineStatus,
    OrderStatus,
    Sale,
)
from alicerce.apps.subscriptions.events import AddonAdded
from alicerce.apps.subscriptions.models import Subscription
from alicerce.apps.subscriptions.tests.factories import an_addon
from alicerce.apps.taxes.public import local_day
from alicerce.apps.tenancy.tests.factories import a_member
from alicerce.kernel.clock import now
from alicerce.kernel.testing import run_jobs
from alicerce.surfaces.tests.conftest import approve, browser
from alicerce.ui.formats import day


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

    def test_takes_its_add_ons_along_on_one_invoice_each_a_subscription_beside_its_own(
        self, agent, renata, price, published
    ):
        backup = an_addon(1500, max_quantity=5, stock=3, goes_with=[str(price.plan_id)])
        yearly = a_price(plan=backup.plan, amount_cents=9900, cycle="annual")
        a_price(plan=price.plan, amount_cents=49900, cycle="annual")
        named = f"adicional_{backup.plan_id}"
        page = agent.get(the_form(renata, price)).text
        assert (named in page, "99,00" in page) == (True, True)

        wanted = typed(price, **{named: str(yearly.id)})
        refused = agent.post(the_form(renata, price), wanted)
        assert (refused.status_code, "precisa caber" in refused.text) == (422, True)
        wanted |= {named: str(backup.id), f"quantos_{backup.plan_id}": "2"}
        asked = agent.post(the_form(renata, price), wanted)
        shown = agent.get(asked.headers["Location"]).text
        assert ("2 × Adicionais Backup" in shown, "89,90" in shown) == (True, True)
        done = agent.post(asked.headers["Location"], {"seen": seen_in(shown)})
        run_jobs()

        order = Order.objects.get()
        page = agent.get(done.headers["Location"]).text
        assert ("Backup" in page, "89,90" in page) == (True, True)
        invoice = billing.invoice_of_order(order.id)
        lines = billing.invoice_detail(invoice.id).lines
        assert [line.total.cents for line in lines] == [4990, 1000, 3000]
        assert Plan.objects.get(pk=backup.plan_id).stock == 1
        record_payment(invoice_id=invoice.id, told=by_hand(8990, received_at=now()), at=now())
        run_jobs()

        own = Subscription.objects.get(parent__isnull=True)
        addon = Subscription.objects.get(parent__isnull=False)
        assert (addon.parent_id, addon.amount_cents, own.amount_cents) == (own.id, 3000, 4990)
        assert (addon.status, addon.period) == ("active", own.period)
        assert orders.order(order.id).lines[1].status == LineStatus.FULFILLED
        (added,) = [fact for fact in published if isinstance(fact, AddonAdded)]
        assert (added.subscription_id, added.quantity) == (own.id, 2)

    def test_of_an_order_nobody_pays_gives_back_what_its_add_ons_took(self, renata, price):
        backup = an_addon(1500, stock=3)
        limited = a_price(amount_cents=100)
        Plan.objects.filter(pk=limited.plan_id).update(stock=1)
        taken = Extras(addons=(ChosenAddon(backup.id, 1),))
        order_id = order_for_customer(
            customer_id=renata.id,
            price_id=limited.id,
            domain="padaria.com.br",
            at=now(),
            extras=taken,
        )
        run_jobs()
        assert Subscription.objects.filter(status="pending").count() == 2

        orders.cancel_order(order_id=order_id, cause=CancelCause.STAFF, at=now())
        run_jobs()

        left = [Plan.objects.get(pk=one.plan_id).stock for one in (limited, backup)]
        assert left == [1, 3]
        assert set(Subscription.objects.values_list("status", flat=True)) == {"ended"}

    def test_begins_on_a_day_of_its_own_invoiced_before_it_and_delivered_on_it(
        self, colleague, renata, stranger, published
    ):
        price = a_price(amount_cents=4990)
        starts = local_day(now()) + timedelta(days=30)
        pool = a_pool(region="BR")
        a_server(name="cheio", max_accounts=0, pool=pool)
        place = a_server(name="sp-livre", max_accounts=7, pool=pool)
        page = colleague.get(the_form(renata, price)).text
        assert ("sp-livre · 7 lugares" in page, "cheio" in page) == (True, False)
        late = typed(price, inicio=local_day(now()).isoformat())
        assert colleague.post(the_form(renata, price), late).status_code == 422

        asked = colleague.post(
            the_form(renata, price),
            {**late, "inicio": starts.isoformat(), "servidor": str(place.id)},
        )
        shown = colleague.get(asked.headers["Location"]).text
        assert ("Fatura emitida em" in shown, day(starts) in shown) == (True, True)
        assert ("sp-livre" in shown, "Total agora" in shown) == (True, False)
        done = colleague.post(asked.headers["Location"], {"seen": seen_in(shown)})
        run_jobs()

        order = Order.objects.get()
        assert "Servidor: sp-livre" in colleague.get(done.headers["Location"]).text
        public = reverse("site:order", args=[order.token])
        assert billing.invoice_of_order(order.id) is None
        assert "A fatura sai em" in stranger.get(public).text
        assert wake_orders(at=now()) == 0
        assert Subscription.objects.get().status == "pending"

        wake_orders(at=now() + timedelta(days=24))
        run_jobs()
        invoice = billing.invoice_of_order(order.id)
        assert (invoice.total.cents, invoice.due_on, len(letters())) == (4990, starts, 2)
        record_payment(invoice_id=invoice.id, told=by_hand(4990, received_at=now()), at=now())
        run_jobs()
        assert "Começa em" in stranger.get(public).text
        assert orders.order(order.id).lines[0].status == LineStatus.WAITING
        assert Subscription.objects.get().status == "pending"

        wake_orders(at=now() + timedelta(days=31))
        run_jobs()
        own = Subscription.objects.get()
        assert (own.status, own.period_starts_on) == ("active", starts)
        assert "order.line_ready" in [fact.name for fact in published]
        assert Service.objects.get().wanted_server == place

    def test_that_begins_later_is_canceled_by_no_clock_before_it_began(self, renata, price):
        starts = local_day(now()) + timedelta(days=30)
        order_for_customer(
            customer_id=renata.id,
            price_id=price.id,
            domain="padaria.com.br",
            at=now(),
            sale=Sale(starts_on=starts),
        )
        wake_orders(at=now() + timedelta(days=24))

        assert expire_orders(at=now() + timedelta(days=29)) == 0
        assert expire_orders(at=now() + timedelta(days=38)) == 1

    @pytest.mark.parametrize("is_heard", [True, False])
    def test_that_was_paid_and_given_back_before_its_day_never_begins(
        self, renata, price, published, is_heard
    ):
        """Also where the day comes before anybody heard of the credit note."""
        order_id = order_for_customer(
            customer_id=renata.id,
            price_id=price.id,
            domain="padaria.com.br",
            at=now(),
            sale=Sale(starts_on=local_day(now()) + timedelta(days=30)),
        )
        wake_orders(at=now() + timedelta(days=24))
        invoice = billing.invoice_of_order(order_id)
        record_payment(invoice_id=invoice.id, told=by_hand(5990, received_at=now()), at=now())
        run_jobs()
        for cents, place in ((4990, 1), (1000, 2)):
            assert orders.order(order_id).status == OrderStatus.DELIVERING
            wanted = [Credited(cents, place)]
            credit_invoice(invoice_id=invoice.id, wanted=wanted, reason="acordo", at=now())
            if is_heard:
                run_jobs()

        wake_orders(at=now() + timedelta(days=31))
        run_jobs()
        assert orders.order(order_id).status == OrderStatus.CANCELED
        assert Subscription.objects.get().status == "ended"
        assert "order.line_ready" not in [fact.name for fact in published]

    def test_that_cannot_be_invoiced_keeps_no_other_from_its_day(
        self, renata, price, monkeypatch
    ):
        starts = local_day(now()) + timedelta(days=30)
        first, second = (
            order_for_customer(
                customer_id=renata.id,
                price_id=price.id,
                domain=domain,
                at=now(),
                sale=Sale(starts_on=starts),
            )
            for domain in ("padaria.com.br", "confeitaria.com.br")
        )
        issue = billing.invoice_for_order

        def break_down(*, order_id, **given):
            if order_id == first:
                raise ConnectionError
            return issue(order_id=order_id, **given)

        monkeypatch.setattr(waking.billing, "invoice_for_order", break_down)
        with pytest.raises(ExceptionGroup):
            wake_orders(at=now() + timedelta(days=24))
        assert billing.invoice_of_order(first) is None
        assert billing.invoice_of_order(second)

        monkeypatch.undo()
        assert wake_orders(at=now() + timedelta(days=24)) == 1
        assert billing.invoice_of_order(first)
