"""The rows of the control page about companies' accounts under the platform's at Stripe."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

DEEDS = (
    ("approve", "Aprovar"),
    ("ask", "Pedir mais dados"),
    ("hold", "Segurar repasses"),
    ("restrict", "Restringir"),
    ("disconnect", "Desligar"),
)


def merchants(
    found: Sequence[Mapping[str, Any]], button: Callable[[str, str], str]
) -> Iterator[tuple[str, str, str]]:
    for one in found:
        name = escape(one["id"])
        state = "cobra" if one["charges_enabled"] else "ainda não cobra"
        buttons = "".join(
            button(f"/stripe/accounts/{name}/{deed}", words) for deed, words in DEEDS
        )
        yield f"<code>{name}</code> {escape(one.get('email') or '')}", state, buttons
