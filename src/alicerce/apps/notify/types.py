"""The words of notify. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MessageStatus(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail ready to be handed over. Its id is the same each time it is handed over."""

    message_id: str
    sender: str
    sender_name: str
    to: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class SentLetter:
    """That a letter went, and under which words; what it said is not kept."""

    sent_at: datetime
    subject: str


@dataclass(frozen=True, slots=True)
class Sample:
    """What a letter would say, for those who decide when it goes."""

    subject: str
    text: str
