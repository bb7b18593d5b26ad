"""WHM API 1 as it comes over the wire."""

from typing import Any, TypedDict


class Output(TypedDict, total=False):
    raw: str


class Metadata(TypedDict, total=False):
    command: str
    reason: str
    result: int
    version: int
    output: Output


class Answer(TypedDict, total=False):
    metadata: Metadata
    data: dict[str, Any]


class AccountRow(TypedDict, total=False):
    """Numbers may come as text, and a limit as "unlimited" or "*unknown*"."""

    user: str
    domain: str
    plan: str
    owner: str
    email: str
    ip: str
    suspended: int | str
    suspendreason: str
    diskused: str
    disklimit: str


class DomainRow(TypedDict, total=False):
    domain: str
    domain_type: str
    user: str
    docroot: str


class CreatedRow(TypedDict, total=False):
    ip: str
    nameserver: str
    nameserver2: str
    nameserver3: str
    nameserver4: str
    package: str


class ZoneLine(TypedDict, total=False):
    """A line of a zone file. Names and values are base64, relative to the zone unless they end in a dot."""

    line_index: int
    type: str
    record_type: str
    ttl: int
    dname_b64: str
    data_b64: list[str]
    text_b64: str


class ZoneEdit(TypedDict, total=False):
    """A line to add, or with its index, to put in the place of another."""

    line_index: int
    dname: str
    ttl: int
    record_type: str
    data: list[str]


class SessionRow(TypedDict, total=False):
    url: str
    session: str
    cp_security_token: str
    service: str
    expires: int
