"""What other apps may ask of ${app}."""

from alicerce.apps.${app}.services import close_${noun}, open_${noun}

__all__ = ["close_${noun}", "open_${noun}"]
