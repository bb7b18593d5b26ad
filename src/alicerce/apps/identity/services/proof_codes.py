"""A proof for who has neither factor nor password: a code to the mailbox that opens the account anyway."""

from collections.abc import MutableMapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from alicerce.apps.identity.models import Approval, User
from alicerce.apps.identity.ports import letters
from alicerce.apps.identity.rules import PROOF_CODE_LASTS, PROOF_CODE_TRIES
from alicerce.kernel.db import transaction

SENT = "identity.proof_code"
"""Where the session keeps what was sent, for which approval, until when, and how often it was tried."""
SIGNS = "BCDFGHJKLMNPQRSTVWXZ23456789"
LENGTH = 8


@transaction()
def send_proof_code(
    *, session: MutableMapping[str, Any], approval: Approval, user: User, at: datetime
) -> None:
    """One that was sent before is worth nothing from now on."""
    code = get_random_string(LENGTH, SIGNS)
    session[SENT] = {
        "approval": str(approval.id),
        "digest": _digest(approval.id, code),
        "until": (at + PROOF_CODE_LASTS).timestamp(),
        "tries": PROOF_CODE_TRIES,
    }
    letters["notify"].send(
        template="proof_code",
        to=user.email,
        values={"code": code, "title": approval.title},
        at=at,
        locale=user.locale,
    )


def is_code_sent(*, session: MutableMapping[str, Any], approval_id: UUID, at: datetime) -> bool:
    """Whether one for this very approval can still be typed."""
    said = session.get(SENT) or {}
    return (
        said.get("approval") == str(approval_id)
        and said["tries"] > 0
        and at.timestamp() < said["until"]
    )


def check_proof_code(
    *, session: MutableMapping[str, Any], approval_id: UUID, code: str, at: datetime
) -> bool:
    """Good once. A wrong one counts, and after the last there is none to guess."""
    if not is_code_sent(session=session, approval_id=approval_id, at=at):
        return False
    said = session[SENT]
    typed = "".join(code.split()).upper()
    if constant_time_compare(said["digest"], _digest(approval_id, typed)):
        del session[SENT]
        return True
    session[SENT] = said | {"tries": said["tries"] - 1}
    return False


def _digest(approval_id: UUID, code: str) -> str:
    return salted_hmac(
        "identity.proof_code", f"{approval_id} {code}", algorithm="sha256"
    ).hexdigest()
