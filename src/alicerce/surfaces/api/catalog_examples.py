"""Plans, prices and coupons, as the document shows them."""

from collections.abc import Mapping

from alicerce.surfaces.api.samples import (
    CHOICE,
    CHOICE_PRICE,
    COUPON,
    FIELD,
    NOON,
    OPTION,
    PLAN,
    Example,
    a_list,
    price,
)

coupon: Example = {
    "object": "coupon",
    "id": COUPON,
    "code": "NATAL10",
    "kind": "percent",
    "percent_bp": 1000,
    "amount_cents": None,
    "currency": "BRL",
    "cycles": 3,
    "starts_at": None,
    "ends_at": NOON,
    "max_redemptions": 100,
    "redeemed": 12,
    "once_per_customer": True,
    "plan_ids": [],
    "retired_at": None,
    "created_at": NOON,
}
choice: Example = {
    "id": CHOICE,
    "name": "Disco extra",
    "adds": 10,
    "prices": [
        {"id": CHOICE_PRICE, "cycle": "monthly", "amount_cents": 990, "currency": "BRL"}
    ],
}
option: Example = {
    "object": "plan_option",
    "id": OPTION,
    "plan_id": PLAN,
    "kind": "quantity",
    "name": "Disco extra",
    "summary": "De 10 em 10 GB",
    "position": 0,
    "minimum": 0,
    "maximum": 10,
    "step": 1,
    "limit": "disk_gb",
    "choices": [choice],
}
field: Example = {
    "object": "plan_field",
    "id": FIELD,
    "plan_id": PLAN,
    "kind": "short_text",
    "label": "Nome da empresa",
    "label_en": "Company name",
    "help": "",
    "is_required": True,
    "is_personal": False,
    "choices": [],
    "position": 0,
}
plan: Example = {
    "object": "plan",
    "id": PLAN,
    "name": "Pro",
    "summary": "Para lojas e blogs",
    "features": ["20 GB de disco"],
    "limits": {"sites": 10, "disk_gb": 20, "traffic_gb": None},
    "position": 1,
    "status": "for_sale",
    "product_name": "Hospedagem",
    "product_kind": "hosting.account",
    "prices": [price],
    "options": [option],
    "fields": [field],
}
plan_detail: Example = {
    **plan,
    "spec": {"package": "pro", "region": ""},
    "stock": None,
    "goes_with": [],
    "max_quantity": 1,
}
price_version: Example = {
    **price,
    "is_active": True,
    "since": NOON,
    "retired_at": None,
    "sold": 12,
}

RESPONSES: Mapping[str, Example] = {
    "listPlans": a_list(plan, "plans"),
    "createPlan": plan_detail | {"prices": []},
    "getPlan": plan_detail,
    "updatePlan": plan_detail,
    "retirePlan": {**plan_detail, "status": "retired"},
    "createPlanOption": option,
    "createPlanField": field,
    "retirePlanField": {"object": "plan_field", "id": FIELD, "deleted": True},
    "retirePlanOption": {"object": "plan_option", "id": OPTION, "deleted": True},
    "listPrices": a_list(price_version, f"plans/{PLAN}/prices"),
    "createPrice": {**price_version, "sold": 0},
    "retirePrice": {**price_version, "is_active": False, "retired_at": NOON},
    "listCoupons": a_list(coupon, "coupons"),
    "createCoupon": {**coupon, "redeemed": 0},
    "getCoupon": coupon,
    "retireCoupon": {**coupon, "retired_at": NOON},
}
REQUESTS: Mapping[str, Example] = {
    "createPlan": {
        "product_kind": "hosting.account",
        "product_name": "Hospedagem",
        "name": "Pro",
        "spec": {"package": "pro"},
        "limits": {"sites": 10},
    },
    "updatePlan": {"summary": "Para lojas e blogs"},
    "createPlanOption": {
        "kind": "quantity",
        "name": "Disco extra",
        "limit": "disk_gb",
        "maximum": 10,
        "choices": [
            {
                "name": "Disco extra",
                "adds": 10,
                "prices": [{"cycle": "monthly", "amount_cents": 990}],
            }
        ],
    },
    "createPlanField": {
        "kind": "short_text",
        "label": "Nome da empresa",
        "label_en": "Company name",
    },
    "createPrice": {"cycle": "monthly", "amount_cents": 5490, "reason": "Custos"},
    "createCoupon": {"code": "NATAL10", "kind": "percent", "percent_bp": 1000, "cycles": 3},
    "retirePrice": {"reason": "Custos"},
}
