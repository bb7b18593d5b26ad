"""Enough of Django to start the stack's processes without the whole house."""

import os

from alicerce.project.settings.database import connection_settings

SECRET_KEY = os.environ.get("ALICERCE_SECRET_KEY") or "only-for-tests"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "alicerce.project.cli.tests.tiny_settings"
INSTALLED_APPS = ["django.contrib.contenttypes"]
DATABASES = {"default": connection_settings(os.environ.get("DATABASE_URL", ""), pool_size=2)}
WEB_THREADS = 2
WORKER_THREADS = 2
QUEUE_HEARTBEAT = 10
RETRY_PACE = 1
USE_TZ = True
urlpatterns: list[object] = []
