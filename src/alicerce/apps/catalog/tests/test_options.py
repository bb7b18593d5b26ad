"""What a plan may be bought with, and that only our own prices are ever charged for it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import (
    BadChoice,
    BadOption,
    NoSuchOption,
    ReasonRequired,
    TotalTooLarge,
)
from alicerce.apps.catalog.models import Choice, ChoicePrice
from alicerce.apps.catalog.ports import sellers
from alicerce.apps.catalog.services.save_option import add_option, change_option, retire_option
from alicerce.apps.catalog.tests.factories import (
    NOON,
    a_choice_form,
    a_plan,
    a_price,
    an_option,
    an_option_form,
)
from alicerce.apps.catalog.types import Chosen, Cycle, ItemKind, OptionKind
from alicerce.kernel.money import Money

LATER = NOON + timedelta(days=30)
SYSTEMS = {
    "kind": OptionKind.CHOICE,
    "name": "Sistema",
    "choices": (
        a_choice_form("Linux", prices={Cycle.MONTHLY: Money(0)}),
        a_choice_form("Windows", prices={Cycle.MONTHLY: Money(5000)}),
    ),
}
ADDRESS = {"kind": OptionKind.SWITCH, "name": "IP próprio"}


@pytest.fixture
def price(tenant):
    return a_price(amount_cents=2990, setup_cents=1000, plan=a_plan(limits={"disk_gb": 10}))


def quoted(price, *chosen):
    quote = catalog.quote(price_id=price.id, chosen=chosen, at=NOON)
    return [(item.kind, item.name, item.quantity, item.unit.cents) for item in quote.items]


PLAN = (ItemKind.PLAN, "Hospedagem Essencial", 1, 2990)
SETUP = (ItemKind.SETUP, "Hospedagem Essencial", 1, 1000)


class TestQuote:
    def test_of_a_plain_plan_is_its_price_and_its_set_up(self, price):
        assert quoted(price) == [PLAN, SETUP]
        assert catalog.quote(price_id=price.id, at=NOON).total == Money(3990)

    def test_takes_the_prices_from_our_rows(self, price):
        disk = an_option(price.plan, step=2, limit="disk_gb", choices=(a_choice_form(adds=5),))
        system, address = an_option(price.plan, **SYSTEMS), an_option(price.plan, **ADDRESS)
        windows = system.choices[1]

        chosen = [
            Chosen(disk.id, quantity=4),
            Chosen(system.id, windows.id),
            Chosen(address.id),
        ]
        assert quoted(price, *chosen) == [
            PLAN,
            (ItemKind.OPTION, "Disco extra", 4, 990),
            (ItemKind.OPTION, "Sistema: Windows", 1, 5000),
            (ItemKind.OPTION, "IP próprio", 1, 990),
            SETUP,
        ]
        quote = catalog.quote(price_id=price.id, chosen=chosen, at=NOON)
        assert quote.limits == {"disk_gb": 30}
        assert quote.total == Money(2990 + 4 * 990 + 5000 + 990 + 1000)

    def test_of_what_is_left_unsaid_is_the_least(self, price):
        an_option(price.plan, **SYSTEMS)
        an_option(price.plan, **ADDRESS)
        an_option(price.plan, name="Caixas", minimum=5, maximum=20, step=5)

        assert quoted(price) == [
            PLAN,
            (ItemKind.OPTION, "Sistema: Linux", 1, 0),
            (ItemKind.OPTION, "Caixas", 5, 990),
            SETUP,
        ]

    @pytest.mark.parametrize("quantity", [-1, 1, 3, 12, 10_000])
    def test_refuses_a_quantity_that_is_not_offered(self, price, quantity):
        disk = an_option(price.plan, step=2)

        with pytest.raises(BadChoice):
            quoted(price, Chosen(disk.id, quantity=quantity))

    def test_refuses_what_is_not_of_this_plan(self, price, other_tenant):
        system, other = an_option(price.plan, **SYSTEMS), an_option(a_plan(), **SYSTEMS)
        with other_tenant:
            theirs = an_option(a_plan(), **SYSTEMS)

        for wrong in [
            Chosen(uuid4()),
            Chosen(other.id, other.choices[0].id),
            Chosen(theirs.id, theirs.choices[0].id),
            Chosen(system.id, other.choices[0].id),
            Chosen(system.id, uuid4()),
            Chosen(system.id),
            Chosen(system.id, system.choices[0].id, quantity=2),
        ]:
            with pytest.raises(BadChoice):
                quoted(price, wrong)

    def test_refuses_what_is_said_twice(self, price):
        disk = an_option(price.plan)

        with pytest.raises(BadChoice):
            quoted(price, Chosen(disk.id, quantity=1), Chosen(disk.id, quantity=2))

    def test_refuses_what_has_no_price_for_the_cycle(self, price):
        disk = an_option(price.plan)
        yearly = a_price(plan=price.plan, cycle="annual", amount_cents=29900)

        assert [name for _kind, name, *_ in quoted(yearly)] == ["Hospedagem Essencial"]
        with pytest.raises(BadChoice):
            quoted(yearly, Chosen(disk.id, quantity=1))

    def test_refuses_what_is_offered_no_more(self, price):
        disk = an_option(price.plan)
        retire_option(option_id=disk.id, at=LATER)

        with pytest.raises(BadChoice):
            quoted(price, Chosen(disk.id, quantity=1))
        with pytest.raises(NoSuchOption):
            retire_option(option_id=disk.id, at=LATER)

    def test_refuses_a_total_that_no_invoice_could_hold(self, price):
        dear = a_choice_form(prices={Cycle.MONTHLY: Money(100_000_000)})
        disk = an_option(price.plan, maximum=1000, choices=(dear,))

        with pytest.raises(TotalTooLarge):
            quoted(price, Chosen(disk.id, quantity=1000))


class TestAddOption:
    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"name": ""}, "name"),
            ({"minimum": 5, "maximum": 4}, "maximum"),
            ({"maximum": 10_001}, "maximum"),
            ({"step": 0}, "step"),
            ({"limit": "planets"}, "limit"),
            ({"choices": ()}, "choices"),
            ({"choices": (a_choice_form("A"), a_choice_form("B"))}, "choices"),
            ({"kind": OptionKind.CHOICE}, "choices"),
            ({**SYSTEMS, "choices": (a_choice_form("A"), a_choice_form("A"))}, "choices"),
            ({"choices": (a_choice_form(prices={Cycle.MONTHLY: Money(-1)}),)}, "choices"),
        ],
    )
    def test_refuses_what_nobody_could_choose(self, tenant, given, field):
        with pytest.raises(BadOption) as refused:
            add_option(plan_id=a_plan().id, form=an_option_form(**given), at=NOON)

        assert refused.value.field == field


class TestChangeOption:
    def test_makes_new_versions_of_prices_and_keeps_the_ones_before(self, price, published):
        disk = an_option(price.plan)
        (choice,) = disk.choices
        dearer = a_choice_form(id=choice.id, prices={Cycle.MONTHLY: Money(1290)})

        change_option(option_id=disk.id, form=an_option_form(choices=(dearer,)), at=LATER)

        old, new = ChoicePrice.objects.order_by("since")
        assert (old.amount_cents, old.is_active, old.retired_at) == (990, False, LATER)
        assert (new.amount_cents, new.is_active, new.choice_id) == (1290, True, choice.id)
        assert published[-1].fields == ("options",)

    def test_retires_the_choices_that_are_left_out(self, price):
        system = an_option(price.plan, **SYSTEMS)
        linux = system.choices[0]
        kept = a_choice_form("Linux", id=linux.id, prices={Cycle.MONTHLY: Money(0)})
        form = an_option_form(**SYSTEMS)

        change_option(
            option_id=system.id,
            form=replace(form, choices=(kept, a_choice_form("BSD"))),
            at=LATER,
        )

        (now,) = catalog.options_of([price.plan_id])[price.plan_id]
        assert [choice.name for choice in now.choices] == ["Linux", "BSD"]
        assert now.choices[0].id == linux.id
        assert Choice.objects.get(name="Windows").retired_at == LATER

    def test_needs_a_reason_to_cost_more_once_the_plan_was_sold(self, price, monkeypatch):
        monkeypatch.setitem(sellers, "orders", lambda price_ids: {price.id: 1})
        disk = an_option(price.plan)
        (choice,) = disk.choices
        renamed = an_option_form(
            summary="De 10 em 10 GB", choices=(a_choice_form(id=choice.id),)
        )
        change_option(option_id=disk.id, form=renamed, at=LATER)

        dearer = a_choice_form(id=choice.id, prices={Cycle.MONTHLY: Money(1)})
        with pytest.raises(ReasonRequired):
            change_option(option_id=disk.id, form=an_option_form(choices=(dearer,)), at=LATER)

    def test_takes_no_choice_of_another_option(self, price):
        disk, other = an_option(price.plan), an_option(price.plan, name="Caixas")
        stolen = a_choice_form(id=other.choices[0].id)

        with pytest.raises(BadOption):
            change_option(option_id=disk.id, form=an_option_form(choices=(stolen,)), at=LATER)
