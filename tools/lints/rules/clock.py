"""Time is given: only the kernel reads the wall clock, and only edges ask it."""

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Source, dotted

WALL_CLOCKS = {
    "timezone.now",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
}
TOLD = {"models", "services", "queries", "rules", "public", "ports", "events", "types"}


def check(source: Source) -> Iterator[Finding]:
    if source.is_test or source.is_simulator or source.place == ("kernel", "clock"):
        return
    for node in source.nodes:
        if isinstance(node, ast.Attribute):
            name = ".".join(dotted(node).split(".")[-2:])
            if name in WALL_CLOCKS:
                yield Finding(node.lineno, f"`{name}`: edges use kernel.clock.now()")
            elif name == "clock.now" and source.kind in TOLD:
                yield Finding(node.lineno, f"{source.kind} are given the time: take `at`")
        elif source.kind in TOLD and _imports_the_clock(node):
            yield Finding(node.lineno, f"{source.kind} are given the time: take `at`")  # type: ignore[attr-defined]


def _imports_the_clock(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "alicerce.kernel.clock"
