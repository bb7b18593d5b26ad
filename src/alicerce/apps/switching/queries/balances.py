"""Whether both books hold the same money."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Sum

from alicerce.apps.ledger import public as ledger
from alicerce.apps.switching.models import Dump, Link, OldInvoice, OldPayment, Switch
from alicerce.apps.switching.rules.balancing import HELD, OWED, PAID, balances_of
from alicerce.apps.switching.types import Balances, Course, Place


def balances(dump: Dump) -> tuple[Balances, ...]:
    """What the dump says, beside what was brought; once billing is here, beside the ledger's opening."""
    here: Counter[str] = Counter()
    _add(here, PAID, OldPayment.objects.values_list("currency").annotate(Sum("cents")))
    if Switch.objects.filter(course=Course.HERE).exists():
        for currency, (owed, held) in ledger.opening_balances().items():
            here[f"{OWED} {currency}"], here[f"{HELD} {currency}"] = owed, held
    else:
        _add(here, OWED, OldInvoice.objects.values_list("currency").annotate(Sum("owed_cents")))
        _add(here, HELD, _credits())
    return balances_of(dump.sums, here)


def _credits() -> Iterable[tuple[str, int]]:
    for beside in Link.objects.of(Place.CLIENTS).values_list("beside", flat=True):
        yield beside["currency"], beside["credit"]


def _add(found: Counter[str], what: str, rows: Iterable[Any]) -> None:
    for currency, cents in rows:
        found[f"{what} {currency}"] += cents
