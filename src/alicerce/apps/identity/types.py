"""The words of identity. Plain Python: safe to import anywhere."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Person:
    id: UUID
    email: str
    name: str
    locale: str
