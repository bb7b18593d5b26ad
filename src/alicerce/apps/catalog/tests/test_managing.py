"""Plans are written down, change, cost something else from now on, and leave the shop."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import (
    BadPlan,
    NoSuchPlan,
    NotForSale,
    PlanIsRetired,
    ReasonRequired,
)
from alicerce.apps.catalog.models import Plan, Price, Product
from alicerce.apps.catalog.ports import sellers
from alicerce.apps.catalog.queries.management import plan_detail, plans
from alicerce.apps.catalog.rules import added_up
from alicerce.apps.catalog.services.change_plan import (
    change_plan,
    change_product,
    retire_plan,
)
from alicerce.apps.catalog.services.change_prices import change_prices, retire_price
from alicerce.apps.catalog.services.publish_plan import create_plan
from alicerce.apps.catalog.tests.factories import NOON, a_plan_form, a_price
from alicerce.apps.catalog.types import Cycle, NewPrice, PlanStatus
from alicerce.apps.catalog.web.components import price_notes, state_badge
from alicerce.kernel.money import Money

LATER = NOON + timedelta(days=30)


@pytest.fixture
def sold(monkeypatch):
    """Something was sold at each of the prices put in here."""
    at = {}
    monkeypatch.setitem(
        sellers, "orders", lambda price_ids: {p: at[p] for p in price_ids if p in at}
    )
    return at


def price_at(cents, setup=0):
    return NewPrice(Money(cents), Money(setup))


class TestCreatePlan:
    def test_is_for_sale_once_it_has_a_price(self, tenant, published):
        plan_id = create_plan(form=a_plan_form(limits={"sites": 1}), at=NOON)
        assert catalog.storefront() == []

        change_prices(plan_id=plan_id, wanted={Cycle.MONTHLY: price_at(2990, 990)}, at=NOON)

        (plan,) = catalog.storefront()
        assert (plan.name, plan.limits, plan.is_sold_out) == ("Essencial", {"sites": 1}, False)
        assert (plan.prices[0].amount, plan.prices[0].setup) == (Money(2990), Money(990))
        assert [event.name for event in published] == ["plan.published", "price.changed"]

    def test_joins_the_family_of_the_same_name(self, tenant):
        for name in ("Essencial", "Essencial", "Negócio"):
            create_plan(form=a_plan_form(name=name), at=NOON)

        assert Product.objects.count() == 1
        assert set(Plan.objects.values_list("slug", flat=True)) == {
            "essencial",
            "essencial-2",
            "negocio",
        }

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"name": " "}, "name"),
            ({"summary": "x" * 161}, "summary"),
            ({"product_kind": "rockets"}, "product_kind"),
            ({"spec": {"region": "BR"}}, "spec"),
            ({"spec": {"package": "pro", "root": "yes"}}, "spec"),
            ({"limits": {"planets": 1}}, "limits"),
            ({"limits": {"sites": -1}}, "limits"),
            ({"features": ("x",) * 31}, "features"),
            ({"stock": -1}, "stock"),
        ],
    )
    def test_refuses_what_nobody_could_deliver(self, tenant, given, field):
        with pytest.raises(BadPlan) as refused:
            create_plan(form=a_plan_form(**given), at=NOON)

        assert refused.value.field == field
        assert Plan.objects.count() == 0


class TestChangePlan:
    def test_says_which_fields_changed(self, tenant, published):
        plan_id = create_plan(form=a_plan_form(), at=NOON)

        form = a_plan_form(name="Primeiro", product_name="Sites")
        assert change_plan(plan_id=plan_id, form=form, at=LATER)
        assert not change_plan(plan_id=plan_id, form=form, at=LATER)

        assert published[-1].fields == ("name", "product")
        entry = Entry.objects.get(action="plan.changed")
        assert (entry.before, entry.after) == (
            {"name": "Essencial", "product": "Hospedagem"},
            {"name": "Primeiro", "product": "Sites"},
        )

    def test_hides_and_shows_again(self, tenant):
        price = a_price()
        form = plan_detail(price.plan_id).form

        change_plan(plan_id=price.plan_id, form=replace(form, is_visible=False), at=NOON)
        assert [plan.status for plan in plans()] == [PlanStatus.HIDDEN]
        with pytest.raises(NotForSale):
            catalog.priced_plan(price.id)

        change_plan(plan_id=price.plan_id, form=form, at=NOON)
        assert catalog.priced_plan(price.id).price_id == price.id

    def test_does_not_reach_the_neighbours(self, tenant, other_tenant):
        with other_tenant:
            theirs = a_price().plan_id

        with pytest.raises(NoSuchPlan):
            change_plan(plan_id=theirs, form=a_plan_form(), at=NOON)


def test_what_has_no_price_is_not_shown_as_for_sale(tenant):
    found = plan_detail(create_plan(form=a_plan_form(), at=NOON))

    assert found.status == PlanStatus.FOR_SALE
    assert state_badge(found.status, is_priced=bool(found.active)).text == "Sem preço"
    [note] = price_notes(found, may_write=True)
    assert f"/catalogo/planos/{found.id}/precos/" in str(note)
    assert price_notes(plan_detail(a_price().plan_id), may_write=True) == []


class TestRetirePlan:
    def test_ends_its_sale_for_good(self, tenant, published):
        price = a_price()

        assert retire_plan(plan_id=price.plan_id, at=LATER)
        assert not retire_plan(plan_id=price.plan_id, at=LATER)

        assert [event.name for event in published] == ["plan.retired"]
        assert catalog.storefront() == []
        with pytest.raises(NotForSale):
            catalog.priced_plan(price.id)
        with pytest.raises(PlanIsRetired):
            change_plan(plan_id=price.plan_id, form=a_plan_form(), at=LATER)
        with pytest.raises(PlanIsRetired):
            change_prices(plan_id=price.plan_id, wanted={Cycle.ANNUAL: price_at(1)}, at=LATER)


class TestChangePrices:
    def test_makes_a_new_version_and_keeps_the_one_before(self, tenant, published):
        before = a_price(amount_cents=2990)

        (made,) = change_prices(
            plan_id=before.plan_id, wanted={Cycle.MONTHLY: price_at(3490)}, at=LATER
        )

        before.refresh_from_db()
        assert (before.amount_cents, before.is_active, before.retired_at) == (
            2990,
            False,
            LATER,
        )
        assert Price.objects.get(pk=made).since == LATER
        (event,) = published
        assert (event.price_id, event.previous_price_id) == (made, before.id)

    def test_that_stay_the_same_are_not_made_again(self, tenant, published):
        price = a_price(amount_cents=2990, setup_cents=500)
        wanted = {Cycle.MONTHLY: price_at(2990, 500), Cycle.ANNUAL: None}

        assert change_prices(plan_id=price.plan_id, wanted=wanted, at=LATER) == []
        assert published == []

    def test_end_the_sale_for_a_cycle(self, tenant, published):
        price = a_price()

        change_prices(plan_id=price.plan_id, wanted={Cycle.MONTHLY: None}, at=LATER)

        assert catalog.storefront() == []
        assert [event.name for event in published] == ["price.retired"]
        assert not retire_price(price_id=price.id, at=LATER)

    def test_need_a_reason_once_something_was_sold(self, tenant, sold):
        price = a_price()
        sold[price.id] = 3
        wanted = {Cycle.MONTHLY: price_at(9990)}

        with pytest.raises(ReasonRequired):
            change_prices(plan_id=price.plan_id, wanted=wanted, reason=" ", at=LATER)
        with pytest.raises(ReasonRequired):
            retire_price(price_id=price.id, at=LATER)

        change_prices(plan_id=price.plan_id, wanted=wanted, reason="Custos", at=LATER)
        assert Entry.objects.get(action="price.changed").after["reason"] == "Custos"
        assert [v.sold for v in plan_detail(price.plan_id).versions] == [0, 3]

    def test_that_are_a_slip_of_the_finger_are_refused(self, tenant):
        price = a_price()

        with pytest.raises(BadPlan):
            change_prices(
                plan_id=price.plan_id, wanted={Cycle.ANNUAL: price_at(100_000_001)}, at=LATER
            )


class TestPlans:
    def test_ask_as_much_for_many_as_for_one(self, tenant, django_assert_num_queries):
        for _ in range(4):
            a_price()

        with django_assert_num_queries(3):
            assert len(plans(PlanStatus.FOR_SALE)) == 4

    def test_come_in_the_order_of_their_families(self, tenant):
        first = create_plan(form=a_plan_form(product_name="Sites"), at=NOON)
        create_plan(form=a_plan_form(product_name="Lojas"), at=NOON)

        change_product(
            product_id=plan_detail(first).product_id, name="Sites", position=9, at=NOON
        )

        assert [plan.product_name for plan in plans()] == ["Lojas", "Sites"]
        with pytest.raises(BadPlan):
            change_product(
                product_id=plan_detail(first).product_id, name="Lojas", position=1, at=NOON
            )


class TestLimits:
    def test_add_up_and_none_wins(self):
        assert added_up([{"sites": 1, "disk_gb": 10}, {"disk_gb": 5}, {"sites": None}]) == {
            "sites": None,
            "disk_gb": 15,
        }
