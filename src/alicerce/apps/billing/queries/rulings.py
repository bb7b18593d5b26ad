"""How a company collects."""

from alicerce.apps.billing.models import Ruling
from alicerce.apps.billing.types.corrections import BillingRules


def billing_rules() -> BillingRules:
    """What the company decided; what everybody begins with where it decided nothing."""
    found = Ruling.objects.first()
    return found.view() if found else BillingRules()
