"""The least that is valid, for tests."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from alicerce.apps.catalog.models import Coupon, Plan, Price, Product
from alicerce.apps.catalog.queries.fields import asked_field
from alicerce.apps.catalog.queries.options import options_of
from alicerce.apps.catalog.services.make_coupon import make_coupon
from alicerce.apps.catalog.services.save_field import add_field
from alicerce.apps.catalog.services.save_option import add_option
from alicerce.apps.catalog.types import (
    AskedField,
    ChoiceForm,
    CouponForm,
    CouponKind,
    Cycle,
    FieldForm,
    FieldKind,
    OfferedOption,
    OptionForm,
    OptionKind,
    PlanForm,
)
from alicerce.kernel.money import Money

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
numbers = count(1)


def a_plan(**given: Any) -> Plan:
    product, _ = Product.objects.get_or_create(kind="hosting.account", name="Hospedagem")
    facts: dict[str, Any] = {
        "product": product,
        "slug": f"plano-{next(numbers)}",
        "name": "Essencial",
        "spec": {"package": "essencial", "region": ""},
    }
    return Plan.objects.create(**{**facts, **given})


def a_price(**given: Any) -> Price:
    plan = given.pop("plan", None) or a_plan()
    facts: dict[str, Any] = {"plan": plan, "cycle": "monthly", "amount_cents": 2990}
    return Price.objects.create(**{**facts, "since": NOON, **given})


def a_plan_form(**given: Any) -> PlanForm:
    facts: dict[str, Any] = {
        "product_kind": "hosting.account",
        "product_name": "Hospedagem",
        "name": "Essencial",
        "spec": {"package": "essencial", "region": ""},
    }
    return PlanForm(**{**facts, **given})


def a_choice_form(name: str = "Disco extra", **given: Any) -> ChoiceForm:
    return ChoiceForm(**{"name": name, "prices": {Cycle.MONTHLY: Money(990)}, **given})


def an_option_form(**given: Any) -> OptionForm:
    facts: dict[str, Any] = {
        "kind": OptionKind.QUANTITY,
        "name": "Disco extra",
        "maximum": 10,
        "choices": (a_choice_form(),),
    }
    return OptionForm(**{**facts, **given})


def an_option(plan: Plan, **given: Any) -> OfferedOption:
    option_id = add_option(plan_id=plan.id, form=an_option_form(**given), at=NOON)
    return next(one for one in options_of([plan.id])[plan.id] if one.id == option_id)


def a_field(plan: Plan, **given: Any) -> AskedField:
    facts: dict[str, Any] = {"kind": FieldKind.SHORT_TEXT, "label": "Contato"}
    field_id = add_field(plan_id=plan.id, form=FieldForm(**{**facts, **given}), at=NOON)
    return asked_field(field_id)


def a_coupon(**given: Any) -> Coupon:
    facts: dict[str, Any] = {
        "code": f"CUPOM{next(numbers)}",
        "kind": CouponKind.PERCENT,
        "percent_bp": 1000,
    }
    coupon_id = make_coupon(form=CouponForm(**{**facts, **given}), at=NOON)
    coupon: Coupon = Coupon.objects.get(pk=coupon_id)
    return coupon
