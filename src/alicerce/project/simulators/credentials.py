"""The credentials that the simulators ask for, made once for each data folder."""

import json
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from alicerce.project.embedded.secrets import write_privately


@dataclass(frozen=True, slots=True)
class Credentials:
    """They open nothing but simulators; they are hidden all the same, as real ones would be."""

    whm_tokens: list[str] = field(repr=False)
    pix_client_secret: str = field(repr=False)
    stripe_secret_key: str = field(repr=False)
    stripe_webhook_secret: str = field(repr=False)


def load_credentials(path: Path) -> Credentials:
    if not path.exists():
        write_privately(path=path, content=json.dumps(asdict(_made())))
    return Credentials(**json.loads(path.read_text(encoding="utf-8")))


def _made() -> Credentials:
    return Credentials(
        whm_tokens=[secrets.token_hex(16).upper() for _ in range(2)],
        pix_client_secret=secrets.token_urlsafe(32),
        stripe_secret_key=f"sk_test_{secrets.token_hex(16)}",
        stripe_webhook_secret=f"whsec_{secrets.token_urlsafe(24)}",
    )
