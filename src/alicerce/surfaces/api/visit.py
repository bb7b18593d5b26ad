"""One request to the API, and what is learned about it on its way in."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from time import perf_counter
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja.operation import Operation

from alicerce.apps.developers.types import Admission
from alicerce.kernel.clock import now
from alicerce.kernel.ids import uuid7
from alicerce.kernel.ratelimit import Allowance
from alicerce.kernel.rest.problems import MethodNotAllowed, NotFound
from alicerce.kernel.rest.routing import ANY_KEY
from alicerce.surfaces.api.urls import Endpoint

REQUEST_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
LANGUAGES = {"pt": "pt-br", "en": "en"}


@dataclass
class Visit:
    request: HttpRequest
    id: UUID
    at: datetime
    started: float
    language: str
    route: str = ""
    operation: Operation | None = None
    values: dict[str, Any] = field(default_factory=dict)
    admission: Admission | None = None
    allowances: list[Allowance] = field(default_factory=list)

    @classmethod
    def of(cls, request: HttpRequest) -> "Visit":
        return cls(request, _id_of(request), now(), perf_counter(), _language_of(request))

    @property
    def scopes(self) -> frozenset[str]:
        held = self.admission.scopes if self.admission else frozenset()
        return held | {ANY_KEY}

    @property
    def milliseconds(self) -> int:
        return round((perf_counter() - self.started) * 1000)

    def locate(self) -> tuple[str, ...]:
        """Find what is asked for; the methods of its address. Raises NotFound, MethodNotAllowed."""
        endpoint = self._endpoint()
        self.route = endpoint.route
        known = tuple(endpoint.operations)
        allowed = (*known, *(["HEAD"] if "GET" in known else []), "OPTIONS")
        method = "GET" if self.request.method == "HEAD" else self.request.method or ""
        self.operation = endpoint.operations.get(method)
        if self.operation is None and method != "OPTIONS":
            raise MethodNotAllowed(headers={"Allow": ", ".join(allowed)})
        return allowed

    def _endpoint(self) -> Endpoint:
        try:
            match = resolve(self.request.path_info)
        except Resolver404:
            raise NotFound from None
        self.request.resolver_match = match
        self.values = match.kwargs
        assert isinstance(match.func, Endpoint)
        return match.func


def _id_of(request: HttpRequest) -> UUID:
    """The caller's own id for the request, when it is one."""
    given = request.headers.get("Alicerce-Request-Id", "")
    return UUID(given) if REQUEST_ID.fullmatch(given) else uuid7()


def _language_of(request: HttpRequest) -> str:
    """Portuguese, unless English is wanted more. Cookies have no say."""
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if language := LANGUAGES.get(wanted.partition("-")[0]):
            return language
    return LANGUAGES["pt"]
