"""Settings of every process, from the environment and nowhere else."""

import os
import sys
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from alicerce.project.settings.database import connection_settings
from alicerce.project.settings.env import WrongSetting, read_environment

try:
    ENVIRONMENT = read_environment(os.environ)
except WrongSetting as wrong:
    sys.exit(f"alicerce: {wrong}")

PACKAGE = Path(__file__).resolve().parent.parent.parent

SECRET_KEY = ENVIRONMENT.secret_key or "development-only-key-that-signs-nothing-of-value"
MASTER_KEYS = list(ENVIRONMENT.master_key) or [bytes(32)]
DEBUG = False
ALLOWED_HOSTS = ["*"]  # the tenancy middleware answers 404 to a host that leads to no tenant
BASE_URL = ENVIRONMENT.base_url
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
ALERT_EMAIL = ENVIRONMENT.alert_email

INSTALLED_APPS = [
    "alicerce.kernel",
    "alicerce.ui",
    "alicerce.apps.audit",
    "alicerce.apps.identity",
    "alicerce.apps.tenancy",
    "alicerce.apps.notify",
    "alicerce.apps.catalog",
    "alicerce.apps.billing",
    "alicerce.apps.orders",
    "alicerce.apps.dns",
    "alicerce.apps.hosting",
    "alicerce.apps.support",
    "alicerce.apps.privacy",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alicerce.project.middleware.privacy_middleware",
    "alicerce.project.middleware.legible_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "alicerce.project.middleware.acting_middleware",
]
ROOT_URLCONF = "alicerce.project.urls"
WSGI_APPLICATION = "alicerce.project.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
UI_SHELLS = {
    "site": "alicerce.surfaces.site.shell.site_shell",
    "bare": "alicerce.surfaces.site.shell.bare_shell",
    "client": "alicerce.surfaces.client.shell.client_shell",
    "console": "alicerce.surfaces.console.shell.console_shell",
}
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

DATABASES = {
    "default": connection_settings(
        ENVIRONMENT.database_url, pool_size=ENVIRONMENT.web_threads + ENVIRONMENT.worker_threads
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "identity.User"
LOGIN_URL = "/entrar/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
IS_HTTPS = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'", "https://checkout.stripe.com"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

LANGUAGE_CODE = "pt-br"
LANGUAGES = [("pt-br", _("Português")), ("en", _("Inglês"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = None  # served from where the packages keep them
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

MAIL_FROM = ENVIRONMENT.mail_from
MAIL_DOMAIN = MAIL_FROM.rpartition("@")[2] or "localhost"
SMTP_URL = ENVIRONMENT.smtp_url

RETRY_PACE = ENVIRONMENT.retry_pace
RECONCILE_SECONDS = ENVIRONMENT.reconcile_seconds
OUTSIDE_TIMEOUT = ENVIRONMENT.outside_timeout
WORKER_THREADS = ENVIRONMENT.worker_threads
QUEUE_HEARTBEAT = ENVIRONMENT.queue_heartbeat

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "alicerce.kernel.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "stripe": {"level": "WARNING"},
    },
}
