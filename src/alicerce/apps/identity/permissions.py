"""What every signed-in person may do."""

from alicerce.kernel.access import ACCOUNT

__all__ = ["ACCOUNT"]
