"""Addresses of OAuth, at the platform's own."""

from alicerce.apps.marketplace.web import authorizing, programs

urlpatterns = [*authorizing.urlpatterns, *programs.urlpatterns]
