"""What a coupon takes off, of what, and for whom."""

from datetime import timedelta

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import (
    BadCoupon,
    BadCouponForm,
    BadTerms,
    CouponNotForPlan,
    CouponTaken,
    CouponUsedUp,
    NoSuchCoupon,
)
from alicerce.apps.catalog.models import Coupon, Terms
from alicerce.apps.catalog.queries.coupons import coupon, coupons
from alicerce.apps.catalog.rules import discount_on, spread
from alicerce.apps.catalog.services.make_coupon import (
    extend_coupon,
    make_coupon,
    retire_coupon,
)
from alicerce.apps.catalog.services.publish_terms import publish_terms
from alicerce.apps.catalog.tests.factories import NOON, a_coupon, a_plan, a_price
from alicerce.apps.catalog.types import CouponForm, CouponKind, CouponStatus
from alicerce.kernel.money import Money

LATER = NOON + timedelta(days=30)
FIXED = {"kind": CouponKind.FIXED, "percent_bp": None}


class TestRules:
    @pytest.mark.parametrize(
        ("amount", "items", "split"),
        [
            (1500, [1000, 1000], (750, 750)),
            (750, [300, 1200], (150, 600)),
            (2500, [1000, 1000], (1000, 1000)),
            (100, [100, 200], (33, 67)),
            (1, [0, 0], (0, 0)),
            (1, [0, 1], (0, 1)),
        ],
    )
    def test_a_fixed_amount_takes_no_item_below_zero(self, amount, items, split):
        """DISC-001."""
        off = discount_on(sum(items), percent_bp=None, amount_cents=amount)

        assert spread(off, items) == split

    def test_a_percentage_is_of_the_whole_then_spread(self):
        """DISC-002."""
        off = discount_on(200, percent_bp=3333, amount_cents=None)

        assert off == 67
        assert sorted(spread(off, [100, 100])) == [33, 34]

    @pytest.mark.parametrize("total", [0, 1, 7, 999, 123_457])
    @pytest.mark.parametrize("percent_bp", [1, 3333, 9999, 10_000])
    def test_what_is_spread_sums_and_stays_within_each_item(self, total, percent_bp):
        items = [total // 3, 0, total - total // 3]
        off = discount_on(total, percent_bp=percent_bp, amount_cents=None)

        shares = spread(off, items)

        assert sum(shares) == off <= total
        assert all(0 <= share <= item for share, item in zip(shares, items, strict=True))


class TestMakeCoupon:
    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"code": "natal"}, "code"),
            ({"code": "A"}, "code"),
            ({"code": "DEZ OFF"}, "code"),
            ({"percent_bp": 0}, "percent_bp"),
            ({"percent_bp": 10_001}, "percent_bp"),
            ({"amount_cents": 100}, "percent_bp"),
            ({**FIXED, "amount_cents": 0}, "amount_cents"),
            ({"cycles": 0}, "cycles"),
            ({"most": 0}, "most"),
            ({"starts_at": LATER, "ends_at": NOON}, "ends_at"),
        ],
    )
    def test_refuses_what_promises_nothing(self, tenant, given, field):
        facts = {"code": "DEZ", "kind": CouponKind.PERCENT, "percent_bp": 1000}

        with pytest.raises(BadCouponForm) as refused:
            make_coupon(form=CouponForm(**{**facts, **given}), at=NOON)

        assert refused.value.field == field

    def test_refuses_a_code_that_is_taken_and_a_plan_of_a_neighbour(self, tenant, other_tenant):
        a_coupon(code="DEZ")
        with pytest.raises(CouponTaken):
            a_coupon(code="DEZ")

        with other_tenant:
            a_coupon(code="DEZ")
            theirs = a_plan().id
        with pytest.raises(BadCouponForm):
            a_coupon(plan_ids=(theirs,))

    def test_is_on_record(self, tenant):
        made = a_coupon(code="DEZ", most=5)

        entry = Entry.objects.get(action="coupon.created")
        assert (entry.entity_id, entry.after["most"]) == (made.id, 5)


