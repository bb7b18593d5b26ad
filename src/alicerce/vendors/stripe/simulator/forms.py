"""Stripe's form encoding: line_items[0][price_data][currency]=brl."""

import re
from typing import Any
from urllib.parse import parse_qsl

from alicerce.vendors.stripe.simulator.problems import Problem, invalid

NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
STEP = re.compile(r"\[([^\[\]]*)\]")
MAX_FIELDS = 1000

Tree = dict[str, Any]


def decode(raw: str) -> Tree:
    """Nested dictionaries and lists of strings. Raises Problem."""
    tree: Tree = {}
    try:
        pairs = parse_qsl(
            raw, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict"
        )
    except ValueError:
        raise invalid("Invalid form body") from None
    for name, value in pairs:
        _place(tree, _path(name), value, name)
    return {key: _with_lists(value) for key, value in tree.items()}


def _path(name: str) -> list[str]:
    match = NAME.fullmatch(name)
    if match is None:
        raise invalid(f"Invalid parameter name: {name}", param=name)
    return [match[1], *STEP.findall(match[2])]


def _place(tree: Tree, path: list[str], value: str, name: str) -> None:
    *parents, last = path
    for step in parents:
        tree = tree.setdefault(step, {})
        if not isinstance(tree, dict):
            raise _conflict(name)
    leaf = last or str(len(tree))
    if leaf in tree:
        raise _conflict(name)
    tree[leaf] = value


def _with_lists(value: Any) -> Any:
    """A hash whose keys are 0, 1, 2… was an array."""
    if not isinstance(value, dict):
        return value
    if value.keys() == {str(i) for i in range(len(value))}:
        return [_with_lists(value[str(i)]) for i in range(len(value))]
    return {key: _with_lists(inner) for key, inner in value.items()}


def _conflict(name: str) -> Problem:
    return invalid(f"Invalid {name}: it is given twice, in two shapes", param=name)
