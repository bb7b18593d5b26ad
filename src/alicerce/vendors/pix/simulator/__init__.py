"""A simulated payment provider: pay here what a customer would pay at the bank."""

from alicerce.vendors.pix.simulator.app import pix_app
from alicerce.vendors.pix.simulator.provider import NotPayable, PixProvider

__all__ = ["NotPayable", "PixProvider", "pix_app"]