class TestQuote:
    @pytest.fixture
    def price(self, tenant):
        return a_price(amount_cents=2990, setup_cents=1000)

    def off(self, price, code, at=NOON):
        return catalog.quote(price_id=price.id, coupon=code, at=at).discount

    def test_takes_a_percentage_off_the_whole(self, price):
        made = a_coupon(code="DEZ", cycles=3)

        quote = catalog.quote(price_id=price.id, coupon=" dez ", at=NOON)

        assert (quote.subtotal, quote.total) == (Money(3990), Money(3591))
        assert (quote.discount.coupon_id, quote.discount.cycles) == (made.id, 3)
        assert quote.discount.shares == (299, 100)

    def test_takes_no_more_off_than_there_is(self, price):
        a_coupon(code="MUITO", **FIXED, amount_cents=100_000)

        assert catalog.quote(price_id=price.id, coupon="MUITO", at=NOON).total == Money(0)

    def test_of_what_costs_nothing_has_no_discount(self, tenant):
        a_coupon(code="DEZ")

        assert self.off(a_price(amount_cents=0), "DEZ") is None

    def test_refuses_what_never_was_is_over_or_has_not_begun(self, price, other_tenant):
        a_coupon(code="CEDO", starts_at=LATER)
        a_coupon(code="TARDE", ends_at=NOON)
        retire_coupon(coupon_id=a_coupon(code="FIM").id, at=NOON)
        a_coupon(code="DOLAR", **FIXED, amount_cents=100, currency="USD")
        with other_tenant:
            a_coupon(code="DELES")

        for code in ("NADA", "CEDO", "TARDE", "FIM", "DOLAR", "DELES"):
            with pytest.raises(BadCoupon):
                self.off(price, code)
        assert self.off(price, "CEDO", at=LATER) is not None

    def test_is_for_the_plans_that_the_coupon_names(self, price):
        a_coupon(code="UM", plan_ids=(price.plan_id,))

        assert self.off(price, "UM") is not None
        with pytest.raises(CouponNotForPlan):
            self.off(a_price(), "UM")

    def test_refuses_what_was_redeemed_often_enough(self, price):
        made = a_coupon(code="DEZ", most=1)
        Coupon.objects.filter(pk=made.id).update(redeemed=1)

        with pytest.raises(CouponUsedUp):
            self.off(price, "DEZ")


class TestExtendCoupon:
    def test_moves_the_end_and_the_count_and_nothing_else(self, tenant):
        made = a_coupon(most=5, ends_at=LATER)
        Coupon.objects.filter(pk=made.id).update(redeemed=3)

        extend_coupon(coupon_id=made.id, ends_at=None, most=3, at=NOON)

        card = coupon(made.id, at=NOON)
        assert (card.form.ends_at, card.form.most, card.status) == (
            None,
            3,
            CouponStatus.USED_UP,
        )
        with pytest.raises(BadCouponForm):
            extend_coupon(coupon_id=made.id, ends_at=None, most=2, at=NOON)

    def test_does_not_reach_the_neighbours(self, tenant, other_tenant):
        with other_tenant:
            theirs = a_coupon().id

        assert coupons(at=NOON) == []
        with pytest.raises(NoSuchCoupon):
            extend_coupon(coupon_id=theirs, ends_at=None, most=None, at=NOON)


class TestTerms:
    def test_are_versions_that_stay(self, tenant):
        assert catalog.terms_in_force() is None

        assert publish_terms(body="Um", at=NOON) == 1
        assert publish_terms(body=" Um ", at=LATER) == 1
        assert publish_terms(body="Dois", at=LATER) == 2

        assert catalog.terms_in_force().body == "Dois"
        assert list(Terms.objects.order_by("version").values_list("body", flat=True)) == [
            "Um",
            "Dois",
        ]

    def test_say_something(self, tenant):
        with pytest.raises(BadTerms):
            publish_terms(body="  ", at=NOON)
