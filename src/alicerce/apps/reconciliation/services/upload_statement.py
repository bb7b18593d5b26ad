"""Take in a bank's statement: each of its lines once, however often it is sent."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.reconciliation.errors import (
    BankAccountTaken,
    NoSuchBankAccount,
    NoSuchStatement,
    StatementTooLarge,
    UnreadableStatement,
)
from alicerce.apps.reconciliation.events import BankChanged
from alicerce.apps.reconciliation.models import BankAccount, BankLine, BankStatement
from alicerce.apps.reconciliation.rules.sheets import (
    LARGEST,
    BadStatement,
    fingerprints,
    is_ofx,
    preview,
    read_csv,
    read_ofx,
)
from alicerce.apps.reconciliation.types import Sheets, StatementState
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish

MOST_FAULTS = 200


@transaction()
def add_bank_account(*, name: str, bank: str, number: str, currency: str, at: datetime) -> UUID:
    """Raises BankAccountTaken."""
    row = BankAccount(name=name, bank=bank, number=number, currency=currency)
    if not BankAccount.objects.add_once(row):
        raise BankAccountTaken
    audit.record(
        action="bank_account.added",
        entity="bank_account",
        entity_id=row.id,
        after={"name": name},
        at=at,
    )
    return UUID(str(row.id))


@transaction()
def upload_statement(
    *, bank_account_id: UUID, raw: bytes, filename: str, user_id: UUID, at: datetime
) -> UUID:
    """An OFX is read at once. A CSV waits until somebody says which column is what.

    Raises NoSuchBankAccount, StatementTooLarge, UnreadableStatement.
    """
    account = BankAccount.objects.filter(pk=bank_account_id).first()
    if account is None:
        raise NoSuchBankAccount
    if len(raw) > LARGEST:
        raise StatementTooLarge
    row = BankStatement(
        bank_account=account,
        owner_id=user_id,
        filename=filename[:120],
        content=raw,
        state=StatementState.WAITING,
        uploaded_at=at,
    )
    try:
        read = read_ofx(raw) if is_ofx(raw) else None
        if read is None:
            preview(raw)
    except BadStatement:
        raise UnreadableStatement from None
    row.save(force_insert=True)
    if read:
        _take_in(row, account, read, at=at)
    return UUID(str(row.id))


@transaction()
def read_statement(*, statement_id: UUID, columns: Mapping[str, int], at: datetime) -> bool:
    """Read a CSV by its columns. False when it was read before. Raises NoSuchStatement."""
    row = BankStatement.objects.filter(pk=statement_id).select_for_update(of=("self",)).first()
    if row is None:
        raise NoSuchStatement
    if row.state != StatementState.WAITING:
        return False
    row.columns = dict(columns)
    try:
        read = read_csv(bytes(row.content), columns)
    except BadStatement:
        raise UnreadableStatement from None
    _take_in(row, BankAccount.objects.get(pk=row.bank_account_id), read, at=at)
    return True


def _take_in(
    statement: BankStatement, account: BankAccount, read: Sheets, *, at: datetime
) -> None:
    """What is there already, from this file or another, is not added: the database refuses."""
    lines = {
        mark: BankLine(
            bank_account=account,
            statement=statement,
            fingerprint=mark,
            code=f"EX{str(account.id)[-4:]}{mark[:12]}".upper(),
            posted_on=entry.posted_on,
            amount_cents=entry.cents,
            currency=account.currency,
            memo=entry.memo,
            document=entry.document,
        )
        for mark, entry in zip(fingerprints(read.entries), read.entries, strict=True)
    }
    BankLine.objects.bulk_create(
        [lines[mark] for mark in sorted(lines)], batch_size=1000, ignore_conflicts=True
    )
    added = BankLine.objects.filter(statement=statement).count()
    statement.finish(
        added=added,
        repeated=len(read.entries) - added,
        faults=[[one.row, one.field, one.code] for one in read.faults[:MOST_FAULTS]],
    )
    audit.record(
        action="bank_statement.read",
        entity="bank_account",
        entity_id=account.id,
        after={"added": added, "repeated": statement.repeated, "faults": len(read.faults)},
        at=at,
    )
    publish(BankChanged(at=at))
