"""What other apps may ask of taxes."""

from alicerce.apps.taxes.models import CustomerPlace, Exemption
from alicerce.apps.taxes.queries import (
    codes_of_service,
    exemptions_of,
    local_day,
    payer_of,
    percent,
    place_of,
    plan_codes,
    tax_book,
    taxes,
    taxes_ahead,
)
from alicerce.apps.taxes.rules import is_sound, levies, rate_of, state_of
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "codes_of_service",
    "exemptions_of",
    "is_sound",
    "levies",
    "local_day",
    "payer_of",
    "percent",
    "personal",
    "place_of",
    "plan_codes",
    "rate_of",
    "state_of",
    "tax_book",
    "taxes",
    "taxes_ahead",
]

personal = PersonalRecords(CustomerPlace, Exemption)
