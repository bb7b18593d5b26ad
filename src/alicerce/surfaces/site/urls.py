"""Addresses of the public site."""

from django.urls import path

from alicerce.apps.billing.web import papers
from alicerce.apps.billing.web import site as billing
from alicerce.apps.collecting.web import site as collecting
from alicerce.apps.customers.web import site as customers
from alicerce.apps.identity.web import site as identity
from alicerce.apps.orders.web import site as orders
from alicerce.apps.tenancy.web import companies, invitation
from alicerce.apps.tenancy.web import site as tenancy
from alicerce.surfaces import standing_in
from alicerce.surfaces.site import front_page, order_page, pages

app_name = "site"
urlpatterns = [
    *front_page.urlpatterns,
    *orders.urlpatterns,
    *identity.urlpatterns,
    *customers.urlpatterns,
    *tenancy.urlpatterns,
    *companies.urlpatterns,
    *invitation.urlpatterns,
    *order_page.urlpatterns,
    *billing.urlpatterns,
    *collecting.urlpatterns,
    *papers.site_urls,
    *standing_in.site_urlpatterns,
    path("dentro/", pages.inside, name="inside"),
    path("idioma", pages.choose_language, name="language"),
]
