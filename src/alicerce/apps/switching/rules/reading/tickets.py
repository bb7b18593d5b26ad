"""What a ticket of the other program is here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alicerce.apps.support.types import MessageKind, Priority
from alicerce.apps.switching.rules.reading.values import Body, Reading, moment, refused, text
from alicerce.apps.switching.rules.tables import number

PRIORITIES = {"low": Priority.LOW, "medium": Priority.NORMAL, "high": Priority.HIGH}
TAG = re.compile(r"<[^>]{1,200}>")


@dataclass(frozen=True, slots=True)
class MessagePlan:
    key: str
    kind: MessageKind
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TicketPlan:
    """`client` is none of who wrote without being one."""

    client: int
    number: str
    subject: str
    priority: Priority
    opened_at: datetime
    closed_at: datetime | None
    messages: tuple[MessagePlan, ...]


def read_ticket(body: Body, replies: Sequence[tuple[int, Body]]) -> Reading[TicketPlan]:
    opened_at = moment(text(body, "date"))
    if opened_at is None:
        return refused("date_unreadable", text(body, "date"))
    is_closed = text(body, "status").lower() == "closed"
    last = moment(text(body, "lastreply")) or opened_at
    written = [
        MessagePlan("whmcs", MessageKind.OPENING, _signed(body), opened_at),
        *(
            MessagePlan(
                f"whmcs:{id_}",
                MessageKind.REPLY if text(reply, "admin") else MessageKind.NOTE,
                _signed(reply),
                moment(text(reply, "date")) or last,
            )
            for id_, reply in replies
        ),
    ]
    return Reading(
        TicketPlan(
            number(body.get("userid")),
            text(body, "tid"),
            text(body, "title")[:200] or "–",
            PRIORITIES.get(text(body, "urgency").lower(), Priority.NORMAL),
            opened_at,
            last if is_closed else None,
            tuple(written),
        )
    )


def _signed(body: Body) -> str:
    """Who wrote stands over it; tags are dropped."""
    who = text(body, "admin") or text(body, "name")
    words = TAG.sub("", text(body, "message"))
    return f"{who}:\n{words}" if who else words
