"""There is one way out: vendors, through the kernel's HTTP client."""

import ast
from collections.abc import Iterator

from tools.lints.source import Finding, Source

NETWORK = {
    "aiohttp",
    "httpx",
    "http.client",
    "httpcore",
    "requests",
    "smtplib",
    "socket",
    "stripe",
    "urllib.request",
    "urllib3",
}
# Besides vendors: the client itself, what starts processes on this very machine, and the
# demonstration, which plays the customer and so stands outside.
FREE = {
    ("kernel", "http"),
    ("kernel", "safe_connection"),
    ("kernel", "safe_http"),
    ("project", "cli"),
    ("project", "demonstration"),
    ("project", "embedded"),
}


def check(source: Source) -> Iterator[Finding]:
    if source.is_test or source.ring == "vendors" or source.place[:2] in FREE:
        return
    for node in source.nodes:
        for name in imported(node):
            if name in NETWORK or name.partition(".")[0] in NETWORK:
                yield Finding(node.lineno, f"`{name}` outside vendors and kernel.http")  # type: ignore[attr-defined]


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        whole = [f"{node.module}.{alias.name}" for alias in node.names]
        return [node.module] if node.module in NETWORK else whole
    return []
