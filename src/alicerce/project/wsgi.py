"""The web application, for a WSGI server. With a route that anybody could open, it does not start."""

import os

from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from alicerce.apps.customers.rules.sheets import LARGEST
from alicerce.apps.switching.rules.files import LARGEST as LARGEST_DUMP
from alicerce.project.bodies import Bodies

FORM_AROUND = 65_536
UPLOADS = {
    "/app/clientes/importar/": LARGEST + FORM_AROUND,
    "/app/trazer/enviar/": LARGEST_DUMP + FORM_AROUND,
}

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alicerce.project.settings.base")

application = Bodies(
    get_wsgi_application(), readers=max(1, settings.WEB_THREADS // 2), larger=UPLOADS
)

if open_routes := run_checks(tags=["routes"]):
    raise ImproperlyConfigured("; ".join(trouble.msg for trouble in open_routes))
