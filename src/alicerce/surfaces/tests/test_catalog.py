"""A company's people write plans, change prices with a second look, and see what was before."""

from uuid import uuid4

import pytest
from django.urls import reverse

from alicerce.apps.audit.models import Entry
from alicerce.apps.catalog.models import Coupon, Plan, Price, Product, Terms
from alicerce.apps.catalog.public import options_of
from alicerce.apps.catalog.services.publish_terms import publish_terms
from alicerce.apps.catalog.tests.factories import NOON, a_coupon, a_price, an_option
from alicerce.apps.customers.tests.factories import a_person
from alicerce.apps.metering.queries.usage import meters_of
from alicerce.apps.orders.tests.factories import an_order
from alicerce.apps.orders.types import Extras
from alicerce.apps.tenancy.tests.factories import a_member
from alicerce.surfaces.tests.conftest import approve, browser

CATALOG = reverse("workspace:catalog")


def url(name, *args):
    return reverse(f"workspace:{name}", args=args)


def new_option(plan, kind):
    return f"{url('option_new', plan.id)}?tipo={kind}"


def typed(**given):
    return {
        "product_kind": "hosting.account",
        "product_name": "Hospedagem",
        "name": "Essencial",
        "summary": "Para começar",
        "features": "1 site\n\n10 GB de disco\n",
        "position": "0",
        "is_visible": "on",
        "spec_package": "essencial",
        "limit_sites": "1",
        "limit_traffic_gb": "∞",
        **given,
    }


@pytest.fixture
def with_role(site):
    def enter(role):
        person = a_person(f"{role}-{uuid4().hex[:6]}@padaria.example")
        a_member(site, person, role)
        return browser(person)

    return enter


class TestWhoMay:
    @pytest.mark.parametrize("role", ["finance", "sales", "support", "developer", "read_only"])
    def test_look_without_changing(self, with_role, role):
        price, client = a_price(), with_role(role)

        assert client.get(CATALOG).status_code == 200
        page = client.get(url("plan", price.plan_id)).text
        assert "Mudar preços" not in page
        assert client.get(url("plan_new")).status_code == 403
        assert client.post(url("plan_retire", price.plan_id)).status_code == 403
        assert client.post(url("plan_prices", price.plan_id)).status_code == 403

    def test_sees_nothing_of_a_neighbour(self, colleague, other_tenant):
        with other_tenant:
            theirs = a_price()
            product_id = Product.objects.get().id

        assert theirs.plan.name not in colleague.get(CATALOG).text
        for name in ("plan", "plan_edit", "plan_prices", "plan_prices_confirm"):
            assert colleague.get(url(name, theirs.plan_id)).status_code == 404
        assert colleague.get(url("catalog_product", product_id)).status_code == 404
        assert colleague.post(url("plan_retire", theirs.plan_id)).status_code == 404


class TestWritingAPlan:
    def test_leads_to_its_prices_and_to_the_storefront(self, colleague, stranger):
        answer = colleague.post(url("plan_new"), typed())
        plan = Plan.objects.get()
        assert answer.headers["Location"] == url("plan_prices", plan.id)
        assert (plan.features, plan.limits) == (
            ["1 site", "10 GB de disco"],
            {"sites": 1, "traffic_gb": None},
        )

        colleague.post(
            url("plan_prices", plan.id),
            {"monthly": "29,90", "monthly_setup": "10", "annual": "299"},
        )

        prices = Price.objects.order_by("amount_cents")
        assert [(p.cycle, p.amount_cents, p.setup_cents) for p in prices] == [
            ("monthly", 2990, 1000),
            ("annual", 29900, 0),
        ]
        assert "Essencial" in stranger.get("/").text

    def test_says_what_is_missing(self, colleague):
        answer = colleague.post(
            url("plan_new"), typed(name="", spec_package="", limit_sites="x")
        )

        assert answer.status_code == 422
        assert "Escreva um número inteiro" in answer.text
        assert Plan.objects.count() == 0

    def test_changes_it(self, colleague):
        plan = a_price().plan

        page = colleague.get(url("plan_edit", plan.id)).text
        assert 'value="essencial"' in page
        colleague.post(url("plan_edit", plan.id), typed(name="Primeiro", stock="3"))

        plan.refresh_from_db()
        assert (plan.name, plan.stock) == ("Primeiro", 3)
        assert "Primeiro" in colleague.get(CATALOG).text

    def test_retires_it(self, colleague):
        plan = a_price().plan

        colleague.post(url("plan_retire", plan.id))

        assert "Fora de venda" in colleague.get(url("plan", plan.id)).text
        assert plan.name in colleague.get(f"{CATALOG}?estado=fora-de-venda").text
        assert plan.name not in colleague.get(f"{CATALOG}?estado=a-venda").text


