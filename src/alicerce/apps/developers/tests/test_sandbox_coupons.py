"""The coupons of a company in its sandbox: copied, followed, ended, and never good for more than they were."""

from datetime import UTC, datetime, timedelta

import pytest

from alicerce.apps.catalog.models import Coupon, CouponPlan, Plan
from alicerce.apps.catalog.services.make_coupon import (
    extend_coupon,
    make_coupon,
    retire_coupon,
)
from alicerce.apps.catalog.tests.factories import a_price
from alicerce.apps.catalog.types import CouponForm, CouponKind
from alicerce.apps.developers.public import open_sandbox, refresh_sandbox, sandbox_of
from alicerce.kernel.context import acting
from alicerce.kernel.db import showing_rows_of

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
MAY = datetime(2027, 5, 1, tzinfo=UTC)


def a_coupon(code, **given):
    form = CouponForm(code, CouponKind.PERCENT, percent_bp=1000, **given)
    return make_coupon(form=form, at=NOON)


@pytest.fixture
def there(tenant):
    """What the sandbox knows of a model."""

    def ask(read):
        twin = sandbox_of(tenant.id)
        with acting(tenant_id=twin), showing_rows_of(twin):
            return read()

    return ask


def codes(there):
    rows = Coupon.objects.filter(retired_at=None).order_by("code")
    return there(lambda: list(rows.values_list("code", flat=True)))


class TestCoupons:
    def test_come_with_their_plans_and_follow(self, tenant, there):
        plan = a_price().plan
        for_one = a_coupon("SODESTE", plan_ids=(plan.id,), most=5)
        for_all = a_coupon("TODOS")
        a_coupon("PASSOU", ends_at=NOON - timedelta(days=1))
        open_sandbox(at=NOON)
        assert codes(there) == ["SODESTE", "TODOS"]
        twin_plan = there(lambda: Plan.objects.get().id)
        assert there(lambda: list(CouponPlan.objects.values_list("plan_id"))) == [(twin_plan,)]
        assert twin_plan != plan.id

        assert refresh_sandbox(at=NOON).coupons == 0
        extend_coupon(coupon_id=for_one, ends_at=MAY, most=9, at=NOON)
        retire_coupon(coupon_id=for_all, at=NOON)
        a_coupon("NOVO")
        assert refresh_sandbox(at=NOON).coupons == 3
        assert codes(there) == ["NOVO", "SODESTE"]
        assert there(lambda: Coupon.objects.get(code="SODESTE").ends_at) == MAY

    def test_leave_those_that_were_made_there(self, tenant, there):
        open_sandbox(at=NOON)
        there(lambda: a_coupon("DAQUI"))
        a_coupon("DAQUI", most=1)
        assert refresh_sandbox(at=NOON).coupons == 0
        assert there(lambda: Coupon.objects.get(code="DAQUI").most) is None

    def test_for_plans_that_are_not_there_do_not_come(self, tenant, there):
        hidden = a_price().plan
        Plan.objects.filter(pk=hidden.id).update(is_visible=False)
        a_coupon("ESCONDIDO", plan_ids=(hidden.id,))
        open_sandbox(at=NOON)
        assert codes(there) == []
