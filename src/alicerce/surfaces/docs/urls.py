"""Addresses of the documentation."""

from django.urls import path

from alicerce.surfaces.docs import apps, news, pages, reference, search, webhooks

app_name = "docs"
urlpatterns = [
    path("", pages.quick_start, name="start"),
    path("referencia/", reference.show, name="reference"),
    path("busca/", search.search, name="search"),
    path("openapi.json", reference.openapi, name="openapi"),
    path("webhooks/", webhooks.guide, name="webhooks"),
    path("aplicativos/", apps.apps, name="apps"),
    path("erros/", pages.errors, name="errors"),
    path("novidades/", news.news, name="news"),
]
