"""Addresses of the operator's panel."""

from django.urls import path

from alicerce.apps.hosting.web import console as hosting
from alicerce.apps.payers.web import console as payers
from alicerce.apps.privacy.web import console as privacy
from alicerce.apps.support.web import console as support
from alicerce.apps.tenancy.web import console as companies
from alicerce.apps.tenancy.web import console_payers, console_products
from alicerce.surfaces import standing_in
from alicerce.surfaces.console import (
    account_page,
    audit_page,
    company_page,
    dashboard,
    search,
    service_page,
)

app_name = "console"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path(
        "empresas/<uuid:tenant_id>/servicos/<uuid:service_id>/",
        service_page.service,
        name="service",
    ),
    path("empresas/<uuid:tenant_id>/", company_page.company, name="company"),
    path("contas/<uuid:account_id>/", account_page.account, name="account"),
    path("busca/", search.search, name="search"),
    path("auditoria/", audit_page.audit, name="audit"),
    *standing_in.console_urlpatterns,
    *companies.urlpatterns,
    *console_payers.urlpatterns,
    *console_products.urlpatterns,
    *payers.urlpatterns,
    *hosting.urlpatterns,
    *support.urlpatterns,
    *privacy.urlpatterns,
]
