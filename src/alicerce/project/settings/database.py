"""How the application connects: pooled, and with nothing of one request left for the next."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from alicerce.kernel.patience import PatientConnection
from alicerce.kernel.sessions import forget

# The pool doubles its pauses for as long as it goes on trying, up to minutes after a long outage.
# Once it gave up, the next who asks for a connection has it try at once.
GIVE_UP = 3
WAIT_FOR_ONE = 4
"""Seconds that anybody waits for a session of the pool: then the answer is to come back later."""
REACH = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,  # ms
}
"""A way to the server that swallows what is sent is given up, not waited for as long as the system would."""


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
            **REACH,
            **dict(parse_qsl(parts.query)),
            "options": "-c TimeZone=UTC",
            "pool": {
                "connection_class": PatientConnection,
                "min_size": 1,
                "max_size": pool_size + 2,
                "timeout": WAIT_FOR_ONE,
                "reconnect_timeout": GIVE_UP,
                "reset": forget,
            },
        },
    }
