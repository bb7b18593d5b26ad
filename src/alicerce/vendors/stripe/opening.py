"""How a client is made of what is kept of an account: its own key, or a platform's and in whose name."""

import json

from alicerce.vendors.stripe.client import StripeClient
from alicerce.vendors.stripe.connect import Behalf


def open_client(credentials: str, *, base_url: str) -> StripeClient:
    """`credentials` is JSON: `secret_key`, and `behalf` where the account is a connected one."""
    said = json.loads(credentials)
    behalf = Behalf(**said["behalf"]) if "behalf" in said else None
    return StripeClient(said["secret_key"], base_url=base_url, behalf=behalf)
