"""What is for sale, to whom, and at which price."""

from datetime import UTC, datetime

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import NotForSale
from alicerce.apps.catalog.models import Plan
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.catalog.types import Cycle, full_name
from alicerce.kernel.money import Money

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def publish(slug="essencial", position=0):
    return catalog.publish_plan(
        new=catalog.NewPlan(
            product_kind="hosting.account",
            product_name="Hospedagem",
            slug=slug,
            name=slug.title(),
            summary="Para começar",
            features=("1 site",),
            spec={"package": slug},
            prices={Cycle.ANNUAL: Money(29900), Cycle.MONTHLY: Money(2990)},
            position=position,
        ),
        at=NOON,
    )


class TestPublishPlan:
    def test_puts_every_price_on_display_the_shortest_cycle_first(self, tenant):
        publish()

        (plan,) = catalog.storefront()
        assert [(p.cycle, p.amount) for p in plan.prices] == [
            (Cycle.MONTHLY, Money(2990)),
            (Cycle.ANNUAL, Money(29900)),
        ]

    def test_is_on_record(self, tenant):
        plan_id = publish()

        entry = Entry.objects.get(entity_id=plan_id)
        assert (entry.action, entry.after) == (
            "plan.published",
            {"monthly": 2990, "annual": 29900},
        )


@pytest.mark.parametrize(
    ("product", "plan", "whole"),
    [
        ("Hospedagem", "Essencial", "Hospedagem Essencial"),
        ("Hospedagem", "hospedagem Início", "hospedagem Início"),
        ("Host", "Hosting Pro", "Host Hosting Pro"),
    ],
)
def test_a_product_is_named_once(product, plan, whole):
    assert full_name(product, plan) == whole


class TestStorefront:
    def test_keeps_the_order_the_host_chose(self, tenant):
        publish("profissional", position=2)
        publish("essencial", position=1)

        assert [plan.name for plan in catalog.storefront()] == ["Essencial", "Profissional"]

    def test_hides_what_is_hidden_retired_or_somebody_elses(self, tenant, other_tenant):
        Plan.objects.filter(pk=publish("hidden")).update(is_visible=False)
        a_price(is_active=False)
        with other_tenant:
            publish("theirs")

        assert catalog.storefront() == []

    def test_asks_once_however_many_plans(self, tenant, django_assert_num_queries):
        for number in range(5):
            publish(f"plano-{number}")

        plans, servers_in_a_savepoint = 1, 3
        with django_assert_num_queries(plans + servers_in_a_savepoint):
            assert len(catalog.storefront()) == 5


class TestPricedPlan:
    def test_tells_what_an_order_needs(self, tenant):
        price = a_price(amount_cents=4990, cycle="annual")

        plan = catalog.priced_plan(price.id)

        assert (plan.amount, plan.cycle) == (Money(4990), Cycle.ANNUAL)
        assert (plan.product_kind, plan.spec["package"]) == ("hosting.account", "essencial")

    def test_refuses_a_price_that_was_retired(self, tenant):
        with pytest.raises(NotForSale):
            catalog.priced_plan(a_price(is_active=False).id)

    def test_refuses_a_plan_that_is_hidden(self, tenant):
        price = a_price()
        Plan.objects.filter(pk=price.plan_id).update(is_visible=False)

        with pytest.raises(NotForSale):
            catalog.priced_plan(price.id)

    def test_refuses_a_price_of_another_tenant(self, tenant, other_tenant):
        with other_tenant:
            theirs = a_price()

        with pytest.raises(NotForSale):
            catalog.priced_plan(theirs.id)
