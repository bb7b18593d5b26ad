"""Every way in which a request may fail, told in one form and without a word about our insides."""

import logging
from collections.abc import Mapping

from django.core.exceptions import (
    BadRequest,
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse, UnreadablePostError
from django.utils.translation import gettext_lazy as _
from ninja.errors import HttpError, ValidationError

from alicerce.kernel.errors import Refused
from alicerce.kernel.rest.answers import render
from alicerce.kernel.rest.problems import (
    Away,
    Broken,
    Declined,
    Fault,
    InsufficientScope,
    Invalid,
    Malformed,
    NotFound,
    Problem,
    TooLarge,
    Words,
)

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
KINDS: Mapping[type[Exception], type[Problem]] = {
    PermissionDenied: InsufficientScope,
    Http404: NotFound,
    ObjectDoesNotExist: NotFound,
    RequestDataTooBig: TooLarge,
    SuspiciousOperation: Malformed,
    BadRequest: Malformed,
    UnreadablePostError: Malformed,
    HttpError: Malformed,
}
AWAY = (OperationalError, InterfaceError)
# What pydantic calls a mistake: our stable code for it, and how it is told.
MISTAKES: Mapping[str, tuple[str, Words]] = {
    "missing": ("required", _("Este dado é obrigatório.")),
    "extra_forbidden": ("unknown", _("Este dado não existe aqui.")),
    "string_too_short": ("too_short", _("O texto é curto demais.")),
    "string_too_long": ("too_long", _("O texto é longo demais.")),
    "too_short": ("too_short", _("Faltam itens na lista.")),
    "too_long": ("too_long", _("Há itens demais na lista.")),
    "string_pattern_mismatch": ("bad_format", _("O formato não é o esperado.")),
    "uuid_parsing": ("bad_id", _("Este identificador não é um UUID.")),
    "uuid_type": ("bad_id", _("Este identificador não é um UUID.")),
    "literal_error": ("not_a_choice", _("Este valor não está entre os aceitos.")),
    "enum": ("not_a_choice", _("Este valor não está entre os aceitos.")),
    "greater_than_equal": ("out_of_range", _("O número é pequeno demais.")),
    "less_than_equal": ("out_of_range", _("O número é grande demais.")),
    "bad_document": ("bad_value", _("Confira os dígitos: não é um CNPJ nem um CPF.")),
    "bad_email": ("bad_value", _("Isto não é um endereço de e-mail.")),
}
OTHER = ("bad_value", _("Este valor não serve aqui."))


def refusal(error: Exception, *, request_id: str) -> HttpResponse:
    """The error as an answer. What nobody expected is logged, and told as nothing but that."""
    problem = _problem(error)
    if isinstance(problem, Broken):
        log.error("request %s failed", request_id, exc_info=error)
    response = HttpResponse(
        render(problem.body(request_id=request_id)),
        status=problem.status,
        content_type=MEDIA_TYPE,
        headers=problem.headers,
    )
    response.problem = problem.code  # type: ignore[attr-defined]
    return response


def _problem(error: Exception) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, Refused):
        return Declined(error)
    if isinstance(error, ValidationError):
        return Invalid(faults=tuple(_fault(told) for told in error.errors))
    if isinstance(error, AWAY):
        return Away(headers={"Retry-After": "5"})
    for kind, problem in KINDS.items():
        if isinstance(error, kind):
            return problem()
    return Broken()


def _fault(told: Mapping[str, object]) -> Fault:
    code, message = MISTAKES.get(str(told["type"]), OTHER)
    return Fault(_pointer(told["loc"]), code, message)


def _pointer(place: object) -> str:
    """A JSON Pointer into the body, or a parameter's name."""
    assert isinstance(place, tuple | list)
    source, *path = map(str, place)
    if source == "body":  # the second part is the name our function gives to the body
        return "/" + "/".join(part.replace("~", "~0").replace("/", "~1") for part in path[1:])
    return path[-1] if path else source
