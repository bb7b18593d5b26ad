"""Tables of marketplace."""

from alicerce.apps.marketplace.models.application import Application, ClientSecret
from alicerce.apps.marketplace.models.installation import Grant, Installation, Token

__all__ = ["Application", "ClientSecret", "Grant", "Installation", "Token"]
