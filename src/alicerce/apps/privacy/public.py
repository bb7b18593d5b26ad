"""What other apps may ask of privacy."""

from alicerce.apps.privacy.queries import consent_of
from alicerce.apps.privacy.services.consents import set_consent

__all__ = ["consent_of", "set_consent"]
