"""An app at the door of the token endpoint."""

from dataclasses import dataclass

from alicerce.apps.marketplace.models import ClientSecret
from alicerce.apps.marketplace.types import Face


@dataclass
class Client:
    """An app that said who it is and, where it has a secret, proved it."""

    face: Face
    secret: ClientSecret | None = None

    @property
    def scopes(self) -> frozenset[str]:
        """What it may ask for: by its own secret, no more than when that was made."""
        made_for = self.secret.scopes if self.secret else self.face.scopes
        return self.face.scopes & frozenset(made_for)

    @property
    def client_id(self) -> str:
        return str(self.face.id)
