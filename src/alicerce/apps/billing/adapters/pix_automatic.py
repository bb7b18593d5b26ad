"""Debits by Pix Automático between our words and the Central Bank's."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

from alicerce.apps.billing.ports import ChargeOrder, ChargeRequested
from alicerce.apps.billing.types import ChargeStatus
from alicerce.apps.billing.types.debits import DebitTerms, DebitTry
from alicerce.kernel.http import Refusal
from alicerce.vendors.pix.automatic import PixAutomaticClient
from alicerce.vendors.pix.recurring import Debit, DebitOrder, DebitStatus

CALLED_OFF = "called_off"
OUR_SIDE = {"USUARIO_RECEBEDOR", "PSP_RECEBEDOR"}
LIVES = timedelta(days=9)


def put_debit(
    client: PixAutomaticClient,
    order: ChargeOrder,
    terms: DebitTerms,
    account: Mapping[str, str] | None,
) -> Debit:
    if account is None:
        raise Refusal("this account debits nobody")
    wanted = DebitOrder(terms.mandate, terms.on, order.amount, account, text=order.description)
    return client.put_debit(order.external_id, wanted)


def requested(debit: Debit) -> ChargeRequested:
    """Nobody pays it by a code. It lives as long as its last try may come."""
    return ChargeRequested(
        external_id=debit.txid,
        expires_at=datetime.combine(debit.due_on, time(3), UTC) + LIVES,
    )


def status_of(debit: Debit) -> ChargeStatus | None:
    """A try that failed ends nothing: its PSP says when no other can come."""
    if debit.status in {DebitStatus.REJECTED, DebitStatus.EXPIRED}:
        return ChargeStatus.FAILED
    if debit.status == DebitStatus.CANCELED:
        return ChargeStatus.EXPIRED if debit.ended_by in OUR_SIDE else ChargeStatus.FAILED
    return None


def error_of(debit: Debit) -> str:
    """Why it was not paid: the code of its end, or else of its last try."""
    if debit.status == DebitStatus.CANCELED:
        return f"{CALLED_OFF}:{debit.why}"
    tried = [one.why for one in debit.tries if one.why]
    return debit.why or (tried[-1] if tried else "expired")


def tries_of(debit: Debit) -> tuple[DebitTry, ...]:
    return tuple(DebitTry(one.on, one.is_under_way, one.why) for one in debit.tries)
