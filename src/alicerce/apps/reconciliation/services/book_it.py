"""Book what a provider says of a difference: asked now, written by billing, compared again."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.reconciliation.models import Difference
from alicerce.apps.reconciliation.ports import Statement, Told, statements
from alicerce.apps.reconciliation.services.compare import Desk, compare_told
from alicerce.apps.reconciliation.types import DifferenceState, DifferenceView, ToldStatus
from alicerce.kernel import locks
from alicerce.kernel.db import transaction
from alicerce.kernel.errors import Refused
from alicerce.kernel.http import Refusal, Unavailable, Unknown

NOT_THERE = "the provider does not know it any more"


def book_it(*, difference_id: UUID, at: datetime) -> bool:
    """Whether something was booked. Safe to repeat: what billing has on record it does not book again."""
    case = _case(difference_id)
    if case is None:
        return False
    view, statement, desk = case
    try:
        told = _ask(statement, view)
        if told is None or (told.status == ToldStatus.FAILED and told.refund is None):
            raise Refusal(NOT_THERE)  # noqa: TRY301  the same end as any other refusal
        return _book(view, told, desk, at=at)
    except (Refusal, Refused, Unavailable, Unknown) as trouble:
        _failed(difference_id, str(trouble))
        return False


@transaction()
def _case(difference_id: UUID) -> tuple[DifferenceView, Statement, Desk] | None:
    """None when nobody asks for it any more."""
    row = Difference.objects.filter(pk=difference_id).first()
    if row is None or row.booking_asked_at is None or row.state == DifferenceState.RESOLVED:
        return None
    account_id: UUID | None = row.account_id
    assert account_id is not None  # what is bookable is of an account
    kinds = {account.id: account.kind for account in billing.accounts()}
    kind = kinds[account_id]
    statement = statements[kind](billing.gateway_config(account_id))
    return row.view(), statement, Desk(account_id, kind)


def _ask(statement: Statement, view: DifferenceView) -> Told | None:
    if view.payment_reference:
        return statement.find_refund(view.reference, view.payment_reference)
    return statement.find_payment(view.reference)


@transaction()
def _book(view: DifferenceView, told: Told, desk: Desk, *, at: datetime) -> bool:
    locks.hold(f"reconciliation:{desk.account_id}")
    booked = False
    if told.payment:
        booked = billing.book_payment(account_id=desk.account_id, paid=told.payment, at=at)
    if told.refund:
        booked = billing.follow_refund(account_id=desk.account_id, told=told.refund, at=at)
    compare_told(told=[told], desk=desk, at=at)
    row = Difference.objects.lock(view.id)
    if row.booking_asked_at:
        row.booking_ended()
    return booked


@transaction()
def _failed(difference_id: UUID, trouble: str) -> None:
    row = Difference.objects.lock(difference_id)
    if row.booking_asked_at:
        row.booking_ended(trouble or NOT_THERE)
