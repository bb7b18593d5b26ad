"""What other apps may ask of notify."""

from alicerce.apps.notify.services import send

__all__ = ["send"]
