"""The web application, for a WSGI server. With a route that anybody could open, it does not start."""

import os

from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alicerce.project.settings.base")

application = get_wsgi_application()

if open_routes := run_checks(tags=["routes"]):
    raise ImproperlyConfigured("; ".join(trouble.msg for trouble in open_routes))
