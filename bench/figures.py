"""Tables on the terminal, and the few statistics they need."""

import sys
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

_console = Console(width=260, highlight=False)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    if not ordered:
        return float("nan")
    return ordered[max(0, -(-len(ordered) * round(share * 1000) // 1000) - 1)]


def show(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """In Markdown, which reads well on a terminal too."""
    table = Table(box=box.MARKDOWN)
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place else "left", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    note(f"\n{title}\n")
    _console.print(table)


def note(text: str) -> None:
    _console.print(text, markup=False, soft_wrap=True)


def asked_for(usual: int) -> int:
    """How many tries: the command's one argument, or as many as a figure needs."""
    return int(sys.argv[1]) if len(sys.argv) > 1 else usual


def microseconds(seconds: float) -> str:
    return f"{seconds * 1e6:,.0f} µs"


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1e3:,.1f} ms"


def times(value: float, baseline: float) -> str:
    """How many times the baseline."""
    return f"{value / baseline:.2f} x" if baseline else "-"
