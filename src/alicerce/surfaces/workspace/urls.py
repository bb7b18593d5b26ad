"""Addresses of a company's workspace."""

from django.urls import path

from alicerce.apps.developers.web import workspace as developers
from alicerce.surfaces.workspace import home

app_name = "workspace"
urlpatterns = [
    path("", home.home, name="home"),
    *developers.urlpatterns,
]
