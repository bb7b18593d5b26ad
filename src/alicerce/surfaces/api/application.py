"""Every operation of the API, by its address and method."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.parser import Parser

from alicerce.apps.developers.api import router as developers

VERSIONS = ("2026-11",)


class StrictParser(Parser):
    """JSON and nothing else; too deep or not JSON is a ValueError."""

    def parse_body(self, request: HttpRequest) -> Any:
        return orjson.loads(request.body)


api = NinjaAPI(
    title="Alicerce",
    version=VERSIONS[-1],
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    parser=StrictParser(),
)
for router in (developers,):
    api.add_router("", router)


def _pass_on(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The door knows how every error is told."""
    raise error


for kind in (Exception, Http404, HttpError, ValidationError):
    api.add_exception_handler(kind, _pass_on)

Operations = Mapping[str, Operation]


def operations_by_path() -> Mapping[str, Operations]:
    """The operations at each address, by method; paths as they were declared."""
    return {
        path: {
            method: operation for operation in found.operations for method in operation.methods
        }
        for bound in api._get_bound_routers()  # noqa: SLF001
        for path, found in bound.path_operations.items()
    }
