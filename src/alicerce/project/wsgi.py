"""The web application, for a WSGI server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from alicerce.project.bodies import Bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alicerce.project.settings.base")

application = Bodies(get_wsgi_application(), readers=max(1, settings.WEB_THREADS // 2))
