"""Programs that call the API of the two companies, and every id that a call may carry."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.test import Client

from alicerce.apps.developers.services.make_key import make_key
from alicerce.apps.developers.types import SCOPES, Maker, NewKey
from alicerce.apps.identity.models import User
from alicerce.kernel.context import acting
from alicerce.surfaces.api.document import document
from tests.architecture.isolation import story

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
HELD = frozenset(SCOPES)
METHODS = ("get", "post", "patch", "delete")
# What an id in a path, a query or a body names.
TABLES = {
    "account_id": "billing_gatewayaccount",
    "credit_note_id": "billing_creditnote",
    "address_id": "customers_address",
    "contact_id": "customers_contact",
    "correction_id": "corrections_correction",
    "coupon_id": "catalog_coupon",
    "issuer_id": "billing_issuer",
    "customer_id": "customers_customer",
    "delivery_id": "endpoints_delivery",
    "dispute_id": "disputes_dispute",
    "document_id": "fiscal_fiscaldocument",
    "domain_id": "dns_zone",
    "endpoint_id": "endpoints_endpoint",
    "event_id": "endpoints_loggedevent",
    "forecast_id": "forecasts_forecast",
    "import_id": "switching_dump",
    "host_name_id": "hostnames_hostname",
    "invoice_id": "billing_invoice",
    "invitation_id": "tenancy_invitation",
    "member_id": "tenancy_membership",
    "meter_id": "metering_meter",
    "key_id": "developers_apikey",
    "migration_id": "transfers_transfer",
    "option_id": "catalog_option",
    "field_id": "catalog_planfield",
    "order_id": "orders_order",
    "note_id": "customers_note",
    "order_line_id": "orders_line",
    "mandate_id": "collecting_mandate",
    "payment_id": "billing_payment",
    "payment_method_id": "collecting_card",
    "plan_id": "catalog_plan",
    "price_id": "catalog_price",
    "price_move_id": "subscriptions_pricemove",
    "refund_id": "billing_refund",
    "service_id": "hosting_service",
    "subscription_id": "subscriptions_subscription",
    "tier_id": "customers_tier",
}
WORDS = {"getReport": {"name": "mrr"}}
# What is in the platform's books, and read by who answers for an account there: the companies of the
# story have none. Proved in surfaces/api/tests/test_platform.py.
OF_ACCOUNTS = {
    "getPlatformInvoice": {"platform_invoice_id": "018f0000-0000-7000-8000-000000000000"},
    "listPlatformInvoices": {},
    "listPlatformPayments": {},
    "listPlatformProducts": {},
}


@dataclass(frozen=True)
class Operation:
    """One thing that the API does, as its document says."""

    id: str
    method: str
    path: str
    node: dict

    @property
    def path_ids(self):
        named = re.findall(r"\{(\w+)\}", self.path)
        return [name for name in named if name not in self.words]

    @property
    def words(self):
        """What its path names of the program's own, the same for everybody: one of each."""
        return WORDS.get(self.id) or OF_ACCOUNTS.get(self.id, {})

    @property
    def query_ids(self):
        return [
            p["name"]
            for p in self.node["parameters"]
            if p["name"] in TABLES and p["in"] == "query"
        ]

    @property
    def body(self):
        content = self.node.get("requestBody", {}).get("content", {})
        return content.get("application/json", {}).get("example")

    @property
    def scope(self):
        """What it asks for; None when every key may."""
        found = re.search(r"Pede a permissão `([\w:]+)`", self.node["description"])
        return found[1] if found else None


def operations():
    return [
        Operation(node["operationId"], method, path, node)
        for path, item in document()["paths"].items()
        for method, node in item.items()
        if method in METHODS
    ]


class Program:
    """A caller with a key of one of the companies."""

    def __init__(self, secret=None):
        self._client = Client(raise_request_exception=False)
        self._headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def call(self, method, path, body=None, **headers):
        data = (
            {}
            if body is None
            else {"data": json.dumps(body), "content_type": "application/json"}
        )
        given = self._headers | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return self._client.generic(method.upper(), path, headers=given, **data)


def a_secret(tenant_id, slug, scopes=HELD, **given):
    """A key made by the company's owner."""
    with acting(tenant_id=UUID(tenant_id)):
        maker = User.objects.get(email=f"ana@{slug}.example")
        new = NewKey(name="Prova", scopes=frozenset(scopes), **given)
        return make_key(new=new, maker=Maker(maker.id, HELD), at=NOON).secret


def ours(stage, scopes=HELD, **given):
    return Program(a_secret(stage.world.ours, story.SLUGS[0], scopes, **given))


def id_of(world, tenant, name):
    """The id of the tenant's own thing of this name."""
    return world.samples[TABLES[name]].rows[tenant]["id"]
