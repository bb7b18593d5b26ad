"""Logs: one line for each thing that happened, with who acts and in which chain, and never a secret."""

import json
import logging
import re
from collections import Counter
from datetime import UTC, datetime

from alicerce.kernel.context import current

SECRET = re.compile(
    r"(?i)((?:authorization|token|password|secret|api[_-]?key|credential)[\"']?\s*[:=]\s*)"
    r"[\"']?(?:(?:bearer|basic|whm)\s+)?[^\s,;\"'&}]+"
)
KEY = re.compile(r"\b(?:(?:[rs]k_(?:live|test)|whsec)_)\w+|(?<=:)[^:/@\s]+(?=@)")
CAPABILITY = re.compile(
    r"(/(?:hooks/\w+|pedido|fatura|convites|acesso|confirmar-cartao|entrar/senha/[^/\s]+|entrar/nao-fui-eu)/)"
    r"[^/?\s\"']+"
)
"""Addresses that are keys: whoever reads one may use it."""
PROOF = re.compile(r"(/pedido/[^/\s]+/(?:cancelar|teste)/)[^/?\s\"']+")

UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")

REFUSED = frozenset({400, 403})  # what somebody who probes collects
FAILED = 500
MINUTE = 60


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        who = current()
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redact(record.getMessage()),
            "actor": who.actor,
            "tenant": str(who.tenant_id) if who.tenant_id else None,
            "trace": str(who.trace_id),
        }
        if record.exc_info:
            line["error"] = redact(self.formatException(record.exc_info))
        return _printable(json.dumps(line, ensure_ascii=False))


class PlainLines(logging.Formatter):
    """For a developer's terminal: the story of a failure only where it is one of ours."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
        said = _printable(redact(record.getMessage()))
        line = f"{time} {record.levelname.lower()} {record.name}: {said}"
        if record.exc_info and record.levelno >= logging.ERROR:
            story = redact(self.formatException(record.exc_info))
            line += "\n" + "\n".join(map(_printable, story.split("\n")))
        return line


class OrdinaryAnswers(logging.Filter):
    """A page that is not there and a form that is wrong are answers, not news.

    Requests that we refuse are told when they are the first of their minute, the tenth, the
    hundredth: enough to see somebody trying doors, too little to bury anything under.
    """

    def __init__(self) -> None:
        super().__init__()
        self._minute, self._seen = 0, Counter[int]()

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", None)
        if status is None or status >= FAILED:
            return True
        return status in REFUSED and self._tell(record, status)

    def _tell(self, record: logging.LogRecord, status: int) -> bool:
        count = self._count(status, minute=int(record.created // MINUTE))
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info = record.exc_text = None
        if count > 1:
            told = f"{record.getMessage()} (answer {status}, {count} times within this minute)"
            record.msg, record.args = told, ()
        return str(count).strip("0") == "1"

    def _count(self, status: int, *, minute: int) -> int:
        if minute != self._minute:
            self._minute = minute
            self._seen.clear()
        self._seen[status] += 1
        return self._seen[status]


def _printable(text: str) -> str:
    """One line that moves no cursor, whatever a stranger put into it; still JSON when it was."""
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def redact(text: str) -> str:
    """The text without what follows a word that announces a secret, or an address that is one."""
    text = KEY.sub("[redacted]", SECRET.sub(r"\1[redacted]", text))
    return CAPABILITY.sub(r"\1[redacted]", PROOF.sub(r"\1[redacted]", text))
