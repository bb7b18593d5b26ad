"""Addresses of the client area."""

from django.urls import path

from alicerce.apps.billing.web import client as billing
from alicerce.apps.billing.web import papers
from alicerce.apps.collecting.web import client as collecting
from alicerce.apps.customers.web import client as customers
from alicerce.apps.hosting.web import client as hosting
from alicerce.apps.privacy.web import client as privacy
from alicerce.apps.subscriptions.web import client as subscriptions
from alicerce.apps.transfers.web import client as transfers
from alicerce.surfaces.client import home, service_page

app_name = "client"
urlpatterns = [
    path("", home.home, name="home"),
    path("servicos/<uuid:service_id>/", service_page.service, name="service"),
    *hosting.urlpatterns,
    *transfers.urlpatterns,
    *customers.urlpatterns,
    *billing.urlpatterns,
    *collecting.urlpatterns,
    *papers.client_urls,
    *subscriptions.urlpatterns,
    *privacy.urlpatterns,
]
