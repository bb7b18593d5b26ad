"""What became owed of taxes, and the entries behind each sum: both ask the same rows."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth

from alicerce.apps.ledger.models import LedgerEntry
from alicerce.apps.ledger.types import TaxRow
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.money import Money

SOME = 2_000
"""Rows that are read at a time."""
TAXES = "tax"
"""What the names of accounts begin with that hold taxes."""
TAX_ACCOUNTS = (TAXES, "tay")
"""The same as a stretch of an index, whatever the collation."""


def taxes(first: date, last: date, *, currency: str) -> dict[tuple[date, str], int]:
    """By month and account, what became owed of taxes, less what was taken back."""
    rows = (
        _tax_entries(first, last, currency)
        .annotate(month=TruncMonth("transaction__occurred_at", tzinfo=_zone()))
        .values_list("month", "account")
        .annotate(cents=-Sum("amount_cents"))
        .order_by()
    )
    return {(month.date(), account): int(cents) for month, account, cents in rows}


def tax_rows(first: date, last: date, *, currency: str, account: str = "") -> Iterator[TaxRow]:
    rows = _tax_entries(first, last, currency)
    if account:
        rows = rows.filter(account=account)
    facts = rows.order_by("transaction__occurred_at", "id").values_list(
        "account", "transaction__kind", "transaction__occurred_at", "amount_cents"
    )
    for row in facts.iterator(SOME):
        yield TaxRow(*row[:3], Money(-row[3], currency))


def _tax_entries(first: date, last: date, currency: str) -> QuerySet[LedgerEntry]:
    """From the midnight that begins the first day to the one that ends the last, where the company is."""
    here = _zone()
    rows: QuerySet[LedgerEntry] = LedgerEntry.objects.filter(
        transaction__occurred_at__gte=datetime.combine(first, time(), here),
        transaction__occurred_at__lt=datetime.combine(last + timedelta(days=1), time(), here),
        account__range=TAX_ACCOUNTS,
        account__startswith=TAXES,
        currency=currency,
    )
    return rows


def _zone() -> ZoneInfo:
    return ZoneInfo(tenancy.tenant_card().time_zone)
