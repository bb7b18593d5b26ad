"""Decide how the company collects."""

from dataclasses import asdict
from datetime import datetime

from alicerce.apps.audit import public as audit
from alicerce.apps.billing.errors import FeeBeyondLaw
from alicerce.apps.billing.models import Ruling
from alicerce.apps.billing.queries.rulings import billing_rules
from alicerce.apps.billing.types.corrections import BillingRules
from alicerce.kernel.db import transaction

MOST_FINE, MOST_INTEREST = 200, 100
"""Basis points: CDC, art. 52, § 1º, and what courts read in the law of usury."""


@transaction()
def change_rules(*, wanted: BillingRules, at: datetime) -> bool:
    """Whether that was news. Raises FeeBeyondLaw."""
    if wanted.fine_basis_points > MOST_FINE or wanted.interest_basis_points > MOST_INTEREST:
        raise FeeBeyondLaw
    before = billing_rules()
    if before == wanted:
        return False
    Ruling.objects.update_or_create(defaults=asdict(wanted))
    audit.record(
        action="billing.rules_changed",
        entity="company",
        before=asdict(before),
        after=asdict(wanted),
        at=at,
    )
    return True
