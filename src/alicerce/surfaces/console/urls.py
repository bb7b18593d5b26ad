"""Addresses of the operator's panel."""

from django.urls import path

from alicerce.apps.hosting.web import console as hosting
from alicerce.apps.privacy.web import console as privacy
from alicerce.apps.support.web import console as support
from alicerce.surfaces import standing_in
from alicerce.surfaces.console import audit_page, dashboard, search, service_page

app_name = "console"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path(
        "empresas/<uuid:tenant_id>/servicos/<uuid:service_id>/",
        service_page.service,
        name="service",
    ),
    path("busca/", search.search, name="search"),
    path("auditoria/", audit_page.audit, name="audit"),
    *standing_in.console_urlpatterns,
    *hosting.urlpatterns,
    *support.urlpatterns,
    *privacy.urlpatterns,
]
