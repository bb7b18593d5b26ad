"""Links that only the letter to a buyer holds: for one order and one purpose, until a moment."""

from datetime import datetime
from uuid import UUID

from django.core.signing import BadSignature, Signer


def proof_of(*, purpose: str, order_id: UUID, until: datetime) -> str:
    """It is kept nowhere."""
    return _signer(purpose).sign(f"{order_id.hex}-{int(until.timestamp())}")


def is_proof(*, proof: str, purpose: str, order_id: UUID, at: datetime) -> bool:
    try:
        meant, _dash, until = _signer(purpose).unsign(proof).partition("-")
    except BadSignature:
        return False
    return meant == order_id.hex and at.timestamp() < int(until)


def _signer(purpose: str) -> Signer:
    return Signer(salt=f"orders.{purpose}", sep=".")
