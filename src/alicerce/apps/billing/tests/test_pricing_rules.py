"""Tiers, discounts and taxes: every cent is somewhere, once."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alicerce.apps.billing.rules.allocation import (
    NothingToShare,
    apportion,
    fixed_discount,
    percentage_discount,
    spread,
)
from alicerce.apps.billing.rules.rounding import basis_points, down, half_up, percent
from alicerce.apps.billing.rules.taxes import (
    Manner,
    Tax,
    Taxable,
    credited_tax,
    gross_in_parts,
    tax_by_line,
    taxed,
)
from alicerce.apps.billing.rules.tiers import (
    Scheme,
    Tier,
    TiersDoNotFit,
    graduated,
    package,
    per_unit,
    price_of,
    volume,
)

cents = some.integers(0, 10**9)
items = some.lists(cents, min_size=1, max_size=15)
rates = some.fractions(0, 1, max_denominator=10_000)
positive_rates = some.integers(1, 10_000).map(basis_points)


@some.composite
def tiers(draw, *, cheaper=False):
    bounds = sorted(draw(some.sets(some.integers(1, 400), max_size=4)))
    units = draw(some.lists(cents, min_size=len(bounds) + 1, max_size=len(bounds) + 1))
    units = sorted(units, reverse=True) if cheaper else units
    return [Tier(bound, unit) for bound, unit in zip([*bounds, None], units, strict=True)]


class TestRounding:
    @given(some.fractions(-(10**6), 10**6))
    def test_is_within_half_a_cent_and_mirrors(self, exact):
        assert abs(half_up(exact) - exact) <= Fraction(1, 2)
        assert half_up(-exact) == -half_up(exact)
        assert abs(down(exact)) <= abs(exact)

    def test_takes_half_a_cent_up(self):
        assert [half_up(Fraction(n, 2)) for n in (1, 3, 5, -1)] == [1, 2, 3, -1]

    def test_reads_rates_as_people_write_them(self):
        assert percent("23.33") == basis_points(2333) == Fraction(2333, 10_000)


class TestSpread:
    @given(cents, some.lists(some.integers(0, 10**6), min_size=1, max_size=15))
    def test_sums_to_the_whole_and_no_part_is_a_cent_off(self, total, weights):
        weights = [*weights, 1]

        parts = spread(total, weights)

        assert sum(parts) == total
        assert all(
            abs(part - Fraction(total * weight, sum(weights))) < 1
            for part, weight in zip(parts, weights, strict=True)
        )

    @given(some.lists(some.fractions(-1000, 1000, max_denominator=99), max_size=12))
    def test_of_exact_shares_rounds_their_sum_once(self, exact):
        parts = apportion(exact)

        assert sum(parts) == half_up(sum(exact, Fraction(0)))
        assert all(abs(part - one) < 1 for part, one in zip(parts, exact, strict=True))

    def test_lets_the_last_of_equals_absorb_the_cent(self):
        assert spread(100, [1, 1, 1]) == [33, 33, 34]

    @pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
    def test_needs_something_to_spread_over(self, weights):
        with pytest.raises(NothingToShare):
            spread(1, weights)


class TestDiscount:
    @given(cents, items)
    def test_never_takes_an_item_below_zero(self, coupon, prices):
        off = fixed_discount(coupon, prices)

        assert sum(off) == min(coupon, sum(prices))
        assert all(0 <= part <= price for part, price in zip(off, prices, strict=True))

    @given(rates, items)
    def test_by_percentage_is_that_of_the_sum(self, rate, prices):
        off = percentage_discount(rate, prices)

        assert sum(off) == half_up(rate * sum(prices))
        assert all(0 <= part <= price for part, price in zip(off, prices, strict=True))

    def test_leaves_a_credit_in_the_same_invoice_alone(self):
        assert fixed_discount(500, [-250, 1000, 1000]) == [0, 250, 250]

    def test_of_a_hundred_percent_leaves_nothing(self):
        assert percentage_discount(percent(100), [101, 203]) == [101, 203]


class TestTiers:
    @given(tiers(), some.integers(0, 600))
    def test_graduated_never_falls_with_the_quantity(self, steps, quantity):
        assert graduated(quantity, steps) <= graduated(quantity + 1, steps)

    @given(tiers(cheaper=True), some.integers(0, 600))
    def test_volume_is_never_dearer_than_graduated_when_more_is_cheaper(self, steps, quantity):
        assert volume(quantity, steps) <= graduated(quantity, steps)

    @given(cents, some.integers(0, 600))
    def test_of_one_step_are_all_the_same(self, unit, quantity):
        one = [Tier(None, unit)]

        assert (
            graduated(quantity, one)
            == volume(quantity, one)
            == per_unit(quantity, unit)
            == unit * quantity
        )

    def test_volume_prices_all_units_by_where_the_quantity_ends(self):
        steps = [Tier(10, 100), Tier(None, 50)]

        assert [volume(n, steps) for n in (0, 10, 11)] == [0, 1000, 550]
        assert [graduated(n, steps) for n in (0, 10, 11)] == [0, 1000, 1050]

    def test_add_what_is_flat_once_a_step_is_reached(self):
        steps = [Tier(10, 0, flat=500), Tier(None, 10, flat=900)]

        assert [graduated(n, steps) for n in (1, 10, 12)] == [500, 500, 1420]
        assert volume(12, steps) == 1020

    def test_round_parts_of_a_cent_once(self):
        assert per_unit(3, Fraction(1, 2)) == 2
        assert graduated(3, [Tier(1, Fraction(1, 2)), Tier(None, Fraction(1, 2))]) == 2

    @given(some.integers(0, 10_000), some.integers(1, 500), cents)
    def test_package_holds_the_quantity_and_no_empty_one(self, quantity, size, price):
        packages = package(quantity, size=size, price=price) // price if price else 0

        assert not price or (packages - 1) * size < quantity <= packages * size or not quantity

    def test_are_found_by_their_name(self):
        steps = [Tier(10, 100), Tier(None, 50)]

        assert price_of(11, Scheme.GRADUATED, steps) == 1050
        assert price_of(11, Scheme.VOLUME, steps) == 550
        assert price_of(11, Scheme.FLAT, [Tier(None, 100)]) == 1100
        assert price_of(11, Scheme.PACKAGE, [Tier(10, 700)]) == 1400

    @pytest.mark.parametrize(
        ("steps", "quantity"),
        [
            ([], 1),
            ([Tier(10, 1)], 11),
            ([Tier(None, 1), Tier(10, 1)], 1),
            ([Tier(10, 1), Tier(10, 2), Tier(None, 1)], 1),
            ([Tier(None, 1)], -1),
        ],
    )
    def test_that_do_not_fit_are_refused(self, steps, quantity):
        for price in (graduated, volume):
            with pytest.raises(TiersDoNotFit):
                price(quantity, steps)


def vat(rate, manner=Manner.ADDED, **more):
    return Tax("vat", rate, manner, **more)


class TestTaxes:
    @given(some.lists(some.tuples(cents, rates), min_size=1, max_size=12))
    def test_of_the_lines_sum_to_that_of_the_document(self, pairs):
        lines = [Taxable(amount, (vat(rate),)) for amount, rate in pairs]

        document = taxed(lines)

        assert document.tax == half_up(sum(amount * rate for amount, rate in pairs))
        assert sum(document.line_taxes(i) for i in range(len(pairs))) == document.tax
        assert document.total == document.net + document.tax

    @given(cents, positive_rates)
    def test_added_and_then_taken_as_included_are_the_same(self, net, rate):
        added = taxed([Taxable(net, (vat(rate),))])
        back = taxed([Taxable(added.total, (vat(rate, Manner.INCLUDED),))])

        assert (back.net, back.tax, back.total) == (net, added.tax, added.total)

    @given(items, positive_rates, positive_rates)
    def test_included_leave_the_total_as_it_is(self, amounts, one, other):
        taxes = (
            Tax("a", one, Manner.INCLUDED),
            Tax("b", other, Manner.INCLUDED),
        )

        document = taxed([Taxable(amount, taxes) for amount in amounts])

        assert document.total == sum(amounts)
        assert 0 <= document.tax <= document.total + 1

    def test_within_the_price_take_the_price_itself_as_base(self):
        document = taxed([Taxable(10000, (Tax("iss", percent(5), Manner.WITHIN),))])

        assert (document.levied[0].cents, document.net, document.total) == (500, 10000, 10000)

    def test_withheld_are_not_paid_to_us(self):
        iss = Tax("iss", percent(5), Manner.WITHIN, withheld=True)
        irrf = Tax("irrf", percent("1.5"), Manner.WITHIN, withheld=True)

        document = taxed([Taxable(10000, (iss, irrf))])

        assert (document.total, document.withheld, document.payable) == (10000, 650, 9350)

    def test_of_several_kinds_are_rounded_each_alone(self):
        taxes = (Tax("a", percent("0.5")), Tax("b", percent("0.5")))

        assert [one.cents for one in taxed([Taxable(100, taxes)]).levied] == [1, 1]

    def test_of_an_exempt_line_are_none(self):
        document = taxed([Taxable(1000, (vat(percent(10)),)), Taxable(5000)])

        assert [document.line_taxes(i) for i in (0, 1)] == [100, 0]

    def test_of_a_credit_in_the_same_document_are_negative(self):
        lines = [Taxable(cents, (vat(percent(20)),)) for cents in (-250, 1500, 3000)]

        document = taxed(lines)

        assert (document.net, document.tax, document.total) == (4250, 850, 5100)
        assert document.levied[0].lines == (-50, 300, 600)

    def test_of_one_name_are_levied_in_one_manner(self):
        with pytest.raises(ValueError, match="two manners"):
            taxed(
                [Taxable(1, (vat(percent(1)),)), Taxable(1, (vat(percent(1), withheld=True),))]
            )


class TestCreditNote:
    @given(some.lists(some.integers(1, 10**6), min_size=1, max_size=10), positive_rates)
    def test_that_is_the_last_takes_the_cents_that_are_left(self, parts, rate):
        net = sum(parts)
        tax = half_up(net * rate)
        credited = given_back = 0

        for part in parts:
            one = credited_tax(
                net=net, tax=tax, credited_net=credited, credited_tax=given_back, credit=part
            )
            assert 0 <= one <= tax - given_back
            credited, given_back = credited + part, given_back + one

        assert (credited, given_back) == (net, tax)

    @given(cents, cents, some.data())
    def test_in_gross_is_split_like_its_document(self, net, tax, data):
        gross = data.draw(some.integers(0, net + tax))

        parts = gross_in_parts(gross, net=net, tax=tax)

        assert sum(parts) == gross
        assert 0 <= parts[0] <= net + 1
        assert 0 <= parts[1] <= tax

    def test_shows_each_line_its_tax(self):
        assert tax_by_line(2733, [6833, 6833]) == [1366, 1367]
