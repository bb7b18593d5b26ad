"""One request and one answer of each operation, as the document shows them."""

from collections.abc import Mapping
from typing import Literal

from alicerce.surfaces.api import card_examples as cards
from alicerce.surfaces.api import catalog_examples as catalog
from alicerce.surfaces.api import correction_examples as corrections
from alicerce.surfaces.api import customer_examples as customers
from alicerce.surfaces.api import dispute_examples as disputes
from alicerce.surfaces.api import dunning_examples as dunning
from alicerce.surfaces.api import fiscal_examples as fiscal
from alicerce.surfaces.api import forecast_examples as forecasts
from alicerce.surfaces.api import host_name_examples as host_names
from alicerce.surfaces.api import migration_examples as migrations
from alicerce.surfaces.api import money_examples as money
from alicerce.surfaces.api import order_examples as orders
from alicerce.surfaces.api import platform_examples as platform
from alicerce.surfaces.api import reconciliation_examples as reconciliation
from alicerce.surfaces.api import subscription_examples as subscriptions
from alicerce.surfaces.api import switching_examples as switching
from alicerce.surfaces.api import team_examples as team
from alicerce.surfaces.api import usage_examples as usage
from alicerce.surfaces.api.samples import (
    CUSTOMER,
    METADATA,
    NOON,
    PRICE,
    SERVICE,
    WEBHOOK,
    Example,
    a_list,
    canceled,
    domain,
    invoice,
    invoice_detail,
    key,
    me,
    minted,
    order,
    provisioning,
    record,
    service,
    zone,
)
from alicerce.surfaces.api.webhook_samples import (
    delivery,
    delivery_detail,
    event,
    event_type,
    webhook,
    webhook_secret,
)

RESPONSES: Mapping[str, Example] = {
    "getMe": me,
    "listKeys": a_list(key, "keys"),
    "getKey": key,
    "createKey": minted,
    "rotateKey": minted,
    "revokeKey": {**key, "status": "revoked", "revoked_at": NOON},
    "getTestClock": {"object": "test_clock", "reads_at": NOON, "moving_to": None},
    "refreshTestCatalog": {
        "object": "test_catalog",
        "added": 1,
        "changed": 2,
        "hidden": 0,
        "coupons": 1,
    },
    "advanceTestClock": {
        "object": "test_clock",
        "reads_at": NOON,
        "moving_to": "2027-03-01T12:00:00Z",
    },
    **customers.RESPONSES,
    **catalog.RESPONSES,
    "listOrders": a_list(order, "orders"),
    "getOrder": order,
    "updateOrder": {**order, "metadata": METADATA},
    "cancelOrder": order | canceled | {"lines": [order["lines"][0] | {"status": "canceled"}]},
    **orders.RESPONSES,
    "createService": order,
    "listInvoices": a_list(invoice, "invoices"),
    "getInvoice": invoice_detail,
    **dunning.RESPONSES,
    **platform.RESPONSES,
    **corrections.RESPONSES,
    **disputes.RESPONSES,
    **fiscal.RESPONSES,
    **cards.RESPONSES,
    **reconciliation.RESPONSES,
    **switching.RESPONSES,
    **forecasts.RESPONSES,
    "updateInvoice": {**invoice_detail, "metadata": METADATA},
    "listServices": a_list(service, "services"),
    "getService": service,
    "updateService": service,
    "getProvisioning": provisioning,
    "provision": provisioning,
    "suspendService": {**service, "suspension_cause": "abuse"},
    "resumeService": service,
    "scheduleServiceRemoval": {
        **service,
        "suspension_cause": "staff",
        "removal_due_at": "2026-10-01T12:00:00Z",
    },
    "cancelServiceRemoval": {**service, "suspension_cause": "staff"},
    "createDomain": domain,
    "listDomains": a_list(zone, "domains"),
    "getDomain": {**zone, "records": [record]},
    "updateDomain": {**zone, "records": [record], "metadata": METADATA},
    **migrations.RESPONSES,
    **subscriptions.RESPONSES,
    **usage.RESPONSES,
    **team.RESPONSES,
    **host_names.RESPONSES,
    **money.RESPONSES,
    "listWebhooks": a_list(webhook, "webhooks"),
    "createWebhook": webhook_secret,
    "getWebhook": webhook,
    "updateWebhook": webhook,
    "deleteWebhook": {"object": "webhook", "id": WEBHOOK, "deleted": True},
    "rotateWebhookSecret": webhook_secret,
    "testWebhook": {**delivery, "type": "endpoint.test", "attempts": 0, "answered": None},
    "listDeliveries": a_list(delivery, f"webhooks/{WEBHOOK}/deliveries"),
    "getDelivery": delivery_detail,
    "replayDelivery": delivery,
    "replayFailedDeliveries": {
        "object": "replay",
        "endpoint_id": WEBHOOK,
        "since": NOON,
        "count": 12,
        "left": 0,
    },
    "listEvents": a_list(event, "events"),
    "getEvent": event,
    "listEventTypes": a_list(event_type, "event-types"),
}
REQUESTS: Mapping[str, Example] = {
    "replayFailedDeliveries": {"since": NOON},
    "createKey": {"name": "Integração do site", "scopes": ["customers:read"], "mode": "live"},
    "advanceTestClock": {"to": "2027-03-01T12:00:00Z"},
    "rotateKey": {"overlap_seconds": 86400},
    **team.REQUESTS,
    **customers.REQUESTS,
    **catalog.REQUESTS,
    **orders.REQUESTS,
    "createService": {
        "customer_id": CUSTOMER,
        "price_id": PRICE,
        "domain": "padaria.com.br",
    },
    "updateOrder": {"metadata": METADATA},
    "updateInvoice": {"metadata": METADATA},
    "updateService": {"metadata": METADATA},
    "updateDomain": {"metadata": {"erp_id": "4711", "antigo": None}},
    "cancelOrder": {"reason": "O cliente desistiu por telefone."},
    "provision": {"service_id": SERVICE},
    "suspendService": {"cause": "abuse", "reason": "Envio de spam"},
    "resumeService": {"reason": "Formulário corrigido"},
    "createDomain": {"service_id": SERVICE, "domain": "loja.com.br"},
    **migrations.REQUESTS,
    **subscriptions.REQUESTS,
    **corrections.REQUESTS,
    **disputes.REQUESTS,
    **cards.REQUESTS,
    **usage.REQUESTS,
    **host_names.REQUESTS,
    **forecasts.REQUESTS,
    "createWebhook": {"url": "https://exemplo.com.br/webhooks", "types": ["invoice.*"]},
    "updateWebhook": {"types": ["invoice.*", "order.completed"], "enabled": True},
}


def example_of(operation_id: str, what: Literal["request", "response"]) -> Example:
    """Raises KeyError: an operation without an example is not ready to be shown."""
    return (REQUESTS if what == "request" else RESPONSES)[operation_id]
