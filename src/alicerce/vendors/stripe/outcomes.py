"""Whether a call to Stripe was done, refused, or nobody knows."""

from collections.abc import Iterator
from contextlib import contextmanager

import stripe

from alicerce.kernel.http import Refusal, Unavailable, Unknown

REFUSALS = (
    stripe.CardError,
    stripe.InvalidRequestError,
    stripe.IdempotencyError,
    stripe.AuthenticationError,
    stripe.PermissionError,
)


class StripeRefusal(Refusal):
    """Stripe said no: `code` is its own, or the kind of the error where it gave none."""

    def __init__(self, *, code: str, status: int | None, detail: str) -> None:
        super().__init__(f"{code} (HTTP {status}) {detail}".rstrip())
        self.code = code
        self.status = status


@contextmanager
def outcomes() -> Iterator[None]:
    """Raises StripeRefusal, Unavailable or Unknown for whatever the SDK raises inside."""
    try:
        yield
    except REFUSALS as error:
        raise _refusal(error) from error
    except stripe.RateLimitError as error:
        raise Unavailable("Stripe: too many requests") from error
    except stripe.StripeError as error:
        if _code(error) == "lock_timeout":
            raise Unavailable("Stripe: locked") from error
        raise Unknown(f"Stripe: HTTP {error.http_status}") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unknown("Stripe: unreadable answer") from error


def _refusal(error: stripe.StripeError) -> StripeRefusal:
    return StripeRefusal(
        code=_code(error) or type(error).__name__,
        status=error.http_status,
        detail=error.user_message or "",
    )


def _code(error: stripe.StripeError) -> str | None:
    """The SDK fills in `code` for some kinds of error only."""
    body = error.json_body if isinstance(error.json_body, dict) else {}
    said = body.get("error")
    return error.code or (said.get("code") if isinstance(said, dict) else None)
