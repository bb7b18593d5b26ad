"""Settings of every process, from the environment and nowhere else."""

import os
import sys
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from alicerce.project.settings import accounts
from alicerce.project.settings.accounts import *
from alicerce.project.settings.database import connection_settings
from alicerce.project.settings.env import SIMULATORS_READY, read_environment
from alicerce.project.settings.variable import WrongSetting

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
    "alicerce.apps.metadata",
    "alicerce.apps.identity",
    "alicerce.apps.tenancy",
    "alicerce.apps.customers",
    "alicerce.apps.notify",
    "alicerce.apps.hostnames",
    "alicerce.apps.catalog",
    "alicerce.apps.ledger",
    "alicerce.apps.taxes",
    "alicerce.apps.billing",
    "alicerce.apps.corrections",
    "alicerce.apps.orders",
    "alicerce.apps.metering",
    "alicerce.apps.subscriptions",
    "alicerce.apps.collecting",
    "alicerce.apps.dunning",
    "alicerce.apps.disputes",
    "alicerce.apps.fiscal",
    "alicerce.apps.payers",
    "alicerce.apps.reconciliation",
    "alicerce.apps.dns",
    "alicerce.apps.hosting",
    "alicerce.apps.reports",
    "alicerce.apps.forecasts",
    "alicerce.apps.transfers",
    "alicerce.apps.support",
    "alicerce.apps.switching",
    "alicerce.apps.developers",
    "alicerce.apps.endpoints",
    "alicerce.apps.marketplace",
    "alicerce.apps.privacy",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
]
MIDDLEWARE = [
    "alicerce.project.middleware.patience_middleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alicerce.project.middleware.privacy_middleware",
    "alicerce.project.edge.api_middleware",
    "alicerce.project.edge.limit_middleware",
    "alicerce.project.middleware.legible_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
    "workspace": "alicerce.surfaces.workspace.shell.workspace_shell",
    "account": "alicerce.surfaces.account_shell.account_shell",
}
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

DATABASES = {
    "default": connection_settings(
        ENVIRONMENT.database_url, pool_size=ENVIRONMENT.web_threads + ENVIRONMENT.worker_threads
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

SOCIALACCOUNT_PROVIDERS = accounts.providers(ENVIRONMENT)

SESSION_COOKIE_AGE = 30 * 24 * 3600  # identity ends a session long before
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
        "form-action": [
            "'self'",
            "https://checkout.stripe.com",
            *accounts.origins(ENVIRONMENT),
        ],
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

# Who may ask how often: so many at once, and again so many evenly over each so many seconds.
QUOTAS = {
    "key": (100, 10),
    "app": (100, 10),
    "tenant": (400, 10),
    "anonymous": (60, 60),
    "pages": (600, 60),
    "hooks": (6000, 60),
    "oauth": (600, 60),
    "tls": (300, 10),
}
API_KEY_MEMORY = (
    0.5  # seconds for which a process takes a key's word: a revoked one opens no longer
)
API_LOG_PAUSE = 1.0  # seconds of calls that are logged in one go

DNS_SERVERS = ENVIRONMENT.dns_servers
PUBLIC_ADDRESSES = ENVIRONMENT.public_addresses
PLACES_FILE = ENVIRONMENT.places_file
RETRY_PACE = ENVIRONMENT.retry_pace
RECONCILE_SECONDS = ENVIRONMENT.reconcile_seconds
OUTSIDE_TIMEOUT = ENVIRONMENT.outside_timeout
SERVERS_MAY_BE_HERE = not ENVIRONMENT.is_production  # where the simulators live
SIMULATORS_FILE = None if ENVIRONMENT.is_production else ENVIRONMENT.data_dir / SIMULATORS_READY
WEB_THREADS = ENVIRONMENT.web_threads
LOOPBACK_PORTS = ENVIRONMENT.loopback_ports
WORKER_THREADS = ENVIRONMENT.worker_threads
QUEUE_HEARTBEAT = ENVIRONMENT.queue_heartbeat

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "alicerce.kernel.logs.JsonLines"},
        "plain": {"()": "alicerce.kernel.logs.PlainLines"},
    },
    "filters": {"ordinary": {"()": "alicerce.kernel.logs.OrdinaryAnswers"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "plain" if ENVIRONMENT.env == "development" else "json",
            "filters": ["ordinary"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "fido2": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "stripe": {"level": "WARNING"},
    },
}
