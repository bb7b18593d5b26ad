"""Addresses of the API. The door finds the operation; Django only reads the address."""

import re

from django.http import HttpResponse
from django.urls import path

from alicerce.kernel.access import Request
from alicerce.surfaces.api.application import Operations, operations_by_path

TYPED = re.compile(r"\{(?:(\w+):)?(\w+)\}")

app_name = "api"


class Endpoint:
    """All that one address does. Keys open it, in the door; a session never does."""

    permission = None

    def __init__(self, template: str, operations: Operations) -> None:
        self.route = "/v1" + TYPED.sub(r"{\2}", template)
        self.operations = operations

    def __call__(self, request: Request, **values: str) -> HttpResponse:
        raise LookupError(f"{self.route} was reached past the door")


def _name(operations: Operations) -> str:
    return next(iter(operations.values())).view_func.__name__


urlpatterns = [
    path(
        TYPED.sub(r"<\1:\2>", template).lstrip("/"),
        Endpoint(template, operations),
        name=_name(operations),
    )
    for template, operations in operations_by_path().items()
]
