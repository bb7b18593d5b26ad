"""How the application connects: pooled, and with nothing of one request left for the next."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from alicerce.kernel.sessions import forget

# The pool doubles its pauses for as long as it goes on trying, up to minutes after a long outage.
# Once it gave up, the next who asks for a connection has it try at once.
GIVE_UP = 3


def connection_settings(url: str, *, pool_size: int) -> dict[str, Any]:
    """Django's settings for a PostgreSQL URL."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "alicerce",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **dict(parse_qsl(parts.query)),
            "options": "-c TimeZone=UTC",
            "pool": {
                "min_size": 1,
                "max_size": pool_size + 2,
                "timeout": 10,
                "reconnect_timeout": GIVE_UP,
                "reset": forget,
            },
        },
    }
