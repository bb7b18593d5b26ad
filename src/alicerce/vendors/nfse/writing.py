"""XML that is canonical as it is written: what is signed and what is sent are the same bytes."""

from collections.abc import Sequence
from typing import TypeAlias

NAMESPACE = "http://www.sped.fazenda.gov.br/nfse"

Node: TypeAlias = "tuple[str, str | Sequence[Node]] | None"


def written(node: Node, **attributes: str) -> str:
    """An element and what is in it; what is None is not there."""
    if node is None:
        return ""
    name, inside = node
    said = "".join(f' {key}="{value}"' for key, value in sorted(attributes.items()))
    body = text(inside) if isinstance(inside, str) else "".join(map(written, inside))
    return f"<{name}{said}>{body}</{name}>"


def text(said: str) -> str:
    """As canonical XML writes it, on one line and without what XML has no sign for."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in said).split())
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def some(name: str, said: str) -> Node:
    """None for what is empty: the layout has no empty elements."""
    return (name, said) if said else None


def cents(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


def percent(ppm: int) -> str:
    """Two places, as the layout has them."""
    return cents((ppm + 50) // 100)
