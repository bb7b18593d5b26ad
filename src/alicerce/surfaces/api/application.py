"""Every operation of the API, by its address and method."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.parser import Parser

from alicerce.apps.billing.api.corrections import router as corrections
from alicerce.apps.billing.api.invoices import router as billing
from alicerce.apps.billing.api.issuers import router as issuers
from alicerce.apps.billing.api.receiving import router as receiving
from alicerce.apps.catalog.api.coupons import router as coupons
from alicerce.apps.catalog.api.fields import router as plan_fields
from alicerce.apps.catalog.api.options import router as plan_options
from alicerce.apps.catalog.api.plans import router as plans
from alicerce.apps.collecting.api.cards import router as collecting
from alicerce.apps.collecting.api.mandates import router as mandates
from alicerce.apps.corrections.api.corrections import router as asked_corrections
from alicerce.apps.customers.api.customers import router as customers
from alicerce.apps.customers.api.details import router as customer_details
from alicerce.apps.customers.api.statuses import router as customer_statuses
from alicerce.apps.customers.api.tiers import router as tiers
from alicerce.apps.developers.api.keys import router as developers
from alicerce.apps.developers.api.sandbox import router as sandbox
from alicerce.apps.developers.types import API_VERSIONS
from alicerce.apps.disputes.api import router as disputes
from alicerce.apps.dns.api import router as dns
from alicerce.apps.dunning.api import router as dunning
from alicerce.apps.endpoints.api.events import router as events
from alicerce.apps.endpoints.api.webhooks import router as webhooks
from alicerce.apps.fiscal.api import router as fiscal
from alicerce.apps.forecasts.api.forecasts import router as forecasts
from alicerce.apps.hosting.api.removal import router as removals
from alicerce.apps.hosting.api.services import router as hosting
from alicerce.apps.hostnames.api import router as hostnames
from alicerce.apps.metering.api import router as metering
from alicerce.apps.orders.api.orders import router as orders
from alicerce.apps.orders.api.placing import router as placing
from alicerce.apps.payers.api import router as platform
from alicerce.apps.reconciliation.api import router as reconciliation
from alicerce.apps.reports.api import router as reports
from alicerce.apps.subscriptions.api.addons import router as subscription_addons
from alicerce.apps.subscriptions.api.billing import router as subscription_billing
from alicerce.apps.subscriptions.api.changes import router as subscription_changes
from alicerce.apps.subscriptions.api.price_moves import router as price_moves
from alicerce.apps.subscriptions.api.subscriptions import router as subscriptions
from alicerce.apps.switching.api import router as switching
from alicerce.apps.tenancy.api.invitations import router as invitations
from alicerce.apps.tenancy.api.members import router as team
from alicerce.apps.transfers.api import router as transfers


class StrictParser(Parser):
    """JSON and nothing else; too deep or not JSON is a ValueError."""

    def parse_body(self, request: HttpRequest) -> Any:
        return orjson.loads(request.body)


api = NinjaAPI(
    title="Alicerce",
    version=API_VERSIONS[-1],
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    parser=StrictParser(),
)
ROUTERS = (
    developers,
    sandbox,
    team,
    invitations,
    customers,
    customer_statuses,
    customer_details,
    tiers,
    plans,
    plan_options,
    plan_fields,
    coupons,
    orders,
    placing,
    subscriptions,
    subscription_changes,
    subscription_addons,
    metering,
    subscription_billing,
    price_moves,
    billing,
    issuers,
    receiving,
    corrections,
    asked_corrections,
    collecting,
    mandates,
    dunning,
    disputes,
    fiscal,
    reconciliation,
    reports,
    hosting,
    removals,
    dns,
    transfers,
    forecasts,
    switching,
    events,
    webhooks,
    hostnames,
    platform,
)
for router in ROUTERS:
    api.add_router("", router)


def _pass_on(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The door knows how every error is told."""
    raise error


for kind in (Exception, Http404, HttpError, ValidationError):
    api.add_exception_handler(kind, _pass_on)

Operations = Mapping[str, Operation]


def operations_by_path() -> Mapping[str, Operations]:
    """The operations at each address, by method; paths as they were declared."""
    found: dict[str, dict[str, Operation]] = defaultdict(dict)
    for bound in api._get_bound_routers():  # noqa: SLF001  the same that builds ninja's own addresses
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                found[path] |= dict.fromkeys(operation.methods, operation)
    return found
