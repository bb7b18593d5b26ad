"""Settings of people's accounts: django-allauth decides, the app `identity` shows and limits."""

from typing import Any
from urllib.parse import urlsplit

from alicerce.project.settings.env import Environment

QUARTER_HOUR = 15 * 60

AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "/entrar/"
LOGIN_REDIRECT_URL = "/dentro/"  # where this person belongs, the site knows
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "alicerce.apps.identity.adapters.passwords.BreachedPasswordValidator"},
    {"NAME": "alicerce.apps.identity.adapters.passwords.GuessableWordsValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # of the link in a welcome; a forgotten one goes by code

ACCOUNT_ADAPTER = "alicerce.apps.identity.adapters.accounts.Accounts"
ACCOUNT_FORMS = {
    "login": "alicerce.apps.identity.web.forms.SignInForm",
    "signup": "alicerce.apps.identity.web.forms.SignUpForm",
    "confirm_email_verification_code": "alicerce.apps.identity.web.forms.EmailCodeForm",
    "reset_password": "alicerce.apps.identity.web.forms.ForgottenPasswordForm",
    "confirm_password_reset_code": "alicerce.apps.identity.web.forms.ResetCodeForm",
    "reset_password_from_key": "alicerce.apps.identity.web.forms.NewPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = QUARTER_HOUR
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = QUARTER_HOUR
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = False  # every route has its own, in kernel/ratelimit

MFA_ADAPTER = "alicerce.apps.identity.adapters.factors.Factors"
MFA_FORMS = {"authenticate": "alicerce.apps.identity.web.forms.SecondFactorForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = False
STAFF_NEEDS_FACTOR = True
ANSWER_PACES = {"account": 1.0, "letter": 0.25}
"""Seconds before which these forms answer nobody; see `unhurried`."""

SOCIALACCOUNT_ADAPTER = "alicerce.apps.identity.adapters.providers.Providers"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True


def providers(environment: Environment) -> dict[str, Any]:
    """Google by OpenID Connect, once it knows us."""
    if not environment.google_client_id:
        return {}
    google = {
        "provider_id": "google",
        "name": "Google",
        "client_id": environment.google_client_id,
        "secret": environment.google_client_secret,
        "settings": {"server_url": environment.google_issuer, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [google]}}


def origins(environment: Environment) -> list[str]:
    """Where signing in may lead a browser: a form's redirection counts as its target."""
    if not environment.google_client_id:
        return []
    parts = urlsplit(environment.google_issuer)
    return [f"{parts.scheme}://{parts.netloc}"]