class TestChangingAPrice:
    def test_that_was_sold_is_proven_and_seen_once_more(self, colleague):
        order = an_order(price=(price := a_price(amount_cents=2990)))
        address = url("plan_prices", price.plan_id)
        assert colleague.post(address, {"monthly": "39,90"}).status_code == 422

        asked = colleague.post(address, {"monthly": "39,90", "reason": "Custos"})
        assert Price.objects.count() == 1
        done = approve(colleague, asked, shows=("29,90", "39,90", "Custos"))

        assert done.headers["Location"] == url("plan", price.plan_id)
        old, new = Price.objects.order_by("since")
        assert (old.id, old.is_active, new.amount_cents) == (price.id, False, 3990)
        assert order.total.cents == 2990
        assert Entry.objects.get(action="price.changed").after["reason"] == "Custos"
        page = colleague.get(url("plan", price.plan_id)).text
        assert "Encerrado" in page

    def test_is_not_done_without_the_proof(self, colleague):
        an_order(price=(price := a_price()))
        colleague.post(url("plan_prices", price.plan_id), {"monthly": "1", "reason": "x"})

        answer = colleague.post(url("plan_prices_confirm", price.plan_id))

        assert answer.status_code == 403
        assert Price.objects.count() == 1

    def test_of_what_nobody_bought_needs_no_ceremony(self, colleague):
        price = a_price()

        colleague.post(url("plan_prices", price.plan_id), {"quarterly": "80"})

        assert {p.cycle for p in Price.objects.filter(is_active=True)} == {"quarterly"}


class TestOptions:
    def test_are_offered_and_changed(self, colleague):
        plan = a_price().plan
        assert colleague.get(new_option(plan, "planet")).status_code == 404

        typed = {"name": "Sistema", "position": "0", "c0_name": "Linux", "c0_monthly": "0"}
        assert colleague.post(new_option(plan, "choice"), typed).status_code == 422
        more = {"c1_name": "Windows", "c1_monthly": "50"}
        colleague.post(new_option(plan, "choice"), typed | more)

        (option,) = options_of([plan.id])[plan.id]
        assert [c.name for c in option.choices] == ["Linux", "Windows"]
        assert "Sistema" in colleague.get(url("plan", plan.id)).text
        page = colleague.get(url("option_edit", option.id)).text
        assert 'value="50,00"' in page

        colleague.post(url("option_edit", option.id), typed | {"c1_name": "BSD"})
        (changed,) = options_of([plan.id])[plan.id]
        assert [(c.id, c.name) for c in changed.choices] == [
            (option.choices[0].id, "Linux"),
            (option.choices[1].id, "BSD"),
        ]
        assert changed.choices[1].prices == {}

        colleague.post(url("option_retire", option.id))
        assert options_of([plan.id])[plan.id] == ()

    def test_count_from_the_least_to_the_most(self, colleague):
        plan = a_price().plan
        typed = {
            "name": "Disco extra",
            "position": "0",
            "limit": "disk_gb",
            "minimum": "5",
            "maximum": "4",
            "step": "1",
            "c0_adds": "10",
            "c0_monthly": "9,90",
        }
        address = new_option(plan, "quantity")
        assert colleague.post(address, typed).status_code == 422

        colleague.post(address, typed | {"maximum": "20"})

        (option,) = options_of([plan.id])[plan.id]
        assert (option.minimum, option.maximum, option.limit) == (5, 20, "disk_gb")
        assert option.choices[0].adds == 10

    def test_of_a_plan_that_was_sold_change_their_price_with_a_second_look(self, colleague):
        an_order(price=(price := a_price()))
        option = an_option(price.plan)
        typed = {
            "name": "Disco extra",
            "position": "0",
            "minimum": "0",
            "maximum": "10",
            "step": "1",
            "c0_monthly": "12,90",
        }
        assert colleague.post(url("option_edit", option.id), typed).status_code == 422

        asked = colleague.post(url("option_edit", option.id), typed | {"reason": "Custos"})
        approve(colleague, asked, shows=("9,90", "12,90", "Custos"))

        (changed,) = options_of([price.plan_id])[price.plan_id]
        assert changed.choices[0].prices["monthly"].amount.cents == 1290

    def test_are_nothing_to_a_reader_or_a_neighbour(self, with_role, colleague, other_tenant):
        option = an_option(a_price().plan)
        with other_tenant:
            theirs = an_option(a_price().plan)

        assert with_role("sales").get(url("option_edit", option.id)).status_code == 403
        assert colleague.get(url("option_edit", theirs.id)).status_code == 404
        assert colleague.post(url("option_retire", theirs.id)).status_code == 404


def test_a_family_is_renamed(colleague):
    product = a_price().plan.product

    colleague.post(url("catalog_product", product.id), {"name": "Sites", "position": "2"})

    assert "Sites" in colleague.get(CATALOG).text


