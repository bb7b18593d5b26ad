"""Who calls about the team, and what is left of what they took away."""

from typing import Literal, Protocol
from uuid import UUID

from ninja import Schema

from alicerce.kernel.access import Request


class TeamGoneOut(Schema):
    """O que deixou de existir."""

    object: Literal["member", "invitation"]
    id: UUID
    deleted: bool


class Caller(Protocol):
    """Which key calls, and who made it: it gives and takes no more than they may."""

    key_id: UUID
    made_by: UUID


def caller_of(request: Request) -> Caller:
    caller: Caller = request.admission  # type: ignore[attr-defined]  # the door says so
    return caller
