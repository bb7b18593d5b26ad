"""Addresses of a company's workspace."""

from django.urls import path

from alicerce.apps.billing.web import books, correcting, ruling
from alicerce.apps.billing.web import office as invoices
from alicerce.apps.catalog.web import (
    coupons,
    option_editing,
    plan_editing,
    price_editing,
    terms,
)
from alicerce.apps.catalog.web import listing as catalog
from alicerce.apps.customers.web import acting, editing, exchange, listing
from alicerce.apps.developers.web import workspace as developers
from alicerce.apps.dunning.web import editor as ladder
from alicerce.apps.dunning.web import overdue, overrides
from alicerce.apps.endpoints.web import workspace as endpoints
from alicerce.apps.hosting.web import listing as services
from alicerce.apps.hosting.web import policy, suspending
from alicerce.apps.identity.web import gate
from alicerce.apps.marketplace.web import workspace as marketplace
from alicerce.apps.orders.web import listing as orders
from alicerce.apps.subscriptions.web import billing_runs, office_changing
from alicerce.apps.subscriptions.web import workspace as subscriptions
from alicerce.apps.support.web import office as tickets
from alicerce.apps.switching.web import crossing, reporting
from alicerce.apps.switching.web import workspace as switching
from alicerce.apps.tenancy.permissions import WORKSPACE
from alicerce.apps.tenancy.web import company, payers, role_sessions, roles, team, team_changes
from alicerce.apps.transfers.web import workspace as transfers
from alicerce.kernel.access import requires
from alicerce.surfaces import standing_in
from alicerce.surfaces.workspace import (
    audit_page,
    customer_page,
    home,
    invoice_page,
    member_page,
    order_page,
    plan_page,
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
    path("confirmar/<uuid:approval_id>/", requires(WORKSPACE)(gate.prove), name="prove"),
    *listing.urlpatterns,
    *editing.urlpatterns,
    *exchange.urlpatterns,
    *customer_page.urlpatterns,
    *acting.urlpatterns,
    *orders.urlpatterns,
    *order_page.urlpatterns,
    *policy.urlpatterns,
    *suspending.urlpatterns,
    *subscriptions.urlpatterns,
    *office_changing.urlpatterns,
    *subscription_page.urlpatterns,
    *billing_runs.urlpatterns,
    *invoices.urlpatterns,
    *invoice_page.urlpatterns,
    *correcting.urlpatterns,
    *books.urlpatterns,
    *ruling.urlpatterns,
    *overdue.urlpatterns,
    *ladder.urlpatterns,
    *overrides.urlpatterns,
    *catalog.urlpatterns,
    *plan_editing.urlpatterns,
    *price_editing.urlpatterns,
    *option_editing.urlpatterns,
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
    *payers.urlpatterns,
    *developers.urlpatterns,
    *sandbox_page.urlpatterns,
    *endpoints.urlpatterns,
    *marketplace.urlpatterns,
    *transfers.urlpatterns,
    *switching.urlpatterns,
    *reporting.urlpatterns,
    *crossing.urlpatterns,
]
