"""Words of ${app}."""

from enum import StrEnum


class ${Noun}Status(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
