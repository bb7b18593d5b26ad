"""Logs: one JSON object a line, with who acts and in which chain, and never a secret."""

import json
import logging
import re
from datetime import UTC, datetime

from alicerce.kernel.context import current

SECRET = re.compile(
    r"(?i)((?:authorization|token|password|secret|api[_-]?key|credential)[\"']?\s*[:=]\s*)"
    r"[\"']?(?:(?:bearer|basic|whm)\s+)?[^\s,;\"'&}]+"
)
KEY = re.compile(r"\b(?:(?:[rs]k_(?:live|test)|whsec)_)\w+|(?<=:)[^:/@\s]+(?=@)")
CAPABILITY = re.compile(r"(/(?:hooks/\w+|pedido|fatura|entrar/senha/[^/\s]+)/)[^/?\s\"']+")


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
        return json.dumps(line, ensure_ascii=False)


def redact(text: str) -> str:
    """The text without what follows a word that announces a secret, or an address that is one."""
    text = KEY.sub("[redacted]", SECRET.sub(r"\1[redacted]", text))
    return CAPABILITY.sub(r"\1[redacted]", text)