class TestCoupons:
    def test_are_made_given_another_end_and_taken_back(self, colleague):
        plan = a_price().plan
        typed = {
            "code": "natal10",
            "kind": "percent",
            "percent": "12,5",
            "cycles": "3",
            "ends_on": "2026-12-31",
            "most": "100",
            "once_per_customer": "on",
            "plans": [str(plan.id)],
        }
        assert colleague.post(url("coupon_new"), typed | {"percent": ""}).status_code == 422

        colleague.post(url("coupon_new"), typed)

        coupon = Coupon.objects.get()
        assert (coupon.code, coupon.percent_bp, coupon.cycles) == ("NATAL10", 1250, 3)
        assert coupon.ends_at.isoformat() == "2027-01-01T03:00:00+00:00"
        assert "NATAL10" in colleague.get(url("coupons")).text
        page = colleague.get(url("coupon", coupon.id)).text
        assert "12,5%" in page
        assert 'value="2026-12-31"' in page

        colleague.post(url("coupon", coupon.id), {"ends_on": "", "most": "5"})
        coupon.refresh_from_db()
        assert (coupon.ends_at, coupon.most) == (None, 5)

        colleague.post(url("coupon_retire", coupon.id))
        assert "Encerrado" in colleague.get(url("coupon", coupon.id)).text

    def test_say_that_a_code_is_taken(self, colleague):
        a_coupon(code="DEZ")

        answer = colleague.post(
            url("coupon_new"), {"code": "dez", "kind": "fixed", "amount": "10"}
        )

        assert answer.status_code == 422
        assert "Já existe um cupom" in answer.text

    def test_are_read_by_who_only_reads(self, with_role, colleague, other_tenant):
        coupon, sales = a_coupon(), with_role("sales")
        with other_tenant:
            theirs = a_coupon()

        assert sales.get(url("coupon", coupon.id)).status_code == 200
        assert sales.post(url("coupon", coupon.id), {"most": "1"}).status_code == 403
        assert sales.get(url("coupon_new")).status_code == 403
        assert sales.post(url("coupon_retire", coupon.id)).status_code == 403
        assert colleague.get(url("coupon", theirs.id)).status_code == 404


class TestTerms:
    def test_are_published_in_versions(self, colleague, with_role):
        assert colleague.post(url("terms"), {"body": " "}).status_code == 422
        for body in ("Um", "Dois"):
            colleague.post(url("terms"), {"body": body})

        assert Terms.objects.count() == 2
        assert "Dois" in colleague.get(url("terms")).text
        assert with_role("sales").get(url("terms")).status_code == 200
        assert with_role("sales").post(url("terms"), {"body": "Três"}).status_code == 403


class TestOrderPage:
    def test_shows_what_makes_up_the_amount_and_what_was_agreed(self, colleague):
        publish_terms(body="Um", at=NOON)
        a_coupon(code="DEZ")
        price = a_price(setup_cents=1000)
        order = an_order(price=price, extras=Extras(coupon="DEZ", terms_version=1))

        page = colleague.get(url("order", order.id)).text

        for words in ("Taxa de instalação", "Cupom DEZ", "Termos aceitos", "versão 1"):
            assert words in page


class TestMeters:
    def test_of_a_plan_are_written_shown_and_retired(self, with_role):
        plan, client = a_price().plan, with_role("owner")
        page = url("meter_new", plan.id)
        typed = {
            "key": "requests",
            "name": "Requisições",
            "unit": "requisição",
            "aggregation": "sum",
            "scheme": "graduated",
            "tiers": "1000 = 0\n∞ = 0,005 + 10,00",
        }
        assert client.get(page).status_code == 200
        assert client.post(page, {**typed, "tiers": "de graça"}).status_code == 422
        assert client.post(page, {**typed, "tiers": "1000 = 0"}).status_code == 422

        endless = "∞ = " + "9" * 1_000_001 + " + " + "9" * 1_000_001
        assert client.post(page, {**typed, "tiers": endless}).status_code == 422

        asked = client.post(page, typed)
        assert client.post(asked.headers["Location"]).status_code == 403
        assert meters_of(plan.id) == []
        words = (
            "até 1.000: sem custo; acima de 1.000: R$\xa00,005 por requisição, mais R$\xa010,00"
        )
        done = approve(client, asked, shows=[words, "Todos que já têm o plano"])
        assert words in client.get(done.headers["Location"]).text
        assert words in client.get(f"/pedir/{plan.id}/").text, "who buys it reads it"
        [meter] = meters_of(plan.id)
        assert meter.form.tiers[1].flat == 1000
        assert with_role("read_only").post(page, typed).status_code == 403

        assert client.post(url("meter_retire", meter.id)).status_code == 403
        assert [card.id for card in meters_of(plan.id)] == [meter.id]
        approve(client, url("meter_retire", meter.id), shows=["Requisições", "requests"])
        assert meters_of(plan.id) == []
