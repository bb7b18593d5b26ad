"""What was chosen with a plan: on the order, on the invoice, and at our prices whatever is posted."""

import pytest
from django.test import Client

from alicerce.apps.billing import public as billing
from alicerce.apps.catalog.models import Price
from alicerce.apps.catalog.tests.factories import a_choice_form, a_coupon, a_price, an_option
from alicerce.apps.catalog.types import Chosen, Cycle, ItemKind, OptionKind
from alicerce.apps.orders import public as orders
from alicerce.apps.orders import queries
from alicerce.apps.orders.models import Line, Order
from alicerce.apps.orders.queries import records
from alicerce.apps.orders.tests.factories import NOON, a_buyer, an_order
from alicerce.apps.orders.types import Extras
from alicerce.apps.tenancy.models import Host
from alicerce.kernel.money import Money


@pytest.fixture
def price(tenant):
    return a_price(amount_cents=2990, setup_cents=1000)


def placed(price, *chosen, coupon="", **buyer):
    token = orders.place_order(
        price_id=price.id,
        domain="padaria.com.br",
        buyer=a_buyer(**buyer),
        at=NOON,
        extras=Extras(chosen=chosen, coupon=coupon),
    )
    return queries.order_of_token(token)


class TestPlaceOrder:
    def test_invoices_each_part_on_a_line_of_its_own(self, price):
        disk = an_option(price.plan)

        order = placed(price, Chosen(disk.id, quantity=3))

        invoice = billing.invoice_of_order(order.id)
        lines = billing.invoice_detail(invoice.id).lines
        assert [(line.description, line.quantity, line.unit.cents) for line in lines] == [
            ("Hospedagem Essencial · padaria.com.br", 1, 2990),
            ("Disco extra · padaria.com.br", 3, 990),
            ("Taxa de instalação · Hospedagem Essencial", 1, 1000),
        ]
        assert invoice.total == order.total == Money(2990 + 3 * 990 + 1000)

    def test_says_what_each_line_of_the_invoice_is_for(self, price):
        disk, coupon = an_option(price.plan), a_coupon()

        order = placed(price, Chosen(disk.id, quantity=3), coupon=coupon.code)

        lines = billing.invoice_detail(billing.invoice_of_order(order.id).id).lines
        assert [line.kind for line in lines] == ["plan", "option", "setup", "discount"]

    def test_says_set_up_in_the_customers_language(self, price):
        order = placed(price, locale="en")

        lines = billing.invoice_detail(billing.invoice_of_order(order.id).id).lines
        assert lines[-1].description == "Set-up fee · Hospedagem Essencial"

    def test_keeps_what_was_agreed_whatever_the_catalog_says_later(self, price):
        disk = an_option(price.plan)
        order = placed(price, Chosen(disk.id, quantity=3))
        Price.objects.update(amount_cents=1)

        (line,) = queries.order(order.id).lines
        plan, option, setup = line.items
        assert (plan.kind, plan.price_id, plan.cents) == (ItemKind.PLAN, price.id, 2990)
        assert (option.kind, option.option_id, option.cents) == (ItemKind.OPTION, disk.id, 2970)
        assert option.price_id == disk.choices[0].prices[Cycle.MONTHLY].price_id
        assert (setup.kind, setup.cents, line.cycle) == (ItemKind.SETUP, 1000, "monthly")

    def test_reads_a_line_from_before_as_one_plan(self, price):
        order = an_order(price=price)
        Line.objects.update(items=[])

        (item,) = queries.order(order.id).lines[0].items

        assert (item.kind, item.price_id, item.cents) == (ItemKind.PLAN, price.id, 3990)
        (said,) = records.order_record(order.id)["lines"][0]["items"]
        assert (said["kind"], said["unit_cents"]) == ("plan", 3990)


class TestOrderPage:
    """CVE-2023-3228: what a form posts says what is chosen, never what it costs."""

    @pytest.fixture
    def site(self, tenant):
        Host.objects.create(
            tenant_id=tenant.id, domain="testserver", base_url="http://testserver"
        )
        return Client()

    def post(self, client, price, /, **given):
        facts = {
            "price": str(price.id),
            "domain": "padaria.com.br",
            "name": "Renata Souza",
            "email": "renata@example.com",
            "document": "52998224725",
        }
        return client.post(f"/pedir/{price.plan_id}/", {**facts, **given})

    def test_offers_the_options_with_their_prices(self, site, price):
        an_option(price.plan)
        an_option(price.plan, kind=OptionKind.SWITCH, name="IP próprio")
        an_option(
            price.plan,
            kind=OptionKind.CHOICE,
            name="Sistema",
            choices=(
                a_choice_form("Linux", prices={Cycle.MONTHLY: Money(0)}),
                a_choice_form("Windows"),
            ),
        )

        page = site.get(f"/pedir/{price.plan_id}/").text

        for words in ("Disco extra", "IP próprio", "Windows", "Incluído", "9,90", "instalação"):
            assert words in page

    def test_charges_what_was_chosen_at_our_price(self, site, price):
        disk = an_option(price.plan)

        answer = self.post(
            site, price, **{f"opcao_{disk.id}": "2", "unit_cents": "1", "amount": "0"}
        )

        assert answer.status_code == 302
        assert Order.objects.get().total_cents == 2990 + 2 * 990 + 1000

    @pytest.mark.parametrize("quantity", ["-1", "11", "1.5", "x", "99999999999999999999"])
    def test_refuses_a_quantity_that_is_not_offered(self, site, price, quantity):
        disk = an_option(price.plan)

        answer = self.post(site, price, **{f"opcao_{disk.id}": quantity})

        assert answer.status_code == 422
        assert Order.objects.count() == 0

    def test_refuses_the_price_of_an_option_for_that_of_the_plan(self, site, price):
        cheap = an_option(price.plan).choices[0].prices[Cycle.MONTHLY].price_id

        assert self.post(site, price, price=str(cheap)).status_code == 422

    def test_shows_the_total_before_anybody_says_who_they_are(self, site, price):
        disk = an_option(price.plan)
        asked = {"price": str(price.id), f"opcao_{disk.id}": "2", "conferir": "1", "name": "Re"}

        answer = site.post(f"/pedir/{price.plan_id}/", asked)

        assert answer.status_code == 200
        assert "59,70" in answer.text
        assert 'value="Re"' in answer.text
        assert Order.objects.count() == 0

        refused = site.post(f"/pedir/{price.plan_id}/", {**asked, f"opcao_{disk.id}": "11"})
        assert refused.status_code == 422
        assert "Este CPF" not in refused.text
