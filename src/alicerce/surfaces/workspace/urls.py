"""Addresses of a company's workspace."""

from django.urls import path

from alicerce.apps.billing.web import (
    correcting,
    giving,
    issuers,
    papers,
    receiving,
    ruling,
    tax_preview,
)
from alicerce.apps.billing.web import office as invoices
from alicerce.apps.catalog.web import (
    coupons,
    field_editing,
    option_editing,
    plan_editing,
    price_editing,
    terms,
)
from alicerce.apps.catalog.web import listing as catalog
from alicerce.apps.collecting.web import workspace as cards
from alicerce.apps.corrections.web import deciding
from alicerce.apps.corrections.web import listing as corrections
from alicerce.apps.customers.web import acting, editing, exchange, inviting, listing
from alicerce.apps.developers.web import workspace as developers
from alicerce.apps.disputes.web import desk, med
from alicerce.apps.disputes.web import listing as disputes
from alicerce.apps.dunning.web import editor as ladder
from alicerce.apps.dunning.web import overdue, overrides
from alicerce.apps.endpoints.web import workspace as endpoints
from alicerce.apps.fiscal.web import ending, issuing
from alicerce.apps.fiscal.web import workspace as fiscal
from alicerce.apps.forecasts.web import listing as forecast_listing
from alicerce.apps.forecasts.web import workspace as forecasts
from alicerce.apps.hosting.web import listing as services
from alicerce.apps.hosting.web import own_servers, policy, suspending
from alicerce.apps.hostnames.web import workspace as hostnames
from alicerce.apps.identity.web import gate
from alicerce.apps.ledger.web import books
from alicerce.apps.marketplace.web import workspace as marketplace
from alicerce.apps.metering.web import meters
from alicerce.apps.orders.web import listing as orders
from alicerce.apps.orders.web import selling
from alicerce.apps.payers.web import shop
from alicerce.apps.reconciliation.web import bank, differences, payouts, statements
from alicerce.apps.reconciliation.web import overview as reconciliation
from alicerce.apps.reports.web import costs
from alicerce.apps.reports.web import workspace as reports
from alicerce.apps.subscriptions.web import (
    billing_runs,
    crediting,
    office_changing,
    price_moves,
)
from alicerce.apps.subscriptions.web import workspace as subscriptions
from alicerce.apps.support.web import office as tickets
from alicerce.apps.switching.web import crossing, reporting
from alicerce.apps.switching.web import workspace as switching
from alicerce.apps.taxes.web import customers as customer_taxes
from alicerce.apps.taxes.web import plans as plan_services
from alicerce.apps.taxes.web import workspace as taxes
from alicerce.apps.tenancy.permissions import WORKSPACE
from alicerce.apps.tenancy.web import (
    brand,
    company,
    payers,
    role_sessions,
    roles,
    team,
    team_changes,
)
from alicerce.apps.transfers.web import workspace as transfers
from alicerce.kernel.access import requires
from alicerce.kernel.restrictions import Restriction, even_when
from alicerce.surfaces import standing_in
from alicerce.surfaces.workspace import (
    audit_page,
    correction_page,
    customer_page,
    difference_page,
    home,
    invoice_page,
    member_page,
    order_page,
    plan_page,
    platform_bill_page,
    sandbox_page,
    search,
    service_page,
    subscription_page,
    visits_page,
)

app_name = "workspace"
urlpatterns = [
    path("", home.home, name="home"),
    path("busca/", search.search, name="search"),
    path(
        "confirmar/<uuid:approval_id>/",
        even_when(Restriction.CLOSED)(requires(WORKSPACE)(gate.prove)),
        name="prove",
    ),
    path("empresa/plataforma/", platform_bill_page.platform_bill, name="platform_bill"),
    *shop.urlpatterns,
    *listing.urlpatterns,
    *editing.urlpatterns,
    *exchange.urlpatterns,
    *inviting.urlpatterns,
    *customer_page.urlpatterns,
    *acting.urlpatterns,
    *orders.urlpatterns,
    *selling.urlpatterns,
    *order_page.urlpatterns,
    *policy.urlpatterns,
    *suspending.urlpatterns,
    *own_servers.urlpatterns,
    *price_moves.urlpatterns,
    *subscriptions.urlpatterns,
    *crediting.urlpatterns,
    *meters.urlpatterns,
    *office_changing.urlpatterns,
    *subscription_page.urlpatterns,
    *billing_runs.urlpatterns,
    *invoices.urlpatterns,
    *invoice_page.urlpatterns,
    *correcting.urlpatterns,
    *corrections.urlpatterns,
    *correction_page.urlpatterns,
    *deciding.urlpatterns,
    *giving.urlpatterns,
    *books.urlpatterns,
    *papers.workspace_urls,
    *receiving.urlpatterns,
    *issuers.urlpatterns,
    *ruling.urlpatterns,
    *disputes.urlpatterns,
    *desk.urlpatterns,
    *med.urlpatterns,
    *taxes.urlpatterns,
    *tax_preview.urlpatterns,
    *customer_taxes.urlpatterns,
    *plan_services.urlpatterns,
    *issuing.urlpatterns,
    *fiscal.urlpatterns,
    *ending.urlpatterns,
    *cards.urlpatterns,
    *costs.urlpatterns,
    *reports.urlpatterns,
    *overdue.urlpatterns,
    *ladder.urlpatterns,
    *overrides.urlpatterns,
    *reconciliation.urlpatterns,
    *differences.urlpatterns,
    *difference_page.urlpatterns,
    *payouts.urlpatterns,
    *bank.urlpatterns,
    *statements.urlpatterns,
    *catalog.urlpatterns,
    *plan_editing.urlpatterns,
    *price_editing.urlpatterns,
    *option_editing.urlpatterns,
    *field_editing.urlpatterns,
    *coupons.urlpatterns,
    *terms.urlpatterns,
    *plan_page.urlpatterns,
    *services.urlpatterns,
    *service_page.urlpatterns,
    *tickets.urlpatterns,
    *team.urlpatterns,
    *team_changes.urlpatterns,
    *roles.urlpatterns,
    *role_sessions.urlpatterns,
    path("equipe/<uuid:user_id>/", member_page.member, name="member"),
    *visits_page.urlpatterns,
    *audit_page.urlpatterns,
    *standing_in.workspace_urlpatterns,
    *company.urlpatterns,
    *brand.urlpatterns,
    *hostnames.urlpatterns,
    *payers.urlpatterns,
    *developers.urlpatterns,
    *sandbox_page.urlpatterns,
    *endpoints.urlpatterns,
    *marketplace.urlpatterns,
    *transfers.urlpatterns,
    *forecasts.urlpatterns,
    *forecast_listing.urlpatterns,
    *switching.urlpatterns,
    *reporting.urlpatterns,
    *crossing.urlpatterns,
]
