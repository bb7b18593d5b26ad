"""What tests about accounts share: letters as they were queued, and codes as a phone shows them."""

import json
import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from alicerce.apps.identity.tests.factories import SECRET
from alicerce.apps.notify.models import Message
from alicerce.kernel.crypto import reveal

PASSWORD = "pão quente às seis"
PERIOD = 30


def letters_to(email: str) -> list[tuple[str, dict[str, Any]]]:
    """Template and values of every letter to this e-mail, oldest first."""
    mine = Message.objects.filter(to=email).order_by("id")
    return [(one.template, json.loads(reveal(one, "values"))) for one in mine]


def code_in_letter(email: str) -> str:
    return letters_to(email)[-1][1]["code"]


def code_of_phone(secret: str = SECRET, *, periods_ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + periods_ahead))


def wrong_code() -> str:
    """Six digits that the phone shows neither now nor next to now."""
    shown = {code_of_phone(periods_ahead=ahead) for ahead in (-1, 0, 1)}
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in shown)


def enter(browser: Any, email: str, password: str = PASSWORD, **options: Any) -> Any:
    return browser.post("/entrar/", {"login": email, "password": password}, **options)
