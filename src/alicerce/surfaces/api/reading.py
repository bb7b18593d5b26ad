"""What is refused before the operation looks at it: formats, sizes, versions, unknown parameters."""

import re

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.operation import Operation

from alicerce.apps.developers.types import API_VERSIONS
from alicerce.kernel.rest.metadata import is_metadata, takes_metadata
from alicerce.kernel.rest.problems import (
    BadIdempotencyKey,
    Fault,
    Invalid,
    Malformed,
    NotAcceptable,
    TooLarge,
    UnknownVersion,
    UnsupportedMediaType,
)

LARGEST = 256 * 1024
ACCEPTABLE = {"application/json", "application/problem+json", "application/*", "*/*"}
IDEMPOTENCY_KEY = re.compile(r"[\x21-\x7e]{1,255}")
NUL = b"\\u0000"


def refuse_unreadable(request: HttpRequest, operation: Operation) -> None:
    _version(request)
    _accept(request, getattr(operation.view_func, "gives", ""))
    _parameters(request, operation)
    if request.method in {"POST", "PATCH", "PUT"}:
        _body(request, operation)


def idempotency_key(request: HttpRequest) -> str | None:
    """The caller's key for this POST. Raises BadIdempotencyKey."""
    given = request.headers.get("Idempotency-Key")
    if given is None or request.method != "POST":
        return None
    if not IDEMPOTENCY_KEY.fullmatch(given):
        raise BadIdempotencyKey
    return given


def expansions(request: HttpRequest) -> tuple[str, ...]:
    """The relations asked for, as `expand=customer` or `expand=customer,order`."""
    asked = (part for value in request.GET.getlist("expand") for part in value.split(","))
    return tuple(dict.fromkeys(part.strip() for part in asked if part.strip()))


def _version(request: HttpRequest) -> None:
    asked = request.headers.get("Alicerce-Version")
    if asked is not None and asked not in API_VERSIONS:
        known = ", ".join(API_VERSIONS)
        raise UnknownVersion(_("As versões que existem: %(known)s.") % {"known": known})


def _accept(request: HttpRequest, gives: str) -> None:
    wanted = request.headers.get("Accept", "*/*").split(",")
    kinds = {kind.partition(";")[0].strip().lower() for kind in wanted}
    if not kinds & {*ACCEPTABLE, gives}:
        raise NotAcceptable


def _parameters(request: HttpRequest, operation: Operation) -> None:
    if "\0" in request.path_info or any(
        "\0" in text for pair in request.GET.lists() for text in (pair[0], *pair[1])
    ):
        raise Malformed
    known = query_names(operation)
    strange = [name for name in request.GET if name not in known]
    if takes_metadata(operation):
        strange = [name for name in strange if not is_metadata(name)]
    if strange:
        raise Invalid(
            faults=tuple(
                Fault(name[:80], "unknown", _("Este parâmetro não existe aqui."))
                for name in strange
            )
        )
    relations = expandable(operation)
    if any(path not in relations for path in expansions(request)):
        raise Invalid(
            faults=(Fault("expand", "unknown", _("Esta relação não pode ser expandida aqui.")),)
        )


def query_names(operation: Operation) -> set[str]:
    names = {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in getattr(model, "__ninja_flatten_map__", model.model_fields)
    }
    return names | ({"expand"} if expandable(operation) else set())


def expandable(operation: Operation) -> tuple[str, ...]:
    return getattr(operation.view_func, "expands", ())


def _body(request: HttpRequest, operation: Operation) -> None:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST or len(request.body) > LARGEST:
        raise TooLarge
    if not request.body:
        return
    if (request.content_type or "").lower() != "application/json":
        raise UnsupportedMediaType
    if NUL in request.body:
        raise Malformed
