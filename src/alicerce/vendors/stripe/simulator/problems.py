"""Stripe's ways of saying no."""

from typing import Any

from starlette.responses import JSONResponse


class Problem(Exception):
    """An answer that is an error."""

    def __init__(self, status: int, kind: str, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.error: dict[str, Any] = {"type": kind, "message": message, **more}

    def response(self) -> JSONResponse:
        return JSONResponse({"error": self.error}, self.status)


def invalid(message: str, **more: str) -> Problem:
    return Problem(400, "invalid_request_error", message, **more)


def unknown_parameter(param: str) -> Problem:
    message = f"Received unknown parameter: {param}"
    return invalid(message, code="parameter_unknown", param=param)


def missing_parameter(param: str) -> Problem:
    return invalid(f"Missing required param: {param}.", code="parameter_missing", param=param)


def bad_parameter(param: str, why: str) -> Problem:
    return invalid(f"Invalid {param}: {why}", code="parameter_invalid", param=param)


def missing(kind: str, key: str) -> Problem:
    message = f"No such {kind}: '{key}'"
    return Problem(404, "invalid_request_error", message, code="resource_missing", param="id")


def unauthorized() -> Problem:
    return Problem(401, "invalid_request_error", "Invalid API Key provided.")


def key_reused() -> Problem:
    message = (
        "Keys for idempotent requests can only be used with the parameters they came with."
    )
    return Problem(400, "idempotency_error", message)


def too_many() -> Problem:
    return Problem(429, "invalid_request_error", "Too many requests.", code="rate_limit")


def broken() -> Problem:
    return Problem(500, "api_error", "An unknown error occurred.")


def declined(error: dict[str, Any]) -> Problem:
    """A card that its bank refused: the answer says why, and of which payment."""
    more = {name: value for name, value in error.items() if name not in {"type", "message"}}
    return Problem(402, error["type"], error["message"], **more)
