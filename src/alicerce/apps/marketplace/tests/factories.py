"""The least that is valid, for tests."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlencode

from alicerce.apps.marketplace.services.registering import register_application
from alicerce.apps.marketplace.types import ApplicationForm, ApplicationKind, Registered
from alicerce.kernel.context import acting

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
BACK = "https://app.example/volta"
LOCAL = "http://127.0.0.1/volta"
SCOPES = frozenset({"customers:read", "customers:create", "billing:read"})
VERIFIER = "v" * 64


def challenge_of(verifier: str = VERIFIER) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


def an_application(publisher, person, kind=ApplicationKind.CONFIDENTIAL, **given) -> Registered:
    """An app that this company publishes."""
    form = {
        "name": "Fluxo",
        "website": "https://app.example/sobre",
        "redirect_uris": (BACK, LOCAL),
        "scopes": SCOPES,
    }
    with acting(tenant_id=publisher.id):
        return register_application(
            form=ApplicationForm(**form | given), kind=kind, by=person.id, at=NOON
        )


def asking(app: Registered, **given: str | None) -> str:
    """The address that the app sends a person to; what is given as None is left out."""
    said = {
        "response_type": "code",
        "client_id": str(app.id),
        "redirect_uri": BACK,
        "scope": "customers:read",
        "state": "xyz",
        "code_challenge": challenge_of(),
        "code_challenge_method": "S256",
    }
    kept = {name: value for name, value in (said | given).items() if value is not None}
    return f"/oauth/authorize?{urlencode(kept)}"
