"""Addresses of a company's workspace."""

from django.urls import path

from alicerce.apps.endpoints.web import workspace as endpoints
from alicerce.surfaces.workspace import home

app_name = "workspace"
urlpatterns = [
    path("", home.home, name="home"),
    *endpoints.urlpatterns,
]
