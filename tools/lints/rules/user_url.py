"""An address that a user typed is opened by kernel.safe_http alone; the plain client is for vendors."""

from collections.abc import Iterator

from tools.lints.rules.way_out import imported
from tools.lints.source import Finding, Source

PLAIN = "alicerce.kernel.http.OutsideWorld"


def check(source: Source) -> Iterator[Finding]:
    if source.is_test or source.ring == "vendors":
        return
    for node in source.nodes:
        if PLAIN in imported(node):
            yield Finding(
                node.lineno,  # type: ignore[attr-defined]
                "`OutsideWorld` reaches our own network: `kernel.safe_http` opens a user's address",
            )
