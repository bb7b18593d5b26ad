"""Every address of the program."""

from django.urls import include, path

from alicerce.apps.billing import webhooks
from alicerce.apps.hostnames.web import tls
from alicerce.surfaces import refused_page
from alicerce.surfaces.site import pages

urlpatterns = [
    path("", include("alicerce.surfaces.site.urls")),
    path("", include("alicerce.apps.identity.web.urls")),
    path("", include("alicerce.apps.privacy.web.account")),
    path("", include("alicerce.apps.marketplace.web.urls")),
    path("area-do-cliente/", include("alicerce.surfaces.client.urls")),
    path("app/", include("alicerce.surfaces.workspace.urls")),
    path("admin/", include("alicerce.surfaces.console.urls")),
    path("docs/", include("alicerce.surfaces.docs.urls")),
    path("v1/", include("alicerce.surfaces.api.urls")),
    path("hooks/", include((webhooks.urlpatterns, "hooks"))),
    path("tls/ask", tls.ask, name="tls_ask"),
    path("livez", pages.livez),
    path("readyz", pages.readyz),
]

handler403 = refused_page.refused
handler500 = pages.failed
