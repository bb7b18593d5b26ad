"""A simulated Stripe: pay here what a customer would pay by card."""

from alicerce.vendors.stripe.simulator.app import stripe_app
from alicerce.vendors.stripe.simulator.provider import NotPayable, StripeProvider

__all__ = ["NotPayable", "StripeProvider", "stripe_app"]
