"""One request and one answer of each operation, as the document shows them."""

from collections.abc import Mapping
from typing import Literal

from alicerce.surfaces.api import migration_examples as migrations
from alicerce.surfaces.api import money_examples as money
from alicerce.surfaces.api import subscription_examples as subscriptions
from alicerce.surfaces.api.samples import (
    CUSTOMER,
    NOON,
    PRICE,
    SERVICE,
    WEBHOOK,
    Example,
    canceled,
    customer,
    delivery,
    domain,
    dunning_ladder,
    event,
    event_type,
    invoice,
    invoice_detail,
    invoice_dunning,
    key,
    me,
    minted,
    order,
    plan,
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
    "getTestClock": {"object": "test_clock", "reads_at": NOON, "moving_to": None},
    "advanceTestClock": {
        "object": "test_clock",
        "reads_at": NOON,
        "moving_to": "2027-03-01T12:00:00Z",
    },
    "listCustomers": _list(customer, "customers"),
    "createCustomer": customer,
    "getCustomer": customer,
    "updateCustomer": customer,
    "blockCustomer": {**customer, "status": "blocked"},
    "unblockCustomer": customer,
    "closeCustomer": {**customer, "status": "closed"},
    "reopenCustomer": customer,
    "listPlans": _list(plan, "plans"),
    "listOrders": _list(order, "orders"),
    "getOrder": order,
    "cancelOrder": order | canceled | {"lines": [order["lines"][0] | {"status": "canceled"}]},
    "createService": order,
    "listInvoices": _list(invoice, "invoices"),
    "getInvoice": invoice_detail,
    "getDunningLadder": dunning_ladder,
    "getInvoiceDunning": invoice_dunning,
    "listServices": _list(service, "services"),
    "getService": service,
    "getProvisioning": provisioning,
    "provision": provisioning,
    "suspendService": {**service, "suspension_cause": "abuse"},
    "resumeService": service,
    "createDomain": domain,
    "listDomains": _list(zone, "domains"),
    "getDomain": {**zone, "records": [record]},
    **migrations.RESPONSES,
    **subscriptions.RESPONSES,
    **money.RESPONSES,
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
    "advanceTestClock": {"to": "2027-03-01T12:00:00Z"},
    "rotateKey": {"overlap_seconds": 86400},
    "createCustomer": {
        "name": "Renata Souza",
        "email": "renata@example.com",
        "document": "529.982.247-25",
    },
    "updateCustomer": {"name": "Renata Souza Lima"},
    "createService": {
        "customer_id": CUSTOMER,
        "price_id": PRICE,
        "domain": "padaria.com.br",
    },
    "cancelOrder": {"reason": "O cliente desistiu por telefone."},
    "provision": {"service_id": SERVICE},
    "suspendService": {"cause": "abuse", "reason": "Envio de spam"},
    "resumeService": {"reason": "Formulário corrigido"},
    "createDomain": {"service_id": SERVICE, "domain": "loja.com.br"},
    **migrations.REQUESTS,
    **subscriptions.REQUESTS,
    "createWebhook": {"url": "https://exemplo.com.br/webhooks", "types": ["invoice.*"]},
    "updateWebhook": {"types": ["invoice.*", "order.completed"], "enabled": True},
}


def example_of(operation_id: str, what: Literal["request", "response"]) -> Example:
    """Raises KeyError: an operation without an example is not ready to be shown."""
    return (REQUESTS if what == "request" else RESPONSES)[operation_id]
