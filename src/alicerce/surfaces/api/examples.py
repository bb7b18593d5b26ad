"""One request and one answer of each operation, as the document shows them."""

from collections.abc import Mapping
from typing import Literal

from alicerce.surfaces.api import migration_examples as migrations
from alicerce.surfaces.api.samples import (
    CUSTOMER,
    NOON,
    OPTION,
    PLAN,
    PRICE,
    SERVICE,
    WEBHOOK,
    Example,
    canceled,
    customer,
    delivery,
    domain,
    event,
    event_type,
    invoice,
    invoice_detail,
    key,
    me,
    minted,
    option,
    order,
    plan,
    plan_detail,
    price_version,
    provisioning,
    record,
    service,
    webhook,
    webhook_secret,
    zone,
)


def _list(of: Example, path: str) -> Example:
    return {
        "object": "list",
        "data": [of],
        "has_more": False,
        "next_cursor": None,
        "url": f"/v1/{path}",
    }


RESPONSES: Mapping[str, Example] = {
    "getMe": me,
    "listKeys": _list(key, "keys"),
    "getKey": key,
    "createKey": minted,
    "rotateKey": minted,
    "revokeKey": {**key, "status": "revoked", "revoked_at": NOON},
    "listCustomers": _list(customer, "customers"),
    "createCustomer": customer,
    "getCustomer": customer,
    "updateCustomer": customer,
    "blockCustomer": {**customer, "status": "blocked"},
    "unblockCustomer": customer,
    "closeCustomer": {**customer, "status": "closed"},
    "reopenCustomer": customer,
    "listPlans": _list(plan, "plans"),
    "createPlan": plan_detail | {"prices": []},
    "getPlan": plan_detail,
    "updatePlan": plan_detail,
    "retirePlan": {**plan_detail, "status": "retired"},
    "createPlanOption": option,
    "retirePlanOption": {"object": "plan_option", "id": OPTION, "deleted": True},
    "listPrices": _list(price_version, f"plans/{PLAN}/prices"),
    "createPrice": {**price_version, "sold": 0},
    "retirePrice": {**price_version, "is_active": False, "retired_at": NOON},
    "listOrders": _list(order, "orders"),
    "getOrder": order,
    "cancelOrder": order | canceled | {"lines": [order["lines"][0] | {"status": "canceled"}]},
    "createService": order,
    "listInvoices": _list(invoice, "invoices"),
    "getInvoice": invoice_detail,
    "listServices": _list(service, "services"),
    "getService": service,
    "getProvisioning": provisioning,
    "provision": provisioning,
    "createDomain": domain,
    "listDomains": _list(zone, "domains"),
    "getDomain": {**zone, "records": [record]},
    **migrations.RESPONSES,
    "listWebhooks": _list(webhook, "webhooks"),
    "createWebhook": webhook_secret,
    "getWebhook": webhook,
    "updateWebhook": webhook,
    "deleteWebhook": {"object": "webhook", "id": WEBHOOK, "deleted": True},
    "rotateWebhookSecret": webhook_secret,
    "testWebhook": {**delivery, "type": "endpoint.test", "attempts": 0, "answered": None},
    "listDeliveries": _list(delivery, f"webhooks/{WEBHOOK}/deliveries"),
    "getDelivery": delivery,
    "replayDelivery": delivery,
    "replayFailedDeliveries": {
        "object": "replay",
        "endpoint_id": WEBHOOK,
        "since": NOON,
        "count": 12,
        "left": 0,
    },
    "listEvents": _list(event, "events"),
    "getEvent": event,
    "listEventTypes": _list(event_type, "event-types"),
}
REQUESTS: Mapping[str, Example] = {
    "replayFailedDeliveries": {"since": NOON},
    "createKey": {"name": "Integração do site", "scopes": ["customers:read"], "mode": "live"},
    "rotateKey": {"overlap_seconds": 86400},
    "createCustomer": {
        "name": "Renata Souza",
        "email": "renata@example.com",
        "document": "529.982.247-25",
    },
    "updateCustomer": {"name": "Renata Souza Lima"},
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
    "createPrice": {"cycle": "monthly", "amount_cents": 5490, "reason": "Custos"},
    "retirePrice": {"reason": "Custos"},
    "createService": {
        "customer_id": CUSTOMER,
        "price_id": PRICE,
        "domain": "padaria.com.br",
    },
    "cancelOrder": {"reason": "O cliente desistiu por telefone."},
    "provision": {"service_id": SERVICE},
    "createDomain": {"service_id": SERVICE, "domain": "loja.com.br"},
    **migrations.REQUESTS,
    "createWebhook": {"url": "https://exemplo.com.br/webhooks", "types": ["invoice.*"]},
    "updateWebhook": {"types": ["invoice.*", "order.completed"], "enabled": True},
}


def example_of(operation_id: str, what: Literal["request", "response"]) -> Example:
    """Raises KeyError: an operation without an example is not ready to be shown."""
    return (REQUESTS if what == "request" else RESPONSES)[operation_id]
