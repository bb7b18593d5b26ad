"""Each account with its last comparisons, and what is open of it."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Sum

from alicerce.apps.billing import public as billing
from alicerce.apps.reconciliation.models import BankLine, Difference, Match, Run
from alicerce.apps.reconciliation.types import AccountStanding, RunView, Span


def standings() -> list[AccountStanding]:
    """Of every account that is connected, by its kind and name."""
    accounts = billing.accounts()
    open_ones = _open()
    found = []
    for account in accounts:
        last = _last(account.id, [Span.RECENT, Span.ASKED])
        found.append(
            AccountStanding(
                account_id=account.id,
                name=account.name,
                kind=account.kind,
                last=last,
                nightly=_last(account.id, [Span.NIGHTLY]),
                open=open_ones.get(account.id, 0),
                bank=_in_bank(account.id, last.since, last.until) if last else {},
            )
        )
    return found


def account_names() -> dict[UUID, str]:
    return {account.id: account.name for account in billing.accounts()}


def open_differences() -> int:
    return int(Difference.objects.open().count())


def _open() -> dict[UUID, int]:
    rows = Difference.objects.open().filter(account__isnull=False).values("account_id")
    return {row["account_id"]: row["number"] for row in rows.annotate(number=Count("pk"))}


def _last(account_id: UUID, spans: list[Span]) -> RunView | None:
    rows = Run.objects.of_account(account_id).filter(span__in=spans).order_by("-id")
    row = rows.first()
    return row.view() if row else None


def _in_bank(account_id: UUID, since: datetime, until: datetime) -> dict[str, int]:
    """What lines of the bank are this account's, of those days; nothing where there is no statement of them."""
    days = (since.date(), until.date())
    if not BankLine.objects.filter(posted_on__range=days).exists():
        return {}
    rows = Match.objects.live().filter(
        gateway_id=account_id, line__posted_on__range=days, of_line=0
    )
    sums: dict[str, int] = defaultdict(int)
    for row in rows.values(currency=F("line__currency")).annotate(
        cents=Sum("line__amount_cents")
    ):
        sums[row["currency"]] += int(row["cents"])
    return dict(sums) or {"BRL": 0}
