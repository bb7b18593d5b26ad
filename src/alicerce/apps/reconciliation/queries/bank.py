"""The company's bank accounts, their statements and lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from alicerce.apps.reconciliation.errors import (
    NoSuchBankAccount,
    NoSuchBankLine,
    NoSuchStatement,
)
from alicerce.apps.reconciliation.models import BankAccount, BankLine, BankStatement, Match
from alicerce.apps.reconciliation.rules.sheets import preview
from alicerce.apps.reconciliation.types import (
    BankAccountView,
    LinePage,
    LineView,
    Preview,
    StatementView,
)

PAGE, RECENT = 50, 10


@dataclass(frozen=True, slots=True)
class WantedLines:
    """Which lines: of one account, and only those that nobody matched."""

    bank_account_id: UUID | None = None
    only_open: bool = False
    words: str = ""


def bank_accounts() -> list[BankAccountView]:
    return [row.view() for row in BankAccount.objects.order_by("name")]


def bank_account(bank_account_id: UUID) -> BankAccountView:
    """Raises NoSuchBankAccount."""
    row = BankAccount.objects.filter(pk=bank_account_id).first()
    if row is None:
        raise NoSuchBankAccount
    view: BankAccountView = row.view()
    return view


def lines(wanted: WantedLines, *, after: str = "", limit: int = PAGE) -> LinePage:
    """The latest day first."""
    rows = BankLine.objects.order_by("-posted_on", "-id")
    if wanted.bank_account_id:
        rows = rows.filter(bank_account_id=wanted.bank_account_id)
    if wanted.only_open:
        rows = rows.filter(matched_at__isnull=True)
    if wanted.words:
        rows = rows.filter(Q(memo__icontains=wanted.words) | Q(document=wanted.words))
    if place := _place(after):
        day, last = place
        rows = rows.filter(Q(posted_on__lt=day) | Q(posted_on=day, id__lt=last))
    found = list(rows[: limit + 1])
    shown = found[:limit]
    more = f"{shown[-1].posted_on}_{shown[-1].id}" if len(found) > limit else ""
    return LinePage(_views(shown), more)


def line(line_id: UUID) -> LineView:
    """Raises NoSuchBankLine."""
    row = BankLine.objects.filter(pk=line_id).first()
    if row is None:
        raise NoSuchBankLine
    return _views([row])[0]


def open_lines() -> int:
    return int(BankLine.objects.unmatched().count())


def statement(statement_id: UUID) -> StatementView:
    """Raises NoSuchStatement."""
    row = BankStatement.objects.defer("content").filter(pk=statement_id).first()
    if row is None:
        raise NoSuchStatement
    view: StatementView = row.view()
    return view


def statements() -> list[StatementView]:
    """The latest ones."""
    rows = BankStatement.objects.defer("content").order_by("-id")
    return [row.view() for row in rows[:RECENT]]


def waiting_preview(statement_id: UUID) -> Preview:
    """The beginning of a file that waits for its columns. Raises BadStatement."""
    return preview(bytes(BankStatement.objects.get(pk=statement_id).content))


def waiting_content(statement_id: UUID) -> bytes:
    return bytes(BankStatement.objects.get(pk=statement_id).content)


def _views(rows: Sequence[BankLine]) -> list[LineView]:
    live = Match.objects.live().filter(line_id__in=[row.id for row in rows])
    parts = dict(live.values_list("line_id").annotate(parts=Count("id")))
    matches = {match.line_id: match for match in live.filter(of_line=0)}
    return [row.view(matches.get(row.id), parts.get(row.id, 0)) for row in rows]


def _place(after: str) -> tuple[date, UUID] | None:
    """Where a page begins; at the start for what is no place."""
    day, _, last = after.partition("_")
    try:
        return date.fromisoformat(day), UUID(last)
    except ValueError:
        return None
