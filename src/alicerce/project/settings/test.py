"""Settings of the test run: the real ones, faster hashes, no patience."""

import os

os.environ.setdefault("ALICERCE_ENV", "test")

from alicerce.project.settings.base import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["OPTIONS"].pop("pool")
RETRY_PACE = 0.01
RECONCILE_SECONDS = 1
OUTSIDE_TIMEOUT = 2
MASTER_KEYS = [b"0" * 32]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
API_KEY_MEMORY = 0
API_LOG_PAUSE = 0
STAFF_NEEDS_FACTOR = False  # its own tests switch it on; the others are about something else
ANSWER_PACES = dict.fromkeys(ANSWER_PACES, 0.0)
