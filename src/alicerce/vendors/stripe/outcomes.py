"""Whether a call to Stripe was done, refused, or nobody knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

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

    def __init__(
        self, *, code: str, status: int | None, detail: str, payment_intent: str = ""
    ) -> None:
        super().__init__(f"{code} (HTTP {status}) {detail}".rstrip())
        self.code = code
        self.status = status
        self.payment_intent = payment_intent
        """Where a card was declined: what it was declined for."""


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
        payment_intent=_intent(error),
    )


def _intent(error: stripe.StripeError) -> str:
    intent = _said(error).get("payment_intent")
    return str(intent["id"]) if isinstance(intent, dict) else ""


def _code(error: stripe.StripeError) -> str | None:
    """The SDK fills in `code` for some kinds of error only."""
    return error.code or _said(error).get("code")


def _said(error: stripe.StripeError) -> dict[str, Any]:
    body = error.json_body if isinstance(error.json_body, dict) else {}
    said = body.get("error")
    return said if isinstance(said, dict) else {}
