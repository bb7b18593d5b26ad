"""Takes the secrets out of what a simulator shows of the requests it got."""

import re
from collections.abc import Mapping
from typing import Any

HIDDEN = "[redacted]"
SECRET = re.compile(
    r"pass|secret|token|authorization|credential|api_?key|pem$|^session$", re.IGNORECASE
)


def redacted(params: Mapping[str, Any]) -> dict[str, Any]:
    """The same without the values of fields whose name announces a secret, however deep."""
    return {
        str(name): HIDDEN if SECRET.search(str(name)) else _clean(value)
        for name, value in params.items()
    }


def _clean(value: Any) -> Any:
    if isinstance(value, Mapping):
        return redacted(value)
    if isinstance(value, (list, tuple)):
        return [_clean(one) for one in value]
    return value
