"""The web application, for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from alicerce.kernel.route_checks import refuse_open_routes

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alicerce.project.settings.base")

application = get_wsgi_application()
refuse_open_routes()
