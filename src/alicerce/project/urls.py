"""Every address of the program."""

from django.urls import include, path

from alicerce.apps.billing import webhooks
from alicerce.surfaces.site import pages

urlpatterns = [
    path("", include("alicerce.surfaces.site.urls")),
    path("hooks/", include((webhooks.urlpatterns, "hooks"))),
    path("livez", pages.livez),
    path("readyz", pages.readyz),
]
