"""Passkeys: a button behind which the browser asks for a finger, a face or a key."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from alicerce.ui.component import Component, Words
from alicerce.ui.icons import IconName


@dataclass(frozen=True)
class PasskeyBox(Component):
    """Part of a form: what the browser answers goes into its field `credential`, and is posted.

    Shown only where the browser can do it. The question comes with the page, or from `source`;
    `suggests` also offers passkeys where the e-mail is typed.
    """

    template = "ui/passkey_box.html"

    ceremony: Literal["create", "get"]
    label: Words
    question: Mapping[str, Any] | None = None
    source: str = ""
    suggests: bool = False
    icon: IconName = "fingerprint"

    @property
    def asked(self) -> str:
        return json.dumps(self.question) if self.question else ""
