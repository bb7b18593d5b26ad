"""What rows of WHMCS mean here: a plan of what to write, or the reasons why not."""

from alicerce.apps.switching.rules.reading.values import (
    BROUGHT,
    Reading,
    Reference,
    reference_of,
)

__all__ = ["BROUGHT", "Reading", "Reference", "reference_of"]
