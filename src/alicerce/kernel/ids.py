"""Identifiers: UUIDv7, so that new rows land together at the end of every index."""

from uuid import UUID

from uuid_utils.compat import uuid7 as _uuid7


def uuid7() -> UUID:
    return _uuid7()


REHEARSES = 5
"""The version of the ids that twins for rehearsals have; whoever is real has ids by time."""


def rehearses(tenant_id: UUID) -> bool:
    """Whether it is a company's twin for rehearsals."""
    return tenant_id.version == REHEARSES
